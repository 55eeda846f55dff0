package dev.trunkline.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaReady;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallResult;
import dev.trunkline.system.faults.HeldCall;
import dev.trunkline.system.faults.Load;
import dev.trunkline.system.faults.Reasons;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.Census;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What became of all calls of a load, as their phones and their events tell. */
final class Outcome {
    /** A phone that vanished is noticed after 12 s, and a call without an edge when that edge is back. */
    private static final Duration LAST_ENDS = Duration.ofSeconds(90);
    private static final Duration BACK_TO_ZERO = Duration.ofSeconds(60);
    /** Time within which a second last event would come, if there were one. */
    private static final long STRAGGLERS_MILLIS = 2_000;
    /** What every answered call has. */
    private static final List<Class<?>> WHOLE = List.of(
            InviteReceived.class, CallRouted.class, CallAdmitted.class, MediaReady.class, CallAnswered.class, CallEnded.class);
    /** Gauges that are zero when there are no calls, by service. */
    private static final Map<String, String> GAUGES = Map.of(
            "sip-edge", "trunkline_edge_calls",
            "media-relay", "trunkline_relay_calls",
            "rate-limiter", "trunkline_limiter_calls",
            "agent-dispatcher", "trunkline_dispatcher_watching");

    private final Cluster cluster;
    private final Load load;
    private final Census census;
    private int answered;
    private final Map<Call, String> notAnswered = new HashMap<>();
    private final Map<String, Integer> cut = new TreeMap<>();
    private final List<String> incomplete = new ArrayList<>();

    private Outcome(Cluster cluster, Load load, Census census) {
        this.cluster = cluster;
        this.load = load;
        this.census = census;
    }

    /** Ends all calls, waits for their last events, and checks that there is one each, that no event is missing, and that nothing is left. */
    static Outcome of(Cluster cluster, Load load, Census census) {
        load.stop();
        var outcome = new Outcome(cluster, load, census);
        Await.until(() -> "a last event of each call; without: " + census.open(), LAST_ENDS, () -> census.open().isEmpty());
        Await.until("nothing is left of the calls", BACK_TO_ZERO, outcome::isNothingLeft);
        Await.pause(STRAGGLERS_MILLIS);
        load.placed().forEach(outcome::add);
        assertThat(census.calls()).as("last events of each call").allMatch(call -> call.lastEvents() == 1);
        assertThat(outcome.incomplete).as("answered calls with events missing").isEmpty();
        return outcome;
    }

    private boolean isNothingLeft() {
        return GAUGES.entrySet().stream().allMatch(gauge -> cluster.gauge(gauge.getKey(), gauge.getValue()) == 0);
    }

    private void add(Call call) {
        switch (call.result().toCompletableFuture().getNow(new CallResult.TimedOut(Duration.ZERO))) {
            case CallResult.Answered result -> {
                answered++;
                Set<Class<?>> story = Set.copyOf(answeredLog(cluster, call).map(CallLog::story).orElse(List.of()));
                if (!story.containsAll(WHOLE)) {
                    incomplete.add(call.callId() + " has only " + story);
                }
                Optional.ofNullable(call.ended().toCompletableFuture().getNow(null))
                        .filter(end -> end.by() == CallEnd.By.FAR_END)
                        .ifPresent(end -> cut.merge(end.reason().map(Reasons::code).orElse("BYE without a reason"), 1, Integer::sum));
            }
            case CallResult.Refused refused -> notAnswered.put(call, reasons(call).orElse(Reasons.of(refused)));
            case CallResult.TimedOut none -> notAnswered.put(call, "no answer");
            case CallResult.Cancelled cancelled -> notAnswered.put(call, "given up");
            case CallResult.Vanished vanished -> throw new AssertionError("no phone of this load vanishes");
        }
    }

    /** Returns why the edges refused a call, by its events, because a proxy answers for itself if all edges answered 503 (RFC 3261 16.7). */
    private Optional<String> reasons(Call call) {
        Set<String> codes = new TreeSet<>();
        cluster.events().allOfSipCallId(call.callId())
                .forEach(log -> log.all(CallRejected.class).forEach(rejected -> codes.add(rejected.reason().code())));
        return codes.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", codes));
    }

    /** Returns the events of a call that was answered; what an edge before refused is another call. */
    static Optional<CallLog> answeredLog(Cluster cluster, Call call) {
        return cluster.events().allOfSipCallId(call.callId()).stream()
                .filter(log -> !log.all(CallAnswered.class).isEmpty())
                .findFirst();
    }

    /** Returns the calls that were not answered, and why each. */
    Map<Call, String> notAnswered() {
        return notAnswered;
    }

    /** Returns how many calls were answered, and then ended by the suite, by reason. */
    Map<String, Integer> cut() {
        return cut;
    }

    @Override
    public String toString() {
        return "%d calls answered, not answered %s, ended by the suite %s; %d calls at the edges, one last event each; the longest silence of a held call %d ms"
                .formatted(answered, new TreeMap<>(notAnswered.values().stream().collect(Collectors.groupingBy(why -> why, Collectors.counting()))), cut, census.calls().size(),
                        load.held().stream().mapToLong(HeldCall::longestSilenceMillis).max().orElse(0));
    }
}
