package dev.trunkline.relay.ports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.OptionalInt;

/**
 * Even ports that calls take and give back. A port that was given back rests, so that late packets of one call do not
 * reach the next; the one that has rested longest goes out first. Thread-safe.
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
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final ArrayDeque<Resting> resting = new ArrayDeque<>();

    public PortPool(PortRange range, Duration rest, Clock clock) {
        this.clock = clock;
        this.rest = rest;
        this.size = range.pairs();
        for (int port = range.first(); port < range.last(); port += 2) {
            free.add(port);
        }
    }

    /** @return an even port whose successor is free too, empty if all are in use or at rest */
    public synchronized OptionalInt take() {
        wake();
        Integer port = free.poll();
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    public synchronized void giveBack(int port) {
        resting.add(new Resting(port, clock.instant().plus(rest)));
    }

    /** How many calls could have a port now. */
    public synchronized int available() {
        wake();
        return free.size();
    }

    /** How many ports calls have now. */
    public synchronized int inUse() {
        return size - free.size() - resting.size();
    }

    private void wake() {
        Instant now = clock.instant();
        while (!resting.isEmpty() && !resting.peek().until().isAfter(now)) {
            free.add(resting.poll().port());
        }
    }
}
