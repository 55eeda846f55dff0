package dev.trunkline.relay.audio;

/** A 16 kHz decoder converted to 8 kHz by a half-band low-pass. Owns the decoder. */
public final class NarrowbandDecoder implements FrameDecoder {
    private final FrameDecoder wide;
    private final HalfBand filter = new HalfBand();
    private final short[] decoded = new short[MOST_SAMPLES];

    /** @param wide of 16000 Hz */
    public NarrowbandDecoder(FrameDecoder wide) {
        this.wide = wide;
    }

    @Override
    public int sampleRate() {
        return 8_000;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int at) {
        return halved(wide.decode(payload, offset, length, decoded, 0), pcm, at);
    }

    @Override
    public int conceal(short[] pcm, int at, int samples) {
        return halved(wide.conceal(decoded, 0, 2 * samples), pcm, at);
    }

    private int halved(int samples, short[] pcm, int at) {
        filter.halved(decoded, samples, pcm, at);
        return samples / 2;
    }

    @Override
    public void close() {
        wide.close();
    }
}
