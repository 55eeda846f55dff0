package dev.trunkline.rtc.room;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A tree of steps that a packet goes through: one demultiplexer and, for each kind, a sequence of steps. Each step either
 * passes a packet on or drops it, and counts both. {@link MediaTransport} declares the tree of a room.
 */
final class PacketPath {

    /** One step. */
    static final class Step {
        private final String name;
        private final Predicate<Datagram> action;
        private final Counter passed = new Counter();
        private final Counter dropped = new Counter();

        private Step(String name, Predicate<Datagram> action) {
            this.name = name;
            this.action = action;
        }

        private boolean take(Datagram datagram) {
            boolean passes = action.test(datagram);
            (passes ? passed : dropped).increment();
            return passes;
        }
    }

    /** @param action true passes the packet on, false drops it */
    static Step step(String name, Predicate<Datagram> action) {
        return new Step(name, action);
    }

    private final Map<Datagram.Kind, Step[]> paths = new EnumMap<>(Datagram.Kind.class);

    /** Adds the path of one kind, top to bottom. */
    PacketPath on(Datagram.Kind kind, Step... steps) {
        paths.put(kind, steps);
        return this;
    }

    void process(Datagram datagram) {
        Step[] steps = paths.get(datagram.kind());
        for (Step step : steps) {
            if (!step.take(datagram)) {
                return;
            }
        }
    }

    /** Number of packets dropped by the steps of this name, over all kinds. */
    long dropped(String stepName) {
        long sum = 0;
        for (Step[] steps : paths.values()) {
            for (Step step : steps) {
                sum += step.name.equals(stepName) ? step.dropped.get() : 0;
            }
        }
        return sum;
    }

    /** The tree with its counters, for people. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        paths.forEach((kind, steps) -> {
            lines.add(kind.name());
            for (Step step : steps) {
                lines.add("  " + step.name + ": " + step.passed.get() + " passed, " + step.dropped.get() + " dropped");
            }
        });
        return String.join("\n", lines);
    }
}
