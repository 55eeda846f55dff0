package dev.trunkline.relay.ports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Even ports that calls acquire and release. A released port rests, so that late packets of one call do not reach the
 * next. Free ports are drawn at random, so that nobody who has a call knows where the next one's media will be.
 * Thread-safe.
 *
 * <pre>
 *   free --take()--> in use --giveBack()--> resting --rest is over--> free
 * </pre>
 */
public final class PortPool {
    private record Resting(int port, Instant until) {}

    private final Clock clock;
    private final Duration rest;
    private final int size;
    private final RandomGenerator random;
    /** The first {@code count} entries are the free ports, in no order. */
    private final int[] free;
    private int count;
    private final ArrayDeque<Resting> resting = new ArrayDeque<>();

    /** @param random must not be guessable ({@link java.security.SecureRandom}) */
    public PortPool(PortRange range, Duration rest, Clock clock, RandomGenerator random) {
        this.random = random;
        this.free = new int[range.pairs()];
        this.clock = clock;
        this.rest = rest;
        this.size = range.pairs();
        for (int port = range.first(); port < range.last(); port += 2) {
            free[count++] = port;
        }
    }

    /** @return an even port whose successor is free too; empty if all are in use or at rest */
    public synchronized OptionalInt take() {
        wake();
        if (count == 0) {
            return OptionalInt.empty();
        }
        int drawn = random.nextInt(count);
        int port = free[drawn];
        free[drawn] = free[--count];
        return OptionalInt.of(port);
    }

    public synchronized void giveBack(int port) {
        resting.add(new Resting(port, clock.instant().plus(rest)));
    }

    /** Returns how many calls could have a port at the same time, if none rested. */
    public int size() {
        return size;
    }

    /** Returns how many calls could have a port now. */
    public synchronized int available() {
        wake();
        return count;
    }

    /** Returns how many ports calls have now. */
    public synchronized int inUse() {
        return size - count - resting.size();
    }

    private void wake() {
        Instant now = clock.instant();
        while (!resting.isEmpty() && !resting.peek().until().isAfter(now)) {
            free[count++] = resting.poll().port();
        }
    }
}
