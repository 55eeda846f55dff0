package dev.trunkline.relay.audio;

import dev.trunkline.relay.g722.G722Encoder;

/** G.722 of 16 kHz samples, an even number of them. */
public final class G722FrameEncoder implements FrameEncoder {
    private final G722Encoder encoder = new G722Encoder();

    @Override
    public int sampleRate() {
        return 16_000;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int at) {
        return encoder.encode(pcm, offset, samples, out, at);
    }
}
