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
 * The ongoing calls: those that hold a slot according to the topic {@code live-calls}, with what their events say about them.
 * Thread-safe. Listeners are called within the lock, in order, and must not block.
 */
public final class LiveBoard {
    /** Most calls whose events are remembered, because an event may come without a slot: beyond this, the oldest is forgotten. */
    private static final int MOST_DETAILS = 200_000;
    /** Most counts in a list: the largest ones. */
    private static final int MOST_COUNTS = 1_000;

    private final Map<CallId, LiveCall> calls = new LinkedHashMap<>();
    private final Map<CallId, LiveDetails> details = new LinkedHashMap<>();
    private final Set<Listener> listeners = new CopyOnWriteArraySet<>();

    /** A change to a call. */
    public sealed interface Change {
        /** The id of the call's organisation. */
        String organisationId();

        /** The call is new, or has changed. */
        record Shown(String organisationId, LiveView call) implements Change {}

        /** The call is over. */
        record Gone(String organisationId, CallId callId) implements Change {}
    }

    private record Listener(User user, Consumer<Change> told) {}

    /** How many calls an organisation has. @param name of an organisation */
    public record OrganisationCount(String name, int calls) {}

    /** How many calls a number has. */
    public record NumberCount(String number, int calls) {}

    public record Counts(List<OrganisationCount> organisations, List<NumberCount> numbers) {}

    /** A call was given a slot. */
    public synchronized void begins(LiveCall call) {
        calls.put(call.callId(), call);
        tell(call);
    }

    /** A slot was released. */
    public synchronized void ends(CallId callId) {
        details.remove(callId);
        LiveCall call = calls.remove(callId);
        if (call != null) {
            tell(new Change.Gone(call.organisation().id(), callId));
        }
    }

    /** Applies an event of a call. */
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

    /** Forgets the events of calls that hold no slot and have been silent since. */
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

    /** Lists the calls that the user sees, oldest first. @param organisation by name; empty for all that the user sees */
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

    /** Counts the calls that the user sees; trials are left out. */
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

    /** Returns a live call, if the user sees it. */
    public synchronized Optional<LiveCall> find(User user, CallId callId) {
        return Optional.ofNullable(calls.get(callId)).filter(call -> user.sees(Optional.of(call.organisation().id())));
    }

    /** Returns a live call as the board shows it, if the user sees it. */
    public synchronized Optional<LiveView> view(User user, CallId callId) {
        return find(user, callId).map(this::view);
    }

    /** Lists the calls that people answer in a browser. A call is missing if its events are older than those read at startup. */
    public synchronized List<DeskCall> atDesks(User user) {
        return seen(user).flatMap(call -> atDesk(call).stream()).toList();
    }

    /** Returns one of the calls at desks. */
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
     * Reports all current calls, and then each change.
     *
     * @param told must not block
     * @return stops the reports
     */
    public synchronized Runnable listen(User user, Consumer<Change> told) {
        var listener = new Listener(user, told);
        seen(user).forEach(call -> told.accept(new Change.Shown(call.organisation().id(), view(call))));
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
