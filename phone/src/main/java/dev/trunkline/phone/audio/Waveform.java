package dev.trunkline.phone.audio;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Codec;
import java.time.Duration;
import java.util.Arrays;

/** A call's outgoing audio, encoded once: a lead-in, then an endless loop. Cheap to read, safe to share. */
public final class Waveform {

    public static final int SAMPLE_RATE = 8_000;
    /** Samples in 20 ms. */
    public static final int FRAME = 160;
    /** Samples of a burst's fade-in and fade-out: 2 ms. */
    static final int RAMP = 16;

    private final byte[] lead;
    private final byte[] loop;
    private final boolean probe;

    private Waveform(byte[] lead, byte[] loop, boolean probe) {
        this.lead = lead;
        this.loop = loop;
        this.probe = probe;
    }

    public static Waveform of(AudioSource source, Codec codec) {
        byte[] quiet = new byte[FRAME];
        Arrays.fill(quiet, G711.silence(codec));
        return switch (source) {
            case AudioSource.Silence(), AudioSource.Echo() -> new Waveform(new byte[0], quiet, false);
            case AudioSource.Tone(int hertz, double level) -> new Waveform(new byte[0], encode(codec, sine(hertz, level, SAMPLE_RATE)), false);
            case AudioSource.Samples(short[] samples, boolean again) ->
                again && samples.length > 0
                        ? new Waveform(new byte[0], encode(codec, samples), false)
                        : new Waveform(encode(codec, samples), quiet, false);
            case AudioSource.EchoProbe echo -> {
                // Whole frames, so that each burst begins at the start of a packet and its time is the packet's.
                byte[] lead = new byte[wholeFrames(echo.settle())];
                Arrays.fill(lead, G711.silence(codec));
                short[] period = new short[wholeFrames(echo.every())];
                short[] burst = ramped(sine(echo.hertz(), echo.level(), samples(echo.burst())));
                System.arraycopy(burst, 0, period, 0, burst.length);
                yield new Waveform(lead, encode(codec, period), true);
            }
        };
    }

    /** Copies {@code into.length} bytes, from a sample position on. */
    public void read(long position, byte[] into) {
        for (int i = 0; i < into.length; ) {
            long at = position + i;
            byte[] part = at < lead.length ? lead : loop;
            int offset = (int) (at < lead.length ? at : (at - lead.length) % loop.length);
            int count = Math.min(into.length - i, part.length - offset);
            System.arraycopy(part, offset, into, i, count);
            i += count;
        }
    }

    /** Returns whether a burst of an echo probe begins at this position. */
    public boolean burstBeginsAt(long position) {
        return probe && position >= lead.length && (position - lead.length) % loop.length == 0;
    }

    /** Returns the number of samples in a time. */
    public static int samples(Duration time) {
        return Math.toIntExact(time.toMillis() * SAMPLE_RATE / 1_000);
    }

    private static int wholeFrames(Duration time) {
        return Math.ceilDiv(samples(time), FRAME) * FRAME;
    }

    static short[] sine(int hertz, double level, int count) {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (short) Math.round(level * Short.MAX_VALUE * Math.sin(2 * Math.PI * hertz * i / SAMPLE_RATE));
        }
        return samples;
    }

    /** Fades in and out within 2 ms: a hard edge has energy at every frequency. */
    private static short[] ramped(short[] samples) {
        for (int i = 0; i < RAMP; i++) {
            samples[i] = (short) (samples[i] * i / RAMP);
            samples[samples.length - 1 - i] = (short) (samples[samples.length - 1 - i] * i / RAMP);
        }
        return samples;
    }

    private static byte[] encode(Codec codec, short[] samples) {
        byte[] bytes = new byte[samples.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = G711.encode(codec, samples[i]);
        }
        return bytes;
    }
}
