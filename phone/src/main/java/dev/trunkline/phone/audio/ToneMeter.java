package dev.trunkline.phone.audio;

import dev.trunkline.phone.MediaReport.HeardTone;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Meters chosen frequencies in the received audio, in windows of 100 ms, and keeps the last 200 ms for inspection. Not
 * thread-safe.
 */
public final class ToneMeter {

    private static final int WINDOW = 800;
    private static final int RECENT = 2 * WINDOW;
    /** −50 dBFS: anything below counts as silence. */
    private static final double FLOOR_POWER = 32_768.0 * 32_768.0 * 1e-5;
    private static final double STANDS_OUT = 0.5;

    private final List<Integer> frequencies;
    private final List<Goertzel> filters;
    private final int[] windowsHeard;
    private final double[] peakPower;
    private final short[] recent = new short[RECENT];
    private int filled;
    private int inWindow;
    private double loudest;

    public ToneMeter(List<Integer> frequencies) {
        this.frequencies = frequencies.stream().distinct().toList();
        filters = this.frequencies.stream().map(hertz -> new Goertzel(hertz, Waveform.SAMPLE_RATE)).toList();
        windowsHeard = new int[filters.size()];
        peakPower = new double[filters.size()];
    }

    /** Takes the next samples, at most a window of them. */
    public void accept(short[] samples, int count) {
        loudest = Math.max(loudest, Goertzel.power(samples, 0, count));
        for (int i = 0; i < count; ) {
            int part = Math.min(count - i, WINDOW - inWindow);
            System.arraycopy(recent, part, recent, 0, RECENT - part);
            System.arraycopy(samples, i, recent, RECENT - part, part);
            filled = Math.min(RECENT, filled + part);
            i += part;
            inWindow += part;
            if (inWindow == WINDOW) {
                inWindow = 0;
                meter();
            }
        }
    }

    private void meter() {
        double total = Goertzel.power(recent, RECENT - WINDOW, WINDOW);
        if (total < FLOOR_POWER) {
            return;
        }
        for (int i = 0; i < filters.size(); i++) {
            double amplitude = filters.get(i).amplitude(recent, RECENT - WINDOW, WINDOW);
            double power = amplitude * amplitude / 2;
            peakPower[i] = Math.max(peakPower[i], power);
            if (power > STANDS_OUT * total) {
                windowsHeard[i]++;
            }
        }
    }

    /** Returns the level of the loudest 20 ms so far, in dB of full scale. */
    public double levelDbfs() {
        return Goertzel.dbfs(loudest);
    }

    /** Returns what was received of each frequency. */
    public List<HeardTone> heard() {
        List<HeardTone> tones = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            tones.add(new HeardTone(frequencies.get(i), windowsHeard[i] * 100L, Goertzel.dbfs(peakPower[i])));
        }
        return tones;
    }

    /** Returns the last 200 ms, oldest first; empty before that much was received. */
    public short[] recent() {
        return filled < RECENT ? new short[0] : recent.clone();
    }

    /** Returns the single frequency that stands out in these samples, 100–3800 Hz to the nearest 10. */
    public static OptionalInt strongest(short[] samples) {
        double total = samples.length == 0 ? 0 : Goertzel.power(samples, 0, samples.length);
        if (total < FLOOR_POWER) {
            return OptionalInt.empty();
        }
        int best = 0;
        double most = 0;
        for (int hertz = 100; hertz <= 3_800; hertz += 10) {
            double amplitude = new Goertzel(hertz, Waveform.SAMPLE_RATE).amplitude(samples, 0, samples.length);
            if (amplitude > most) {
                most = amplitude;
                best = hertz;
            }
        }
        return most * most / 2 > STANDS_OUT * total ? OptionalInt.of(best) : OptionalInt.empty();
    }
}
