package dev.trunkline.relay.audio;

/** An 8 kHz decoder converted to 16 kHz. Owns the decoder. */
public final class WidebandDecoder implements FrameDecoder {
    private final FrameDecoder narrow;
    private final HalfBand filter = new HalfBand();
    private final short[] decoded = new short[MOST_SAMPLES / 2];

    /** @param narrow of 8000 Hz */
    public WidebandDecoder(FrameDecoder narrow) {
        this.narrow = narrow;
    }

    @Override
    public int sampleRate() {
        return 16_000;
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int at) {
        return doubled(narrow.decode(payload, offset, length, decoded, 0), pcm, at);
    }

    @Override
    public int conceal(short[] pcm, int at, int samples) {
        return doubled(narrow.conceal(decoded, 0, samples / 2), pcm, at);
    }

    private int doubled(int samples, short[] pcm, int at) {
        filter.doubled(decoded, samples, pcm, at);
        return 2 * samples;
    }

    @Override
    public void close() {
        narrow.close();
    }
}
