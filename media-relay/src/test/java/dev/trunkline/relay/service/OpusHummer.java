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

/** A participant that publishes a tone in Opus. */
final class OpusHummer implements AutoCloseable {
    private final Room room;
    private final double hertz;
    private final byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
    private OpusEncoder encoder;
    private int frame;
    private volatile boolean closed;

    OpusHummer(LiveKitRtc rtc, String roomName, double hertz) {
        this.hertz = hertz;
        var request = JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(roomName, "hummer"))
                .publishing(new AudioPublication("hum", List.of(AudioCodec.OPUS)));
        room = rtc.join(request, rtc.nextLoop(), new RoomListener() {}).toCompletableFuture().join();
        room.loop().execute(() -> {
            encoder = OpusCodec.detect().encoder(8_000, 24_000, 5, false);
            hum();
        });
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
