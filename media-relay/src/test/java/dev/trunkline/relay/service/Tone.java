package dev.trunkline.relay.service;

import dev.trunkline.rtc.codec.G711;
import java.util.List;

/** Sine tones at 8 kHz, and an ear for them. */
final class Tone {
    private static final int RATE = 8_000;

    private Tone() {}

    static byte[] frame(G711 law, double hertz, int index) {
        short[] pcm = pcm(hertz, index);
        byte[] codes = new byte[160];
        law.encode(pcm, 0, 160, codes, 0);
        return codes;
    }

    static short[] pcm(double hertz, int index) {
        short[] pcm = new short[160];
        for (int i = 0; i < 160; i++) {
            pcm[i] = (short) (8_000 * Math.sin(2 * Math.PI * hertz * (index * 160L + i) / RATE));
        }
        return pcm;
    }

    /** Share of the frames' energy that is at a frequency, 0.0 to 1.0 (Goertzel's algorithm). */
    static double share(G711 law, List<byte[]> frames, double hertz) {
        double energy = 0;
        double tone = 0;
        for (byte[] codes : frames) {
            short[] pcm = new short[codes.length];
            law.decode(codes, 0, codes.length, pcm, 0);
            double coefficient = 2 * Math.cos(2 * Math.PI * hertz / RATE);
            double s1 = 0;
            double s2 = 0;
            for (short sample : pcm) {
                double s = sample + coefficient * s1 - s2;
                s2 = s1;
                s1 = s;
                energy += (double) sample * sample;
            }
            tone += 2 * (s1 * s1 + s2 * s2 - coefficient * s1 * s2) / pcm.length;
        }
        return energy == 0 ? 0 : tone / energy;
    }
}
