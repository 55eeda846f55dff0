package dev.trunkline.relay.dtmf;

import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.rtp.Octets;

/**
 * Detects keys as tones (ITU-T Q.23) in the G.711 of a phone that has no telephone-event, by Goertzel's algorithm on pieces of
 * 12.75 ms. A key counts when four pieces in a row contain it and almost nothing else, so a press of 70 ms is detected and speech
 * is not mistaken for one. It is over when two pieces do not contain it. Not thread-safe; allocates nothing except for a press.
 *
 * <pre>
 *   IDLE --four pieces of one key--> DOWN --two pieces without it--> IDLE
 * </pre>
 */
public final class ToneDetector {
    private static final int RATE = 8_000;
    private static final int PIECE = 102;
    private static final double PIECE_MILLIS = PIECE * 1_000.0 / RATE;
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1_209, 1_336, 1_477, 1_633};
    private static final String KEYPAD = "123A456B789C*0#D";
    private static final int NONE = -1;
    private static final int PIECES_TO_PRESS = 4;
    private static final int PIECES_TO_RELEASE = 2;
    /** Of each tone, about −40 dB of full scale. */
    private static final double LEAST_AMPLITUDE = 300;
    private static final double LEAST_POWER = Math.pow(LEAST_AMPLITUDE * PIECE / 2, 2);
    /** A column may be weaker than its row by 8 dB, a row weaker than its column by 4 (Q.24 annex A). */
    private static final double NORMAL_TWIST = 6.3;
    private static final double REVERSE_TWIST = 2.5;
    /** Factor, 8 dB, by which the other tones of a group must be weaker. */
    private static final double PEAK = 6.3;
    /** Share of the total energy that the two tones must have. */
    private static final double PURITY = 0.82;

    private final DtmfDetector.Listener listener;
    private final double[] coefficients = new double[8];
    private final double[] s1 = new double[8];
    private final double[] s2 = new double[8];
    private double energy;
    private int samples;
    private boolean any;
    private int lastSequence;
    private int candidate = NONE;
    private int pieces;
    private int down = NONE;
    private int downPieces;
    private int missing;

    public ToneDetector(DtmfDetector.Listener listener) {
        this.listener = listener;
        for (int i = 0; i < 4; i++) {
            coefficients[i] = 2 * Math.cos(2 * Math.PI * ROWS[i] / RATE);
            coefficients[4 + i] = 2 * Math.cos(2 * Math.PI * COLUMNS[i] / RATE);
        }
    }

    /** Takes one packet; ignores late and repeated ones. */
    public void packet(int sequence, G711 law, byte[] codes, int offset, int length) {
        if (any && Octets.sequenceDistance(sequence, lastSequence) <= 0) {
            return;
        }
        any = true;
        lastSequence = sequence;
        for (int i = offset; i < offset + length; i++) {
            sample(law.decode(codes[i]));
        }
    }

    private void sample(short sample) {
        for (int i = 0; i < 8; i++) {
            double s = sample + coefficients[i] * s1[i] - s2[i];
            s2[i] = s1[i];
            s1[i] = s;
        }
        energy += (double) sample * sample;
        if (++samples == PIECE) {
            judge(key());
            java.util.Arrays.fill(s1, 0);
            java.util.Arrays.fill(s2, 0);
            energy = 0;
            samples = 0;
        }
    }

    /** Returns the key that this piece contains, or none. */
    private int key() {
        int row = strongest(0);
        int column = strongest(4);
        if (row == NONE || column == NONE) {
            return NONE;
        }
        double rowPower = power(row);
        double columnPower = power(column);
        boolean level = rowPower >= LEAST_POWER && columnPower >= LEAST_POWER
                && rowPower < columnPower * NORMAL_TWIST && columnPower < rowPower * REVERSE_TWIST;
        boolean pure = 2 * (rowPower + columnPower) >= PURITY * PIECE * energy;
        return level && pure ? row * 4 + column - 4 : NONE;
    }

    /** Returns the strongest tone of the group of four that begins there; none if another comes near it. */
    private int strongest(int first) {
        int best = first;
        for (int i = first + 1; i < first + 4; i++) {
            best = power(i) > power(best) ? i : best;
        }
        for (int i = first; i < first + 4; i++) {
            if (i != best && power(i) * PEAK > power(best)) {
                return NONE;
            }
        }
        return best;
    }

    private double power(int tone) {
        return s1[tone] * s1[tone] + s2[tone] * s2[tone] - coefficients[tone] * s1[tone] * s2[tone];
    }

    private void judge(int key) {
        pieces = key == candidate ? pieces + 1 : 1;
        candidate = key;
        if (down != NONE) {
            downPieces++;
            missing = key == down ? 0 : missing + 1;
            if (missing == PIECES_TO_RELEASE) {
                listener.released(pressed(down), (int) Math.round((downPieces - missing) * PIECE_MILLIS));
                down = NONE;
            }
        }
        if (down == NONE && key != NONE && pieces >= PIECES_TO_PRESS) {
            down = key;
            downPieces = pieces;
            missing = 0;
            listener.pressed(pressed(key));
        }
    }

    private static DtmfKey pressed(int place) {
        return DtmfKey.ofDigit(KEYPAD.substring(place, place + 1)).orElseThrow();
    }
}
