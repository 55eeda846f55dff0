package dev.trunkline.relay.audio;

/** Adds up the speakers of one 20 ms frame at 8 kHz; what gets too loud is clipped. Not thread-safe; allocates nothing. */
public final class Mixer {
    /** 20 ms at 8 kHz. */
    public static final int FRAME = 160;

    private final int[] sum = new int[FRAME];
    private final short[] mixed = new short[FRAME];
    private int speakers;

    /** Begins a new frame. */
    public void begin() {
        java.util.Arrays.fill(sum, 0);
        speakers = 0;
    }

    /** Adds one speaker's {@link #FRAME} samples. */
    public void add(short[] pcm, int offset) {
        for (int i = 0; i < FRAME; i++) {
            sum[i] += pcm[offset + i];
        }
        speakers++;
    }

    /** How many spoke in this frame. */
    public int speakers() {
        return speakers;
    }

    /** The frame; valid until the next {@link #begin()}. */
    public short[] mixed() {
        for (int i = 0; i < FRAME; i++) {
            mixed[i] = (short) Math.clamp(sum[i], Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return mixed;
    }
}
