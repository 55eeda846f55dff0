package dev.trunkline.relay.audio;

/**
 * Makes packets of the length that the phone wants from frames of 20 ms. Where these lengths do not go into each other a packet
 * may be full before its time, and holds on until then. Not thread-safe; allocates nothing.
 */
public final class PacketCutter {
    private final int frame;
    private final int packet;
    private final short[] pcm;
    private int held;

    /**
     * @param sampleRate in Hz
     * @param packetMillis 10 to 60
     */
    public PacketCutter(int sampleRate, int packetMillis) {
        frame = Mixer.frame(sampleRate);
        packet = sampleRate / 1_000 * packetMillis;
        // A packet that waits for its time, and the frames that come meanwhile.
        pcm = new short[packet + 3 * frame];
    }

    /** Takes the 20 ms that follow. What nobody came for is forgotten rather than piled up: the oldest frame first. */
    public void add(short[] samples) {
        if (held + frame > pcm.length) {
            held -= frame;
            System.arraycopy(pcm, frame, pcm, 0, held);
        }
        System.arraycopy(samples, 0, pcm, held, frame);
        held += frame;
    }

    /** Whether a packet's samples are there: {@link #packetSamples()} of {@link #samples()}, until {@link #cut()}. */
    public boolean full() {
        return held >= packet;
    }

    public short[] samples() {
        return pcm;
    }

    public int packetSamples() {
        return packet;
    }

    /** The packet was sent. */
    public void cut() {
        held -= packet;
        System.arraycopy(pcm, packet, pcm, 0, held);
    }

    /** Samples that wait for the rest of their packet. */
    public int held() {
        return held;
    }

    /** Forgets what waits. */
    public void clear() {
        held = 0;
    }
}
