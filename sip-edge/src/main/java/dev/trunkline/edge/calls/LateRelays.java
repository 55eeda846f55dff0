package dev.trunkline.edge.calls;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaReady;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells relays that join a call that is over about its end. All that is left of such a call is its last event, which is published
 * again, under the same id.
 *
 * <pre>
 *   refused by router or limiter   nothing is kept: no relay comes for what was never admitted
 *   over before it was admitted    kept for the short linger: an admission may be on its way;
 *                                  if it comes, kept on as the next
 *   over after it was admitted,    kept for the long linger: a relay may be on its way, or one that was killed after it had
 *   by any service                 refused the call may take its admission again
 * </pre>
 *
 * The difference matters in a flood: calls that are refused a thousand times a second must not stay for minutes. The partition of
 * a call that is remembered is read. Thread-safe.
 */
public final class LateRelays {
    private final Duration unadmitted;
    private final Duration admitted;
    private final Later later;
    private final Outbox outbox;
    private final KeptPartitions kept;
    private final Map<String, Farewell> byCall = new ConcurrentHashMap<>();

    /** Runs a task after a delay. */
    @FunctionalInterface
    interface Later {
        void after(Duration delay, Runnable task);
    }

    /** A class and not a record: a farewell is not equal to another with the same content. */
    private static final class Farewell {
        private final Envelope last;

        Farewell(Envelope last) {
            this.last = last;
        }
    }

    /**
     * @param unadmitted how long a call is remembered that was over before it was admitted
     * @param admitted how long any other call is remembered
     */
    public LateRelays(Duration unadmitted, Duration admitted, Timers timers, Outbox outbox, KeptPartitions kept) {
        this(unadmitted, admitted, (Later) timers::after, outbox, kept);
    }

    LateRelays(Duration unadmitted, Duration admitted, Later later, Outbox outbox, KeptPartitions kept) {
        this.kept = kept;
        this.unadmitted = unadmitted;
        this.admitted = admitted;
        this.later = later;
        this.outbox = outbox;
    }

    /** @param last the last event of a call of this edge, whichever service published it */
    void remember(Envelope last, boolean wasAdmitted) {
        String key = last.callId().toString();
        var farewell = new Farewell(last);
        if (byCall.put(key, farewell) == null) {
            kept.begin(key);
        }
        later.after(wasAdmitted ? admitted : unadmitted, () -> forget(key, farewell));
    }

    private void forget(String key, Farewell farewell) {
        if (byCall.remove(key, farewell)) {
            kept.end(key);
        }
    }

    /** @param key a call id as a Kafka key has it */
    boolean remembers(String key) {
        return key != null && byCall.containsKey(key);
    }

    /** Handles an event of a call that may be over. */
    void hear(Envelope heard) {
        CallId id = heard.callId();
        Farewell farewell = byCall.get(id.toString());
        if (farewell == null) {
            return;
        }
        switch (heard.record()) {
            case CallAdmitted tooLate -> remember(farewell.last, true);
            case MediaReady tooLate -> {
                Envelope last = farewell.last;
                outbox.publish(new Envelope(last.id(), last.source(), last.time(),
                        heard.owners().withRelay(tooLate.relay()), last.traceparent(), last.record()));
            }
            default -> {}
        }
    }
}
