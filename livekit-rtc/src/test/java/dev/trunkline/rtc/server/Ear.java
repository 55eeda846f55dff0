package dev.trunkline.rtc.server;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusDecoder;
import java.util.Arrays;
import java.util.List;

/** Decodes the received audio and measures how much of it is one tone. */
public final class Ear {

    private static final int RATE = 8000;
    private static final int WINDOW = RATE / 10;

    /** A mean square below this is silence. */
    private static final double QUIET = 1e6;

    private Ear() {
    }

    /**
     * Returns the share of the energy at this frequency, 0.0 to 1.0, by Goertzel's algorithm over windows of 100 ms, so a
     * packet lost between two windows does no harm; 0 for silence.
     */
    public static double share(List<Client.Heard> packets, double frequency) {
        short[] samples = decode(packets);
        double power = 0;
        double energy = 0;
        for (int from = 0; from + WINDOW <= samples.length; from += WINDOW) {
            power += power(samples, from, frequency);
            for (int i = from; i < from + WINDOW; i++) {
                energy += (double) samples[i] * samples[i];
            }
        }
        return energy < QUIET * samples.length ? 0 : 2 * power / (energy * WINDOW);
    }

    private static double power(short[] samples, int from, double frequency) {
        double coefficient = 2 * Math.cos(2 * Math.PI * frequency / RATE);
        double before = 0;
        double beforeThat = 0;
        for (int i = from; i < from + WINDOW; i++) {
            double now = samples[i] + coefficient * before - beforeThat;
            beforeThat = before;
            before = now;
        }
        return before * before + beforeThat * beforeThat - coefficient * before * beforeThat;
    }

    private static short[] decode(List<Client.Heard> packets) {
        short[] all = new short[packets.size() * 6 * 160];
        short[] frame = new short[6 * 160];
        int length = 0;
        try (OpusDecoder opus = OpusCodec.detect().decoder(RATE)) {
            for (Client.Heard packet : packets) {
                byte[] payload = packet.payload();
                int samples;
                if (packet.codec().orElseThrow() == AudioCodec.OPUS) {
                    samples = Math.max(0, opus.decode(payload, 0, payload.length, frame));
                } else {
                    G711 law = packet.codec().get() == AudioCodec.PCMU ? G711.PCMU : G711.PCMA;
                    samples = payload.length;
                    law.decode(payload, 0, samples, frame, 0);
                }
                System.arraycopy(frame, 0, all, length, samples);
                length += samples;
            }
        }
        return Arrays.copyOf(all, length);
    }
}
