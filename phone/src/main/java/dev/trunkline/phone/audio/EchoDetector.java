package dev.trunkline.phone.audio;

import dev.trunkline.phone.AudioSource.EchoProbe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Finds the bursts of an {@link EchoProbe} in the received audio, and the delay of each.
 *
 * <pre>
 *   amplitude of the probe's frequency, a window of 5 ms each 2.5 ms
 *
 *   plateau       ┌───────────┐
 *   half of it   ╱│           │╲         onset = where it crosses half of its plateau, less half a ramp
 *   floor  ─────╱ │           │ ╲────    a run of a length unlike the burst's is speech or a tone, and is ignored
 * </pre>
 *
 * Times are nanoseconds of one clock. The sender and the receiver may be different threads.
 */
public final class EchoDetector {

    private static final int WINDOW = 40;
    private static final int HOP = 20;
    private static final double NANOS_PER_SAMPLE = 1e9 / Waveform.SAMPLE_RATE;
    /** −43 dBFS: a quieter echo is not detected. */
    private static final double FLOOR = 230;
    /** Share of the energy in a window that the probe's frequency must have. */
    private static final double PURITY = 0.6;
    private static final int REMEMBERED = 128;

    private record Arrival(long firstSample, int count, long nanos) {}

    private record Point(long centre, double amplitude) {}

    private final Goertzel filter;
    private final int shortest;
    private final int longest;
    private final Deque<Long> sent = new ArrayDeque<>();
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private final Deque<Point> before = new ArrayDeque<>();
    private final List<Point> run = new ArrayList<>();
    private final List<Double> delays = new ArrayList<>();
    private final short[] pending = new short[WINDOW];
    private int held;
    private long position;
    private int probes;

    public EchoDetector(EchoProbe probe) {
        filter = new Goertzel(probe.hertz(), Waveform.SAMPLE_RATE);
        int hops = Waveform.samples(probe.burst()) / HOP;
        shortest = hops * 6 / 10;
        longest = hops * 16 / 10;
    }

    /** Records that a burst's first packet was sent. */
    public synchronized void sent(long nanos) {
        probes++;
        sent.addLast(nanos);
        if (sent.size() > REMEMBERED) {
            sent.removeFirst();
        }
    }

    /**
     * Takes the next samples.
     *
     * @param arrivedNanos when the packet with them arrived; its first sample counts as received then
     * @return the delay in ms of the burst that these samples end, if they end one
     */
    public synchronized OptionalDouble heard(short[] samples, int count, long arrivedNanos) {
        arrivals.addLast(new Arrival(position + held, count, arrivedNanos));
        if (arrivals.size() > REMEMBERED) {
            arrivals.removeFirst();
        }
        OptionalDouble found = OptionalDouble.empty();
        for (int i = 0; i < count; i++) {
            pending[held++] = samples[i];
            if (held == WINDOW) {
                OptionalDouble delay = step();
                found = delay.isPresent() ? delay : found;
                System.arraycopy(pending, HOP, pending, 0, WINDOW - HOP);
                held -= HOP;
                position += HOP;
            }
        }
        return found;
    }

    /** Returns the number of bursts sent. */
    public synchronized int probes() {
        return probes;
    }

    /** Returns the delays so far in ms, in order of arrival. */
    public synchronized List<Double> delays() {
        return List.copyOf(delays);
    }

    private OptionalDouble step() {
        double amplitude = filter.amplitude(pending, 0, WINDOW);
        double total = Goertzel.power(pending, 0, WINDOW);
        Point point = new Point(position + WINDOW / 2, amplitude);
        if (amplitude > FLOOR && amplitude * amplitude / 2 > PURITY * total) {
            run.add(point);
            return OptionalDouble.empty();
        }
        OptionalDouble delay = run.size() >= shortest && run.size() <= longest ? delayOf(onset() - Waveform.RAMP / 2.0) : OptionalDouble.empty();
        delay.ifPresent(delays::add);
        if (!run.isEmpty()) {
            before.clear();
            run.clear();
        }
        before.addLast(point);
        if (before.size() > 4) {
            before.removeFirst();
        }
        return delay;
    }

    /** Returns the sample at which the amplitude crosses half of the run's median. */
    private double onset() {
        double half = run.stream().mapToDouble(Point::amplitude).sorted().skip(run.size() / 2).findFirst().orElse(0) / 2;
        List<Point> rise = new ArrayList<>(before);
        rise.addAll(run);
        for (int i = 1; i < rise.size(); i++) {
            Point low = rise.get(i - 1);
            Point high = rise.get(i);
            if (high.amplitude >= half) {
                double part = low.amplitude >= half ? 0 : (half - low.amplitude) / (high.amplitude - low.amplitude);
                return low.centre + part * (high.centre - low.centre);
            }
        }
        return run.getFirst().centre;
    }

    private OptionalDouble delayOf(double sample) {
        double heardAt = Double.NaN;
        for (Arrival arrival : arrivals) {
            if (arrival.firstSample <= sample) {
                heardAt = arrival.nanos + (sample - arrival.firstSample) * NANOS_PER_SAMPLE;
            }
        }
        OptionalDouble delay = OptionalDouble.empty();
        for (long at : sent) {
            // The onset is exact to a few samples: one that seems to be 2 ms early counts as zero, not as a whole period late.
            if (at <= heardAt + 2e6) {
                delay = OptionalDouble.of(Math.max(0, (heardAt - at) / 1e6));
            }
        }
        return delay;
    }
}
