package dev.trunkline.demoagent;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.AudioPublication;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RtpPacket;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A caller in a room, as a relay would put one there: sends numbered packets every 20 ms and keeps what it receives. */
final class TestPhone implements RoomListener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The first octets of each payload that it sends, if the codec permits a choice: a chime never begins with them. */
    static final byte[] MARK = {0x11, 0x22, 0x33, 0x44};

    /** A received packet. */
    record Heard(Optional<AudioCodec> codec, int sequence, long timestamp, byte[] payload) {
        boolean echo() {
            return payload.length >= MARK.length && Arrays.equals(MARK, Arrays.copyOf(payload, MARK.length));
        }
    }

    private final AudioCodec codec;
    private final MediaLoop loop;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<DataMessage> data = new LinkedBlockingQueue<>();
    private final BlockingQueue<RemoteParticipant> joined = new LinkedBlockingQueue<>();
    private final BlockingQueue<RemoteParticipant> left = new LinkedBlockingQueue<>();
    private final Room room;
    private volatile boolean speaking = true;
    private int sent;

    TestPhone(LiveKitRtc rtc, LiveKit livekit, String roomName, AudioCodec codec, Map<String, String> attributes) {
        this.codec = codec;
        this.loop = rtc.nextLoop();
        String token = livekit.token(roomName, "phone-" + UUID.randomUUID(), ParticipantKind.SIP, attributes);
        JoinRequest request = JoinRequest.of(livekit.settings().url(), token)
                .publishing(new AudioPublication("caller", List.of(codec)))
                .withLogLabel("phone");
        this.room = rtc.join(request, loop, this).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        loop.execute(this::speak);
    }

    private void speak() {
        if (!speaking) {
            return;
        }
        LocalAudioTrack track = room.audio().orElseThrow();
        byte[] payload = new byte[codec == AudioCodec.OPUS ? 40 : 160];
        System.arraycopy(MARK, 0, payload, 0, MARK.length);
        int samples = codec.clockRate() / 50;
        track.send(sent & 0xffff, (long) sent * samples & 0xffffffffL, sent == 0, payload, 0, payload.length);
        sent++;
        loop.schedule(Duration.ofMillis(20), this::speak);
    }

    Room room() {
        return room;
    }

    BlockingQueue<DataMessage> data() {
        return data;
    }

    BlockingQueue<RemoteParticipant> left() {
        return left;
    }

    BlockingQueue<Heard> heard() {
        return heard;
    }

    RemoteParticipant awaitAgent() throws InterruptedException {
        for (RemoteParticipant there : room.participants()) {
            if (there.kind() == ParticipantKind.AGENT) {
                return there;
            }
        }
        RemoteParticipant agent = joined.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (agent == null) {
            throw new AssertionError("no agent came");
        }
        return agent;
    }

    /** Waits for this many echo packets, and returns everything received up to then. */
    List<Heard> awaitEcho(int packets) throws InterruptedException {
        await(() -> heard.stream().filter(Heard::echo).count() >= packets, "echo");
        return List.copyOf(heard);
    }

    static void await(BooleanSupplier condition, String what) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("waited in vain for: " + what);
            }
            Thread.sleep(10);
        }
    }

    @Override
    public void participantJoined(RemoteParticipant participant) {
        joined.add(participant);
    }

    @Override
    public void participantLeft(RemoteParticipant participant) {
        left.add(participant);
    }

    @Override
    public void dataReceived(Optional<RemoteParticipant> sender, DataMessage message) {
        data.add(message);
    }

    @Override
    public void audioReceived(RemoteAudioTrack track, RtpPacket packet) {
        byte[] payload = Arrays.copyOfRange(
                packet.buffer(), packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
        heard.add(new Heard(packet.codec(), packet.sequence(), packet.timestamp(), payload));
    }

    @Override
    public void close() {
        speaking = false;
        room.leave().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).exceptionally(failure -> null).join();
    }
}
