package dev.trunkline.sipapi.calls;

import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The share of the suite's relays that take calls, by their heartbeats. Heartbeats are passed in by one thread; queries may
 * come from any.
 */
public final class RelayShare {
    /** A relay without a heartbeat for this long is gone; edges use the same time. */
    private static final Duration SILENCE = Duration.ofSeconds(5);
    /** Maximum number of relays; more are not counted. */
    private static final int MOST = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Beat> beats = new ConcurrentHashMap<>();

    private record Beat(RelayState state, long heardNanos) {}

    /** @param nanos a monotonic clock */
    public RelayShare(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void hears(RelayHeartbeat beat) {
        if (beat.state() == RelayState.GONE) {
            beats.remove(beat.relay());
        } else if (beats.size() < MOST || beats.containsKey(beat.relay())) {
            beats.put(beat.relay(), new Beat(beat.state(), nanos.getAsLong()));
        }
    }

    /** Returns the share of live relays that take calls: 1 for all, 0 for none or if no relay is live. */
    public float taking() {
        long now = nanos.getAsLong();
        beats.values().removeIf(beat -> now - beat.heardNanos() > SILENCE.toNanos());
        long taking = beats.values().stream().filter(beat -> beat.state() == RelayState.TAKING).count();
        return taking == 0 ? 0 : (float) taking / Math.max(beats.size(), taking);
    }
}
