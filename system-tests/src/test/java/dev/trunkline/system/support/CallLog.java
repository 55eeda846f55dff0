package dev.trunkline.system.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.RefusalReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The events of one call. A duplicate (the same {@code ce_id}) counts once, as the contract says. */
public final class CallLog {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Time within which a second last event would come, if there were one. */
    private static final long STRAGGLERS_MILLIS = 1_500;

    private final EventLog log;
    private final String callId;

    CallLog(EventLog log, String callId) {
        this.log = log;
        this.callId = callId;
    }

    public String callId() {
        return callId;
    }

    /** Returns the events of the call so far, in order. */
    public List<CallEvent> events() {
        List<UUID> seen = new ArrayList<>();
        List<CallEvent> events = new ArrayList<>();
        for (Envelope envelope : log.of(callId)) {
            if (envelope.record() instanceof CallEvent event && !seen.contains(envelope.id())) {
                seen.add(envelope.id());
                events.add(event);
            }
        }
        return events;
    }

    /** Returns the kinds of events in order, without heartbeats. */
    public List<Class<?>> story() {
        List<Class<?>> story = new ArrayList<>();
        for (CallEvent event : events()) {
            if (!(event instanceof CallHeartbeat)) {
                story.add(event.getClass());
            }
        }
        return story;
    }

    /** Waits for the first event of this kind. */
    public <T extends CallRecord> T await(Class<T> kind) {
        return await(kind, PATIENCE);
    }

    public <T extends CallRecord> T await(Class<T> kind, Duration atMost) {
        return Await.value(kind.getSimpleName() + " of call " + callId, atMost, () -> all(kind).stream().findFirst());
    }

    /** Returns every event of this kind so far. */
    public <T extends CallRecord> List<T> all(Class<T> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Waits for the end of the call and checks that it is the only one, and for this reason. */
    public CallEnded assertEnded(EndReason reason) {
        return assertEnded(reason, PATIENCE);
    }

    public CallEnded assertEnded(EndReason reason, Duration atMost) {
        CallEvent last = onlyLastEvent(atMost);
        assertThat(last).isInstanceOf(CallEnded.class);
        CallEnded ended = (CallEnded) last;
        assertThat(ended.reason()).isEqualTo(reason);
        return ended;
    }

    /** Waits for the refusal of the call and checks that it is the only last event, and for this reason. */
    public CallRejected assertRejected(RefusalReason reason) {
        CallEvent last = onlyLastEvent(PATIENCE);
        assertThat(last).isInstanceOf(CallRejected.class);
        CallRejected rejected = (CallRejected) last;
        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.status()).isEqualTo(reason.status());
        return rejected;
    }

    private CallEvent onlyLastEvent(Duration atMost) {
        Await.value("the last event of call " + callId, atMost, this::lastEvent);
        Await.pause(STRAGGLERS_MILLIS);
        assertThat(events().stream().filter(CallEvent::isLast).toList()).as("last events of call " + callId).hasSize(1);
        return lastEvent().orElseThrow();
    }

    private Optional<CallEvent> lastEvent() {
        return events().stream().filter(CallEvent::isLast).findFirst();
    }
}
