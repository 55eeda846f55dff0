package dev.trunkline.relay.audio;

/**
 * Cuts packets of the length that the phone wants from frames of 20 ms. If neither length is a multiple of the other, a packet may be full
 * before its time, and is held until then. Not thread-safe; allocates nothing.
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
        // Room for a packet that waits for its time, and for the frames that come meanwhile.
        pcm = new short[packet + 3 * frame];
    }

    /** Takes the next 20 ms. Audio that nobody fetches is dropped rather than accumulated: the oldest frame first. */
    public void add(short[] samples) {
        if (held + frame > pcm.length) {
            held -= frame;
            System.arraycopy(pcm, frame, pcm, 0, held);
        }
        System.arraycopy(samples, 0, pcm, held, frame);
        held += frame;
    }

    /** Returns whether a packet is complete: {@link #packetSamples()} of {@link #samples()}, until {@link #cut()}. */
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

    /** Returns the number of samples that wait for the rest of their packet. */
    public int held() {
        return held;
    }

    /** Drops what waits. */
    public void clear() {
        held = 0;
    }
}
