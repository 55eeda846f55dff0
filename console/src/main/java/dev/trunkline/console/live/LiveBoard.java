package dev.trunkline.console.live;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.calls.CallKind;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.LiveCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The calls of this moment: those that hold a slot, as the topic {@code live-calls} says, with what their events say of them.
 * Thread-safe. Whoever listens is told within the lock, in order, and must not wait.
 */
public final class LiveBoard {
    /** Calls whose events came and whose slot did not: beyond this many the oldest is forgotten. */
    private static final int MOST_DETAILS = 200_000;
    /** Counts that are listed: those with the most. */
    private static final int MOST_COUNTS = 1_000;

    private final Map<CallId, LiveCall> calls = new LinkedHashMap<>();
    private final Map<CallId, LiveDetails> details = new LinkedHashMap<>();
    private final Set<Listener> listeners = new CopyOnWriteArraySet<>();

    /** What has become of a call. */
    public sealed interface Change {
        /** Of which organisation it is. */
        String organisationId();

        /** New, or other than before. */
        record Shown(String organisationId, LiveView call) implements Change {}

        /** Over. */
        record Gone(String organisationId, CallId callId) implements Change {}
    }

    private record Listener(User user, Consumer<Change> told) {}

    /** How many calls are up. @param name of an organisation */
    public record OrganisationCount(String name, int calls) {}

    /** The same of a number. */
    public record NumberCount(String number, int calls) {}

    public record Counts(List<OrganisationCount> organisations, List<NumberCount> numbers) {}

    /** A slot was given. */
    public synchronized void begins(LiveCall call) {
        calls.put(call.callId(), call);
        tell(call);
    }

    /** A slot is free. */
    public synchronized void ends(CallId callId) {
        details.remove(callId);
        LiveCall call = calls.remove(callId);
        if (call != null) {
            tell(new Change.Gone(call.organisation().id(), callId));
        }
    }

    /** Something happened to a call. */
    public synchronized void hears(Envelope event) {
        CallId callId = event.callId();
        if (event.record() instanceof CallEvent happened && happened.isLast()) {
            ends(callId);
            return;
        }
        LiveDetails before = details.getOrDefault(callId, LiveDetails.none(event.time()));
        LiveDetails after = before.after(event);
        if (after.equals(before)) {
            return;
        }
        details.put(callId, after);
        if (details.size() > MOST_DETAILS) {
            details.remove(details.keySet().iterator().next());
        }
        Optional.ofNullable(calls.get(callId)).ifPresent(this::tell);
    }

    /** Forgets what was heard of calls that hold no slot and have been silent since. */
    public synchronized void forget(Instant now, Duration silent) {
        details.entrySet().removeIf(entry ->
                !calls.containsKey(entry.getKey()) && entry.getValue().lastHeard().plus(silent).isBefore(now));
    }

    private void tell(LiveCall call) {
        tell(new Change.Shown(call.organisation().id(), view(call)));
    }

    private void tell(Change change) {
        for (Listener listener : listeners) {
            if (listener.user().sees(Optional.of(change.organisationId()))) {
                listener.told().accept(change);
            }
        }
    }

    private LiveView view(LiveCall call) {
        return details.getOrDefault(call.callId(), LiveDetails.none(call.admittedAt())).of(call);
    }

    /** The calls that somebody sees, the oldest first. @param organisation by name; empty for all of these */
    public synchronized List<LiveView> list(User user, Optional<String> organisation, Optional<String> number) {
        return seen(user)
                .filter(call -> organisation.map(call.organisation().name()::equals).orElse(true))
                .filter(call -> number.map(call.number()::equals).orElse(true))
                .sorted(Comparator.comparing(LiveCall::admittedAt))
                .map(this::view)
                .toList();
    }

    private Stream<LiveCall> seen(User user) {
        return calls.values().stream().filter(call -> user.sees(Optional.of(call.organisation().id())));
    }

    /** How many calls there are, as far as somebody sees them; trials are not counted. */
    public synchronized Counts counts(User user) {
        return new Counts(
                most(user, call -> call.organisation().name()).map(entry -> new OrganisationCount(entry.getKey(), entry.getValue())).toList(),
                most(user, LiveCall::number).map(entry -> new NumberCount(entry.getKey(), entry.getValue())).toList());
    }

    private Stream<Map.Entry<String, Integer>> most(User user, Function<LiveCall, String> by) {
        return seen(user).filter(call -> CallKind.of(call.purpose()) != CallKind.TRIAL).collect(Collectors.toMap(by, call -> 1, Integer::sum)).entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_COUNTS);
    }

    /** One call, if it is up and somebody sees it. */
    public synchronized Optional<LiveCall> find(User user, CallId callId) {
        return Optional.ofNullable(calls.get(callId)).filter(call -> user.sees(Optional.of(call.organisation().id())));
    }

    /** The same as the board shows it. */
    public synchronized Optional<LiveView> view(User user, CallId callId) {
        return find(user, callId).map(this::view);
    }

    /** The calls that people in a browser answer. Of what was heard longer ago than events are read back it is not known. */
    public synchronized List<DeskCall> atDesks(User user) {
        return seen(user).flatMap(call -> atDesk(call).stream()).toList();
    }

    /** One of them. */
    public synchronized Optional<DeskCall> atDesk(User user, CallId callId) {
        return find(user, callId).flatMap(this::atDesk);
    }

    private Optional<DeskCall> atDesk(LiveCall call) {
        return Optional.ofNullable(details.get(call.callId()))
                .filter(LiveDetails::atDesk)
                .map(known -> new DeskCall(known.of(call), known.company().leftAt(), known.company().handedOver()));
    }

    public synchronized int size() {
        return calls.size();
    }

    /**
     * Tells of all calls that there are, and then of each change.
     *
     * @param told must not wait
     * @return ends it
     */
    public synchronized Runnable listen(User user, Consumer<Change> told) {
        var listener = new Listener(user, told);
        seen(user).forEach(call -> told.accept(new Change.Shown(call.organisation().id(), view(call))));
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
