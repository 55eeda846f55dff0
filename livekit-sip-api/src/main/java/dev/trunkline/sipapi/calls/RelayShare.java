package dev.trunkline.sipapi.calls;

import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** How many of the suite's relays take calls, by their heartbeats. Heartbeats are told by one thread; any may ask. */
public final class RelayShare {
    /** Who is not heard for so long is gone, as edges have it too. */
    private static final Duration SILENCE = Duration.ofSeconds(5);
    /** More are not counted. */
    private static final int MOST = 10_000;

    private final LongSupplier nanos;
    private final Map<String, Beat> beats = new ConcurrentHashMap<>();

    private record Beat(RelayState state, long heardNanos) {}

    /** @param nanos a clock that never goes back */
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

    /** How many of the relays that live take calls: 1 for all, 0 for none, or where none lives. */
    public float taking() {
        long now = nanos.getAsLong();
        beats.values().removeIf(beat -> now - beat.heardNanos() > SILENCE.toNanos());
        long taking = beats.values().stream().filter(beat -> beat.state() == RelayState.TAKING).count();
        return taking == 0 ? 0 : (float) taking / Math.max(beats.size(), taking);
    }
}
