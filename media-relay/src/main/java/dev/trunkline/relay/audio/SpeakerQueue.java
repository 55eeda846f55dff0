package dev.trunkline.relay.audio;

/**
 * One sender of the room between its packets and the frames that are sent to the phone: buffer, decoder, and the rest of a packet
 * from which a frame was cut. Not thread-safe.
 */
public final class SpeakerQueue implements AutoCloseable {
    private final JitterBuffer buffer;
    private final FrameDecoder decoder;
    private final int frame;
    private final short[] pcm;
    private int held;
    private int packetSamples;
    private boolean drained = true;

    /** @param clockRate of the sender's timestamps in Hz; the decoder has its own rate */
    public SpeakerQueue(int clockRate, FrameDecoder decoder) {
        this.buffer = new JitterBuffer(clockRate);
        this.decoder = decoder;
        this.frame = Mixer.frame(decoder.sampleRate());
        this.pcm = new short[frame + FrameDecoder.MOST_SAMPLES];
        this.packetSamples = frame;
    }

    public JitterBuffer.Put put(int sequence, long timestamp, byte[] data, int offset, int length, long nowNanos) {
        return buffer.put(sequence, timestamp, data, offset, length, nowNanos);
    }

    /**
     * Draws a frame when one is due.
     *
     * @return whether the sender has one: it is then at the start of {@link #frame()}, until {@link #taken()}
     */
    public boolean draw(long nowNanos) {
        while (held < frame) {
            int written = switch (buffer.next(nowNanos)) {
                case PACKET -> decode();
                case LOST -> conceal();
                case NOTHING -> 0;
            };
            if (written <= 0) {
                break;
            }
            held += written;
        }
        drained = held == 0 && buffer.size() == 0;
        if (held > 0 && held < frame) {
            // The sender stopped within a frame.
            java.util.Arrays.fill(pcm, held, frame, (short) 0);
            held = frame;
        }
        return held >= frame;
    }

    private int decode() {
        int samples = decoder.decode(buffer.payload(), 0, buffer.payloadLength(), pcm, held);
        if (samples <= 0) {
            return conceal();
        }
        packetSamples = samples;
        buffer.played(samples * 1_000 / decoder.sampleRate());
        return samples;
    }

    private int conceal() {
        return buffer.nextIsThere()
                ? decoder.recover(buffer.payload(), 0, buffer.payloadLength(), pcm, held, packetSamples)
                : decoder.conceal(pcm, held, packetSamples);
    }

    /** Returns one frame's samples from index 0. */
    public short[] frame() {
        return pcm;
    }

    /** The frame was used. */
    public void taken() {
        held -= frame;
        System.arraycopy(pcm, frame, pcm, 0, held);
    }

    /** Returns true when nothing is left to play. */
    public boolean drained() {
        return drained;
    }

    /** Drops what was not played yet. */
    public void clear() {
        buffer.clear();
        held = 0;
        drained = true;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
