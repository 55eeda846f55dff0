package dev.trunkline.rtc.server;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusEncoder;
import java.time.Duration;

/** Sends a tone into a room, a packet every 20 ms, until it is closed. Runs on the room's loop. */
public final class Speaker implements AutoCloseable {

    private static final int FRAME = 160;
    private static final int RATE = 8000;
    private static final double LOUDNESS = 10_000;

    private final Room room;
    private final LocalAudioTrack track;
    private final double frequency;
    private final short[] pcm = new short[FRAME];
    private final byte[] payload = new byte[OpusEncoder.MAX_FRAME_BYTES];
    private OpusEncoder encoder;
    private int sequence = 65_530;
    private long samples;
    private volatile boolean closed;

    private Speaker(Room room, double frequency) {
        this.room = room;
        this.track = room.audio().orElseThrow();
        this.frequency = frequency;
    }

    public static Speaker start(Room room, double frequency) {
        Speaker speaker = new Speaker(room, frequency);
        room.loop().execute(speaker::frame);
        return speaker;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void frame() {
        if (closed) {
            return;
        }
        room.loop().schedule(Duration.ofMillis(20), this::frame);
        for (int i = 0; i < FRAME; i++) {
            pcm[i] = (short) (LOUDNESS * Math.sin(2 * Math.PI * frequency * (samples + i) / RATE));
        }
        int length = encode();
        long timestamp = samples * track.codec().clockRate() / RATE & 0xffff_ffffL;
        track.send(sequence & 0xffff, timestamp, samples == 0, payload, 0, length);
        sequence++;
        samples += FRAME;
    }

    private int encode() {
        if (track.codec() == AudioCodec.OPUS) {
            if (encoder == null) {
                encoder = OpusCodec.detect().encoder(RATE, 24_000, 5, false);
            }
            return encoder.encode(pcm, 0, FRAME, payload, 0);
        }
        G711 law = track.codec() == AudioCodec.PCMU ? G711.PCMU : G711.PCMA;
        law.encode(pcm, 0, FRAME, payload, 0);
        return FRAME;
    }
}
