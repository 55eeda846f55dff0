package dev.trunkline.relay.audio;

import dev.trunkline.rtc.codec.OpusEncoder;

/** Opus in packets of one frame. Owns its encoder. */
public record OpusFrameEncoder(OpusEncoder encoder) implements FrameEncoder {
    @Override
    public int sampleRate() {
        return encoder.sampleRate();
    }

    @Override
    public int encode(short[] pcm, int offset, int samples, byte[] out, int at) {
        return encoder.encode(pcm, offset, samples, out, at);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
