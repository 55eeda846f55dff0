package dev.trunkline.relay.bridge;

import dev.trunkline.relay.rtp.Octets;
import dev.trunkline.rtc.LocalAudioTrack;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusEncoder;

/**
 * G.711 encoded to Opus where the room takes no G.711. A packet of the phone becomes one Opus packet for each 20 ms of
 * it; packets that come late are left out, as an encoder cannot go back.
 */
final class OpusUplink implements RoomUplink {
    private static final int FRAME = 160;
    private static final int HALF_FRAME = 80;
    /** Opus counts at 48000 Hz whatever is inside (RFC 7587 section 4.1). */
    private static final int TIMESTAMP_FACTOR = 6;

    private final G711 law;
    private final OpusEncoder encoder;
    private final short[] pcm = new short[FRAME];
    private final byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
    private boolean any;
    private int lastIn;
    private int out;

    /** @param encoder for 8000 Hz, made on the media loop */
    OpusUplink(G711 law, OpusEncoder encoder) {
        this.law = law;
        this.encoder = encoder;
    }

    @Override
    public void send(
            LocalAudioTrack track, int sequence, long timestamp, boolean marker, byte[] codes, int offset, int length) {
        int frames = (length + FRAME - 1) / FRAME;
        int ahead = any ? Octets.sequenceDistance(sequence, lastIn) : 1;
        if (ahead <= 0) {
            return;
        }
        any = true;
        lastIn = sequence;
        out += (ahead - 1) * frames;
        for (int i = 0; i < frames; i++) {
            int from = i * FRAME;
            int samples = Math.min(FRAME, length - from);
            int encoded = encode(codes, offset + from, samples);
            track.send(
                    out++ & 0xffff, (timestamp + from) * TIMESTAMP_FACTOR & 0xffffffffL, marker && i == 0,
                    packet, 0, encoded);
        }
    }

    private int encode(byte[] codes, int offset, int samples) {
        // Opus knows 10 and 20 ms, but nothing between.
        int frame = samples <= HALF_FRAME ? HALF_FRAME : FRAME;
        law.decode(codes, offset, samples, pcm, 0);
        java.util.Arrays.fill(pcm, samples, frame, (short) 0);
        return encoder.encode(pcm, 0, frame, packet, 0);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
