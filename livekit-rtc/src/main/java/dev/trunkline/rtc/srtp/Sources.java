package dev.trunkline.rtc.srtp;

/**
 * The {@link Repetitions} of the most recently used SSRCs of one direction; nearly always the one needed is that of the previous
 * packet. Confined to one thread; allocates only for a new SSRC.
 */
final class Sources {

    /** An SSRC that is evicted loses its list of repetitions, and its rollover counter. */
    private static final int MOST = 256;

    private int[] ssrcs = new int[4];
    private Repetitions[] packets = new Repetitions[4];
    private int count;

    /** Returns those of an SSRC, or new ones, which are stored once {@link #keep} is called for them. */
    Repetitions of(int ssrc) {
        if (count > 0 && ssrcs[0] == ssrc) {
            return packets[0];
        }
        for (int i = 1; i < count; i++) {
            if (ssrcs[i] == ssrc) {
                return packets[i];
            }
        }
        return new Repetitions();
    }

    /** Moves an SSRC to the first place; the least recently used one may be evicted. */
    void keep(int ssrc, Repetitions used) {
        if (count > 0 && packets[0] == used) {
            return;
        }
        int place = 0;
        while (place < count && packets[place] != used) {
            place++;
        }
        if (place == count) {
            place = makeRoom();
        }
        System.arraycopy(ssrcs, 0, ssrcs, 1, place);
        System.arraycopy(packets, 0, packets, 1, place);
        ssrcs[0] = ssrc;
        packets[0] = used;
    }

    private int makeRoom() {
        if (count == MOST) {
            return MOST - 1;
        }
        if (count == ssrcs.length) {
            ssrcs = java.util.Arrays.copyOf(ssrcs, 2 * count);
            packets = java.util.Arrays.copyOf(packets, 2 * count);
        }
        return count++;
    }
}
