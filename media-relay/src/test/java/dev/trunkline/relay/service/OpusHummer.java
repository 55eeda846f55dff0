package dev.trunkline.relay.service;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.AudioPublication;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A participant that publishes a tone in Opus. */
final class OpusHummer implements AutoCloseable {
    private final Room room;
    private final double hertz;
    private final byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
    private OpusEncoder encoder;
    private int frame;
    private volatile boolean closed;

    /** @param track name of the track */
    private OpusHummer(LiveKitRtc rtc, JoinRequest request, String track, double hertz) {
        this.hertz = hertz;
        room = rtc.join(request.publishing(new AudioPublication(track, List.of(AudioCodec.OPUS))), rtc.nextLoop(), new RoomListener() {})
                .toCompletableFuture().join();
        room.loop().execute(() -> {
            encoder = OpusCodec.detect().encoder(8_000, 24_000, 5, false);
            hum();
        });
    }

    /** Joins as an agent. */
    static OpusHummer in(LiveKitRtc rtc, String roomName, double hertz) {
        return new OpusHummer(rtc, JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(roomName, "hummer")), "hum", hertz);
    }

    /** Joins as a supervisor who whispers. */
    static OpusHummer whispering(LiveKitRtc rtc, String roomName, double hertz) {
        var request = JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(roomName, "supervisor-eve", "standard"))
                .withAttributes(Map.of("trunkline.supervisor", "true"));
        return new OpusHummer(rtc, request, "trunkline.whisper", hertz);
    }

    Room room() {
        return room;
    }

    private void hum() {
        if (closed) {
            encoder.close();
            return;
        }
        LocalAudioTrack track = room.audio().orElseThrow();
        int length = encoder.encode(Tone.pcm(hertz, frame), 0, 160, packet, 0);
        track.send(frame & 0xffff, frame * 960L, frame == 0, packet, 0, length);
        frame++;
        room.loop().schedule(Duration.ofMillis(20), this::hum);
    }

    @Override
    public void close() {
        closed = true;
        room.leave().toCompletableFuture().join();
    }
}
