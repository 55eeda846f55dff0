package dev.trunkline.relay.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.codec.EventJson;
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
import dev.trunkline.rtc.RtpPacket;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A participant of kind agent that echoes the caller packet by packet, in the caller's codec. */
final class FakeAgent implements RoomListener, AutoCloseable {
    final List<DataMessage> data = new CopyOnWriteArrayList<>();
    /** Packets received from the caller. */
    final AtomicInteger heard = new AtomicInteger();
    final List<String> metadata = new CopyOnWriteArrayList<>();
    /** Reasons for which other participants left. */
    final List<DisconnectReason> left = new CopyOnWriteArrayList<>();
    final Room room;
    private volatile Optional<Room> joined = Optional.empty();

    FakeAgent(LiveKitRtc rtc, String roomName, String identity, AudioCodec codec) {
        this(Surroundings.LIVEKIT, rtc, roomName, identity, codec);
    }

    /** @param kind participant kind, as in a token */
    FakeAgent(LiveKitRtc rtc, String roomName, String identity, AudioCodec codec, String kind) {
        this(Surroundings.LIVEKIT, rtc, roomName, identity, codec, kind);
    }

    FakeAgent(URI liveKit, LiveKitRtc rtc, String roomName, String identity, AudioCodec codec) {
        this(liveKit, rtc, roomName, identity, codec, "agent");
    }

    private FakeAgent(URI liveKit, LiveKitRtc rtc, String roomName, String identity, AudioCodec codec, String kind) {
        var request = JoinRequest.of(liveKit, token(roomName, identity, kind))
                .publishing(new AudioPublication("voice", List.of(codec)));
        room = rtc.join(request, rtc.nextLoop(), this).toCompletableFuture().join();
        joined = Optional.of(room);
    }

    static String token(String roomName, String identity) {
        return token(roomName, identity, "agent");
    }

    static String token(String roomName, String identity, String kind) {
        ObjectNode claims = EventJson.MAPPER.createObjectNode()
                .put("iss", Surroundings.API_KEY).put("sub", identity).put("kind", kind)
                .put("exp", System.currentTimeMillis() / 1_000 + 600);
        ObjectNode attributes = claims.putObject("attributes");
        if (kind.equals("agent")) {
            attributes.put("lk.agent.name", "demo");
        }
        claims.putObject("video").put("room", roomName).put("roomJoin", true).put("roomAdmin", true)
                .put("canUpdateOwnMetadata", true);
        try {
            Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
            String text = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes())
                    + "." + base64.encodeToString(EventJson.MAPPER.writeValueAsBytes(claims));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Surroundings.API_SECRET.getBytes(), "HmacSHA256"));
            return text + "." + base64.encodeToString(mac.doFinal(text.getBytes()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void audioReceived(RemoteAudioTrack track, RtpPacket packet) {
        if (!track.participantIdentity().startsWith("sip_")) {
            return;
        }
        heard.incrementAndGet();
        joined.flatMap(Room::audio).ifPresent(audio -> audio.send(
                packet.sequence(), packet.timestamp(), packet.marker(), packet.buffer(), packet.payloadOffset(),
                packet.payloadLength()));
    }

    @Override
    public void dataReceived(Optional<RemoteParticipant> sender, DataMessage message) {
        data.add(message);
    }

    @Override
    public void participantLeft(RemoteParticipant participant, DisconnectReason why) {
        left.add(why);
    }

    @Override
    public void metadataChanged(String changed) {
        metadata.add(changed);
    }

    RemoteParticipant caller() {
        return room.participants().getFirst();
    }

    @Override
    public void close() {
        room.leave().toCompletableFuture().join();
    }
}
