package dev.trunkline.limiter.service;

import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.RateScope;
import dev.trunkline.limiter.Calls;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Many calls to few numbers: hangs up soon after each admission, and keeps its own count. Its count is never higher than
 * what the limiters hold: it counts a call from when it consumes the admission until before it publishes the end.
 */
final class Crowd implements AutoCloseable {
    static final int OF_A_NUMBER = 3;
    static final int OF_AN_ORGANISATION = 5;
    static final int OF_THE_POOL = 4;
    static final int OUT_OF_THE_TRUNK = 2;
    static final int OUT_OF_AN_ORGANISATION = 1;
    static final int OF_THE_SUITE = 8;
    static final int OF_A_CALLER = 40;

    private static final OutgoingLimits OUT = new OutgoingLimits(
            OptionalInt.of(OUT_OF_THE_TRUNK), OptionalInt.empty(), OptionalInt.of(OUT_OF_AN_ORGANISATION),
            OptionalInt.empty(), false);

    private final Bus bus;
    private final Random random = new Random(4);
    private final ScheduledExecutorService phones = Executors.newScheduledThreadPool(2);
    private final Map<CallId, CallRouted> placed = new ConcurrentHashMap<>();
    private final Map<CallId, Set<UUID>> decisions = new ConcurrentHashMap<>();
    private final Map<String, Integer> up = new ConcurrentHashMap<>();
    private final Map<String, Integer> most = new ConcurrentHashMap<>();
    private final Map<String, Integer> admittedOfCaller = new ConcurrentHashMap<>();
    private final Set<String> deciders = ConcurrentHashMap.newKeySet();
    private final Queue<AdmissionCount> beyond = new ConcurrentLinkedQueue<>();
    private final Queue<String> outcomes = new ConcurrentLinkedQueue<>();
    /** Whether admitted callers stay; guarded by this, as is the queue of those who do. */
    private boolean stays;
    private final Queue<CallRouted> staying = new ArrayDeque<>();

    Crowd(Function<Consumer<Envelope>, Bus> bus) {
        this.bus = bus.apply(this::hear);
    }

    /** Places a call from one of a few callers to some number. */
    void call() {
        call("caller-" + random.nextInt(8));
    }

    /** Places a call to some number from a caller who has not called before. */
    void callAnew() {
        call("caller-anew-" + placed());
    }

    private void call(String caller) {
        String organisation = "org-" + random.nextInt(3);
        Calls calls = Calls.plain()
                .from(caller)
                .of(organisation)
                .to("+32255501" + organisation.charAt(4) + random.nextInt(2))
                .rate(OF_A_CALLER, 3600, RateScope.ORGANISATION)
                .numberLimit(OF_A_NUMBER)
                .organisationLimit(OF_AN_ORGANISATION);
        Calls toSomebody = random.nextBoolean() ? calls.pool("gpu-1", OF_THE_POOL) : calls;
        CallRouted routed = (random.nextInt(4) == 0 ? toSomebody.out(OUT) : toSomebody).routed();
        placed.put(routed.callId(), routed);
        bus.say(routed);
    }

    private void hear(Envelope envelope) {
        switch (envelope.record()) {
            case CallAdmitted admitted -> judge(envelope, admitted.counts());
            case CallRejected rejected -> judge(envelope, rejected.counts());
            default -> { }
        }
    }

    private void judge(Envelope envelope, List<AdmissionCount> counts) {
        deciders.add(envelope.source());
        counts.stream()
                .filter(count -> count.limit().isPresent() && count.count() > count.limit().getAsInt())
                .forEach(beyond::add);
        boolean first = decisions.computeIfAbsent(envelope.callId(), unseen -> ConcurrentHashMap.newKeySet())
                .add(envelope.id());
        if (!first) {
            return;
        }
        outcomes.add(envelope.record() instanceof CallRejected rejected ? rejected.reason().code() : "admitted");
        if (envelope.record() instanceof CallAdmitted admitted) {
            talk(admitted);
        }
    }

    private void talk(CallAdmitted admitted) {
        CallRouted route = admitted.route();
        String caller = route.invite().caller().pseudonym() + " " + route.direction() + " " + route.organisation().id();
        admittedOfCaller.merge(caller, 1, Integer::sum);
        for (String place : places(route)) {
            most.merge(place, up.merge(place, 1, Integer::sum), Math::max);
        }
        stayOrLeave(route);
    }

    private synchronized void stayOrLeave(CallRouted route) {
        if (stays) {
            staying.add(route);
        } else {
            leaveSoon(route);
        }
    }

    private void leaveSoon(CallRouted route) {
        phones.schedule(() -> hangUp(route), random.nextInt(60), TimeUnit.MILLISECONDS);
    }

    /** From now on no admitted caller hangs up, until {@link #leave()}. */
    synchronized void stay() {
        stays = true;
    }

    /** Callers who stayed hang up soon, and so does every later one. */
    synchronized void leave() {
        stays = false;
        staying.forEach(this::leaveSoon);
        staying.clear();
    }

    private void hangUp(CallRouted route) {
        places(route).forEach(place -> up.merge(place, -1, Integer::sum));
        bus.say(new CallEnded(
                route.callId(), "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 60, Optional.empty()));
    }

    private static List<String> places(CallRouted route) {
        var places = new ArrayList<String>();
        places.add("number " + route.number());
        places.add("organisation " + route.organisation().id());
        route.limits().agentPool().ifPresent(pool -> places.add("pool"));
        route.limits().outgoing().ifPresent(out -> {
            places.add("trunk");
            places.add("calls out of " + route.organisation().id());
        });
        places.add("suite");
        return places;
    }

    int placed() {
        return placed.size();
    }

    int decided() {
        return decisions.size();
    }

    /** Returns the calls that do not have exactly one distinct decision. */
    List<CallId> notDecidedOnce() {
        return placed.keySet().stream()
                .filter(call -> decisions.getOrDefault(call, Set.of()).size() != 1)
                .toList();
    }

    /** Returns counts that were above their limit in any decision. */
    List<AdmissionCount> beyond() {
        return List.copyOf(beyond);
    }

    /** Returns the most concurrent calls of all places whose name begins with this, as the callers saw it. */
    int most(String beginning) {
        return most.entrySet().stream()
                .filter(place -> place.getKey().startsWith(beginning))
                .mapToInt(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    int mostOfACaller() {
        return admittedOfCaller.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    Set<String> deciders() {
        return Set.copyOf(deciders);
    }

    Map<String, Long> outcomes() {
        return outcomes.stream().collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    }

    @Override
    public void close() {
        phones.shutdownNow();
        bus.close();
    }
}
