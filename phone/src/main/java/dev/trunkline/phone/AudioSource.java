package dev.trunkline.phone;

import java.time.Duration;

/** The audio that a call sends. */
public sealed interface AudioSource {

    /** Digital silence, which is also sent as packets. */
    record Silence() implements AudioSource {}

    /**
     * A steady sine.
     *
     * @param hertz 1–3900, whole, so that it loops without a click
     * @param level peak, 0–1 of full scale
     */
    record Tone(int hertz, double level) implements AudioSource {
        public Tone {
            requireTone(hertz, level);
        }
    }

    /**
     * Short bursts at known times in silence: if the far end echoes them, {@link MediaReport#echoDelaysMillis()} returns the
     * delay of each.
     *
     * @param hertz  the burst's frequency, 300–3400, chosen so that a greeting is not taken for it
     * @param burst  length of a burst, 40–400 ms
     * @param every  from one start to the next, at least twice the burst; a delay longer than this cannot be distinguished from
     *     a shorter one
     * @param settle silence before the first burst
     * @param level  peak, 0–1 of full scale
     */
    record EchoProbe(int hertz, Duration burst, Duration every, Duration settle, double level) implements AudioSource {
        public EchoProbe {
            requireTone(hertz, level);
            if (hertz < 300 || hertz > 3_400) {
                throw new IllegalArgumentException("an echo probe needs a frequency of 300 to 3400 Hz, not " + hertz);
            }
            if (burst.toMillis() < 40 || burst.toMillis() > 400) {
                throw new IllegalArgumentException("an echo probe's burst is 40 to 400 ms, not " + burst);
            }
            if (every.compareTo(burst.multipliedBy(2)) < 0) {
                throw new IllegalArgumentException("an echo probe's period must be at least twice its burst, not " + every);
            }
            if (settle.isNegative()) {
                throw new IllegalArgumentException("an echo probe's settle time cannot be negative");
            }
        }
    }

    /**
     * The caller's own samples.
     *
     * @param samples 16 bit, 8,000 a second; not copied
     * @param loop    whether to begin again at the end; silence follows otherwise
     */
    record Samples(short[] samples, boolean loop) implements AudioSource {}

    /** The received audio, sent back as it arrives; nothing else. */
    record Echo() implements AudioSource {}

    static AudioSource silence() {
        return new Silence();
    }

    /** Returns a tone at a quarter of full scale. */
    static AudioSource tone(int hertz) {
        return new Tone(hertz, 0.25);
    }

    /** Returns a probe of 100 ms of 1,000 Hz each second, after 1 s of silence. */
    static EchoProbe echoProbe() {
        return new EchoProbe(1_000, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(1), 0.25);
    }

    private static void requireTone(int hertz, double level) {
        if (hertz < 1 || hertz > 3_900) {
            throw new IllegalArgumentException("a tone is 1 to 3900 Hz at 8,000 samples a second, not " + hertz);
        }
        if (!(level >= 0 && level <= 1)) {
            throw new IllegalArgumentException("a level is 0 to 1 of full scale, not " + level);
        }
    }
}
