package dev.trunkline.bench;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.codec.EventTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/** The time of each event of one call, by the clock of its publisher. */
final class CallTimeline {
    private final Map<String, Instant> times = new ConcurrentHashMap<>();
    private volatile Optional<InviteReceived> invite = Optional.empty();
    private volatile Optional<MediaStats> media = Optional.empty();

    void add(Envelope envelope) {
        if (envelope.record() instanceof InviteReceived received) {
            invite = Optional.of(received);
        }
        if (envelope.record() instanceof CallEnded ended) {
            media = ended.media();
        }
        // A repeated event has a later time and no new content.
        times.putIfAbsent(EventTypes.nameOf(envelope.record().getClass()), envelope.time());
    }

    Optional<InviteReceived> invite() {
        return invite;
    }

    /** Returns the relay's counts, which are known when the call is over. */
    Optional<MediaStats> media() {
        return media;
    }

    boolean has(Class<? extends dev.trunkline.events.CallRecord> type) {
        return times.containsKey(EventTypes.nameOf(type));
    }

    /** Returns the time from the INVITE's arrival at the edge to the first event of this type, in ms. */
    OptionalDouble millisTo(Class<? extends dev.trunkline.events.CallRecord> type) {
        Instant then = times.get(EventTypes.nameOf(type));
        return invite.isEmpty() || then == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Duration.between(invite.get().receivedAt(), then).toNanos() / 1e6);
    }
}
