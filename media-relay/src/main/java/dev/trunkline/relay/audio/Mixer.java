package dev.trunkline.relay.audio;

/** Adds up the speakers of one 20 ms frame and clips on overflow. Not thread-safe; allocates nothing. */
public final class Mixer {
    /** Frames a second. */
    public static final int FRAMES_A_SECOND = 50;

    private final int[] sum;
    private final short[] mixed;
    private int speakers;

    /** @param sampleRate of all speakers */
    public Mixer(int sampleRate) {
        sum = new int[frame(sampleRate)];
        mixed = new short[sum.length];
    }

    /** Returns the number of samples in a frame. */
    public static int frame(int sampleRate) {
        return sampleRate / FRAMES_A_SECOND;
    }

    /** Begins a new frame. */
    public void begin() {
        java.util.Arrays.fill(sum, 0);
        speakers = 0;
    }

    /** Adds one speaker's frame. */
    public void add(short[] pcm, int offset) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += pcm[offset + i];
        }
        speakers++;
    }

    /** Returns how many spoke in this frame. */
    public int speakers() {
        return speakers;
    }

    /** Returns the frame, silence if nobody spoke; valid until the next {@link #begin()}. */
    public short[] mixed() {
        for (int i = 0; i < sum.length; i++) {
            mixed[i] = (short) Math.clamp(sum[i], Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return mixed;
    }
}
