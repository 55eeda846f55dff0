package dev.trunkline.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaReady;
import dev.trunkline.phone.Call;
import dev.trunkline.system.faults.HeldCall;
import dev.trunkline.system.faults.Load;
import dev.trunkline.system.support.Alone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.Census;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Three brokers and two replicas of each service, edges and relays on hosts of their own, and a carrier that finds the edges by DNS: calls
 * are spread, and the loss of a relay, an edge or a broker costs no call that is up and no event.
 */
@Tag("long")
@Alone
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoOfEverythingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How long an edge that was started again may follow partitions that it lost: two minutes, and what a busy machine adds. */
    private static final Duration SETTLED = Duration.ofMinutes(4);
    private static final Duration DRAINED = Duration.ofMinutes(2);
    private static final Duration BACK = Duration.ofMinutes(2);
    /** For fifteen JVMs that were all started at once. */
    private static final Duration WARM = Duration.ofMinutes(5);
    /** More than the interval at which Micrometer looks for new metrics of Kafka's clients. */
    private static final Duration METERED = Duration.ofSeconds(100);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final int HELD = 14;
    private static final int CHURNING = 3;
    /** Of 14 calls, a replica has fewer than this once in five hundred runs, because each call goes to either with the same probability. */
    private static final int LEAST = 2;
    private static final int AFTERWARDS = 10;
    /** A partition that moves is read again from its last commit. A further reader of everything would add 1. */
    private static final double ROUGHLY = 0.1;
    /** The reason for which a call that arrives while nothing is decided gets 503. */
    private static final String UNDECIDED = "deadline";

    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start();
        cluster.apply(Load.DIRECTORY + """
                trunks:
                  - {name: demo, addresses: ["%s"], country: BE}
                """.formatted(cluster.carrierAddress()));
        warmUp();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Places calls until both edges have answered some. */
    private static void warmUp() throws Exception {
        try (Load load = Load.start(cluster.phone(), 0, 0)) {
            List<String> edges = new ArrayList<>();
            Await.until(() -> "calls by both edges are answered, one after another: " + edges, WARM, () -> {
                if (load.probe()) {
                    edges.add(logOf(load.placed().getLast()).await(InviteReceived.class).edge());
                } else {
                    edges.clear();
                }
                return edges.size() >= AFTERWARDS && Set.copyOf(edges).size() == Cluster.REPLICAS;
            });
        }
    }

    private static Census census() throws Exception {
        return new Census(cluster.brokers().bootstrapServers(), Load.BEGINNING);
    }

    /** Returns the events of a call that is answered. */
    private static CallLog logOf(Call call) {
        return Await.value("the events of " + call.callId(), PATIENCE, () -> Outcome.answeredLog(cluster, call));
    }

    private static String edgeOf(HeldCall call) {
        return logOf(call.call()).await(InviteReceived.class).edge();
    }

    /** Returns the relay that has the call now. */
    private static String relayOf(HeldCall call) {
        return logOf(call.call()).all(MediaReady.class).getLast().relay();
    }

    private static boolean isMoved(HeldCall call) {
        return !logOf(call.call()).all(MediaLost.class).isEmpty();
    }

    private static Map<String, Long> spread(List<HeldCall> calls, Function<HeldCall, String> place) {
        return calls.stream().collect(Collectors.groupingBy(place, TreeMap::new, Collectors.counting()));
    }

    private static void say(String words, Object... values) {
        System.out.printf("two of everything: " + words + "%n", values);
    }

    /** Waits until each edge reads the partitions that it owns, and no others. */
    private static void awaitSettled() {
        Await.until(() -> "each edge reads its own half of the partitions: " + Cluster.replicasOf(ReplicaSettings.EDGE).stream()
                        .map(edge -> cluster.valueOf(edge, "trunkline_edge_partitions_read")).toList(),
                SETTLED, () -> Cluster.replicasOf(ReplicaSettings.EDGE).stream().allMatch(edge ->
                        cluster.valueOf(edge, "trunkline_edge_partitions_owned") == Cluster.PARTITIONS / Cluster.REPLICAS
                                && cluster.valueOf(edge, "trunkline_edge_partitions_read") == Cluster.PARTITIONS / Cluster.REPLICAS));
    }

    /** Checks that all held calls are up and hear more of themselves. */
    private static void awaitAudio(Load load) {
        for (HeldCall call : load.held()) {
            assertThat(call.lostBy()).as("why a held call was ended").isEmpty();
            long heard = call.heardMillis();
            Await.until("more of the tone of " + call.call().callId(), PATIENCE, () -> call.heardMillis() >= heard + 500);
        }
    }

    /** Waits until this many calls that were placed from now on are answered. @return them */
    private static List<Call> awaitNewCalls(Load load, int number) {
        int before = load.placed().size();
        return Await.value(number + " new calls are answered", BACK, () -> {
            List<Call> answered = load.placed().stream().skip(before).filter(call -> Outcome.answeredLog(cluster, call).isPresent()).toList();
            return answered.size() >= number ? Optional.of(answered) : Optional.empty();
        });
    }

    private static void assertHeldToTheEnd(Load load) {
        for (HeldCall call : load.held()) {
            assertThat(logOf(call.call()).all(CallEnded.class)).extracting(CallEnded::reason).containsExactly(EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    @Order(1)
    void callsAreSpreadAndEachEventIsReadAsOftenAsByOneReplicaOfEach() throws Exception {
        awaitSettled();
        var reads = new Reads(cluster);
        Await.until("the counts of each service's reads are on its page", METERED, () -> {
            try {
                return reads.now().read().values().stream().allMatch(count -> count > 0);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Reads.Counts before = reads.settled(QUIET);
        try (Census census = census(); Load load = Load.start(cluster.phone(), HELD, CHURNING)) {
            awaitNewCalls(load, AFTERWARDS);
            awaitAudio(load);
            Map<String, Long> edges = spread(load.held(), TwoOfEverythingIT::edgeOf);
            Map<String, Long> relays = spread(load.held(), TwoOfEverythingIT::relayOf);
            say("calls by %s, media at %s", edges, relays);
            assertThat(edges.values()).hasSize(Cluster.REPLICAS).allMatch(calls -> calls >= LEAST);
            assertThat(relays.values()).hasSize(Cluster.REPLICAS).allMatch(calls -> calls >= LEAST);
            Outcome outcome = Outcome.of(cluster, load, census);
            say("%s", outcome);
            assertThat(outcome.notAnswered()).as("calls not answered, and why").isEmpty();
            assertThat(outcome.cut()).isEmpty();
            assertHeldToTheEnd(load);
        }
        for (String replica : Cluster.replicasOf("call-router")) {
            assertThat(cluster.metrics(replica).sum("trunkline_router_decisions_total")).as("decisions of " + replica).isPositive();
        }
        for (String replica : Cluster.replicasOf("rate-limiter")) {
            assertThat(cluster.metrics(replica).sum("trunkline_limiter_decisions_total")).as("decisions of " + replica).isPositive();
        }
        for (String replica : Cluster.replicasOf("agent-dispatcher")) {
            assertThat(cluster.metrics(replica).sum("trunkline_dispatcher_dispatched_total")).as("dispatches of " + replica).isPositive();
        }
        Reads.Counts after = reads.settled(QUIET);
        Map<String, Double> each = after.since(before);
        say("%d events; reads of each by service %s", after.written() - before.written(), each);
        assertThat(each.get("sip-edge")).as("reads of each event by the edges").isCloseTo(1, within(ROUGHLY));
        // One by the tails of the calls that the relays have, and one by the group that brings new calls.
        assertThat(each.get("media-relay")).as("reads of each event by the relays").isCloseTo(2, within(ROUGHLY));
        assertThat(each.get("call-router")).as("reads of each event by the routers").isCloseTo(1, within(ROUGHLY));
        assertThat(each.get("rate-limiter")).as("reads of each event by the limiters").isCloseTo(1, within(ROUGHLY));
        // One by the group, and one by the tails of the calls that the dispatchers watch.
        assertThat(each.get("agent-dispatcher")).as("reads of each event by the dispatchers").isCloseTo(2, within(ROUGHLY));
    }

    @Test
    @Order(2)
    void theCallsOfADrainedRelayGoOnAtTheOtherWhichTakesAllNewOnes() throws Exception {
        String drained = Cluster.relay(2);
        try (Census census = census(); Load load = Load.start(cluster.phone(), HELD, CHURNING)) {
            Map<HeldCall, String> relays = load.held().stream().collect(Collectors.toMap(call -> call, TwoOfEverythingIT::relayOf));
            assertThat(relays.values()).as("where the held calls are").contains(Cluster.relay(1), drained);

            cluster.replica(drained).askToStop();
            Await.until(drained + " ends", DRAINED, () -> !cluster.replica(drained).isAlive());
            assertThat(awaitNewCalls(load, AFTERWARDS)).as("new calls").allMatch(call ->
                    logOf(call).all(MediaReady.class).stream().allMatch(ready -> ready.relay().equals(Cluster.relay(1))));
            awaitAudio(load);
            relays.forEach((call, relay) -> assertThat(isMoved(call)).as("whether a call of %s is moved", relay).isEqualTo(relay.equals(drained)));
            assertThat(load.held()).allMatch(call -> relayOf(call).equals(Cluster.relay(1)));
            say("%s drained with %d of %d held calls", drained, relays.values().stream().filter(drained::equals).count(), HELD);

            cluster.restart(drained);
            Outcome outcome = Outcome.of(cluster, load, census);
            say("%s", outcome);
            assertThat(outcome.notAnswered()).as("calls not answered, and why").isEmpty();
            assertThat(outcome.cut()).isEmpty();
            assertHeldToTheEnd(load);
        }
    }

    @Test
    @Order(3)
    void whenAnEdgeIsKilledItsCallsAreUpAndCallersReachTheOtherByDns() throws Exception {
        String killed = Cluster.edge(1);
        String other = Cluster.edge(2);
        try (Census census = census(); Load load = Load.start(cluster.phone(), HELD, CHURNING)) {
            assertThat(spread(load.held(), TwoOfEverythingIT::edgeOf)).containsOnlyKeys(killed, other);

            cluster.replica(killed).kill();
            assertThat(awaitNewCalls(load, AFTERWARDS)).as("new calls").allMatch(call ->
                    logOf(call).await(InviteReceived.class).edge().equals(other));
            awaitAudio(load);
            say("%s is down: %s", killed, spread(load.held(), TwoOfEverythingIT::edgeOf));

            cluster.restart(killed);
            awaitAudio(load);
            Outcome outcome = Outcome.of(cluster, load, census);
            say("%s", outcome);
            assertThat(outcome.notAnswered().entrySet()).as("calls not answered, of those that had not reached the killed edge").allMatch(call ->
                    cluster.events().allOfSipCallId(call.getKey().callId()).stream().anyMatch(
                            log -> log.await(InviteReceived.class).edge().equals(killed)));
            assertThat(outcome.cut()).isEmpty();
            assertHeldToTheEnd(load);
        }
    }

    @Test
    @Order(4)
    void whenABrokerIsKilledNoCallThatIsUpAndNoEventIsLost() throws Exception {
        try (Census census = census(); Load load = Load.start(cluster.phone(), HELD, CHURNING)) {
            int killed = cluster.brokers().leadingController();
            say("broker %d is killed, which leads the controllers; leaders of call-events: %s", killed, cluster.brokers().leaders());
            long begun = System.nanoTime();
            cluster.brokers().process(killed).kill();
            awaitNewCalls(load, 1);
            say("the first new call was answered %d ms after the kill", Duration.ofNanos(System.nanoTime() - begun).toMillis());
            awaitNewCalls(load, AFTERWARDS);
            say("leaders of call-events: %s", cluster.brokers().leaders());
            awaitAudio(load);

            cluster.brokers().process(killed).start();
            cluster.brokers().awaitInSync();
            awaitNewCalls(load, AFTERWARDS);
            awaitAudio(load);
            Outcome outcome = Outcome.of(cluster, load, census);
            say("%s", outcome);
            assertThat(outcome.notAnswered().values()).as("why calls were not answered").allMatch(UNDECIDED::equals);
            assertThat(outcome.cut()).isEmpty();
            assertHeldToTheEnd(load);
        }
    }
}
