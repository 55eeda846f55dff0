package dev.trunkline.relay.audio;

import dev.trunkline.rtc.codec.OpusDecoder;

/** Opus decoded directly to 8 or 16 kHz. Owns its decoder. */
public final class OpusFrameDecoder implements FrameDecoder {
    private final OpusDecoder decoder;
    private final short[] decoded;
    /** Opus conceals gaps in steps of 2.5 ms. */
    private final int step;

    /** @param decoder of 8000 or 16000 Hz, made on the thread that will use it */
    public OpusFrameDecoder(OpusDecoder decoder) {
        int most = decoder.sampleRate() * OpusDecoder.MAX_PACKET_MILLIS / 1_000;
        if (most > MOST_SAMPLES) {
            throw new IllegalArgumentException("a phone needs 8000 or 16000 Hz, not " + decoder.sampleRate());
        }
        this.decoder = decoder;
        this.decoded = new short[most];
        this.step = decoder.sampleRate() / 400;
    }

    @Override
    public int sampleRate() {
        return decoder.sampleRate();
    }

    @Override
    public int decode(byte[] payload, int offset, int length, short[] pcm, int at) {
        return copy(decoder.decode(payload, offset, length, decoded), pcm, at);
    }

    @Override
    public int conceal(short[] pcm, int at, int samples) {
        return copy(decoder.conceal(decoded, wholeSteps(samples)), pcm, at);
    }

    @Override
    public int recover(byte[] following, int offset, int length, short[] pcm, int at, int samples) {
        int written = decoder.decodeFec(following, offset, length, decoded, wholeSteps(samples));
        return written > 0 ? copy(written, pcm, at) : conceal(pcm, at, samples);
    }

    private int wholeSteps(int samples) {
        return Math.clamp(samples / step * step, step, decoded.length);
    }

    private int copy(int samples, short[] pcm, int at) {
        if (samples <= 0) {
            return 0;
        }
        System.arraycopy(decoded, 0, pcm, at, samples);
        return samples;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
