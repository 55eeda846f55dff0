package dev.trunkline.relay.audio;

import dev.trunkline.rtc.codec.G711;

/** G.711 of 8 kHz samples, any number of them. */
public record G711Encoder(G711 law) implements FrameEncoder {
    @Override
    public int sampleRate() {
        return 8_000;
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int at) {
        law.encode(pcm, offset, samples, out, at);
        return samples;
    }
}
