package dev.trunkline.rtc.server;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.AudioPublication;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RpcCall;
import dev.trunkline.rtc.RtpPacket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A test participant: joins, and records its listener's calls in the order in which they happened. */
public final class Client implements RoomListener, AutoCloseable {

    /** One call of the listener. */
    public record Event(String name, Object what) {
    }

    /** A received packet, copied. */
    public record Heard(RemoteAudioTrack track, Optional<AudioCodec> codec, int sequence, long timestamp, byte[] payload) {
    }

    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger offLoop = new AtomicInteger();
    private volatile Consumer<RpcCall> methods = RoomListener.super::rpcCalled;
    private Room room;

    private Client() {
    }

    public static Client join(LiveKitRtc rtc, URI url, String token, AudioCodec... publish) throws Exception {
        return join(rtc, request(url, token, publish));
    }

    public static Client join(LiveKitRtc rtc, JoinRequest request) throws Exception {
        Client client = new Client();
        try {
            client.room = rtc.join(request, rtc.nextLoop(), client)
                    .toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        return client;
    }

    public static JoinRequest request(URI url, String token, AudioCodec... publish) {
        JoinRequest request = JoinRequest.of(url, token).withLogLabel("test");
        return publish.length == 0 ? request
                : request.publishing(new AudioPublication("microphone", Arrays.asList(publish)));
    }

    public Room room() {
        return room;
    }

    /** Waits for a call of the listener and discards earlier calls. */
    public Object await(String name) throws InterruptedException, TimeoutException {
        return await(name, what -> true);
    }

    public Object await(String name, Predicate<Object> fits) throws InterruptedException, TimeoutException {
        while (true) {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                throw new TimeoutException("no " + name + " came");
            }
            if (event.name().equals(name) && fits.test(event.what())) {
                return event.what();
            }
        }
    }

    /** Waits for the next packets. */
    public List<Heard> hear(int packets) throws InterruptedException, TimeoutException {
        List<Heard> all = new ArrayList<>();
        while (all.size() < packets) {
            Heard one = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (one == null) {
                throw new TimeoutException("only " + all.size() + " of " + packets + " packets came");
            }
            all.add(one);
        }
        return all;
    }

    public void forgetHeard() {
        heard.clear();
    }

    /** Returns the number of audio packets that were delivered on a thread other than the room's loop. */
    public int offLoop() {
        return offLoop.get();
    }

    /** Sets how RPC calls to this participant are handled from now on. */
    public void serve(Consumer<RpcCall> how) {
        methods = how;
    }

    @Override
    public void rpcCalled(RpcCall call) {
        events.add(new Event("rpcCalled", call));
        methods.accept(call);
    }

    @Override
    public void participantJoined(RemoteParticipant participant) {
        events.add(new Event("participantJoined", participant));
    }

    @Override
    public void participantUpdated(RemoteParticipant participant) {
        events.add(new Event("participantUpdated", participant));
    }

    @Override
    public void localAttributes(Map<String, String> attributes) {
        events.add(new Event("localAttributes", attributes));
    }

    @Override
    public void participantLeft(RemoteParticipant participant, DisconnectReason why) {
        events.add(new Event("participantLeft", participant));
        events.add(new Event("whyLeft", why));
    }

    @Override
    public void trackSubscribed(RemoteAudioTrack track) {
        events.add(new Event("trackSubscribed", track));
    }

    @Override
    public void trackUnsubscribed(RemoteAudioTrack track) {
        events.add(new Event("trackUnsubscribed", track));
    }

    @Override
    public void localTrackSubscribed(String trackSid) {
        events.add(new Event("localTrackSubscribed", trackSid));
    }

    @Override
    public void dataReceived(Optional<RemoteParticipant> sender, DataMessage message) {
        events.add(new Event("dataReceived", message));
        sender.ifPresent(who -> events.add(new Event("dataSender", who.identity())));
    }

    @Override
    public void metadataChanged(String metadata) {
        events.add(new Event("metadataChanged", metadata));
    }

    @Override
    public void reconnecting() {
        events.add(new Event("reconnecting", ""));
    }

    @Override
    public void reconnected() {
        events.add(new Event("reconnected", ""));
    }

    @Override
    public void disconnected(DisconnectReason reason) {
        events.add(new Event("disconnected", reason));
    }

    @Override
    public void audioReceived(RemoteAudioTrack track, RtpPacket packet) {
        if (room != null && !room.loop().inLoop()) {
            offLoop.incrementAndGet();
        }
        byte[] payload = Arrays.copyOfRange(
                packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
        heard.add(new Heard(track, packet.codec(), packet.sequence(), packet.timestamp(), payload));
    }

    @Override
    public void close() throws Exception {
        room.leave().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
