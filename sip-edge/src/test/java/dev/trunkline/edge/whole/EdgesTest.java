package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallPartition;
import dev.trunkline.edge.trunks.HostResolver;
import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.Trunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several edges, which share the partitions of the calls. */
class EdgesTest {
    private static final int PARTITIONS = 8;
    private static final int SIP = 17630;
    private static final Set<Integer> ALL = IntStream.range(0, PARTITIONS).collect(HashSet::new, Set::add, Set::addAll);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private KafkaOfTests kafka;
    private PlayedSuite suite;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        start(PARTITIONS);
    }

    private void start(int partitions) throws Exception {
        kafka = new KafkaOfTests(17620, partitions);
        suite = new PlayedSuite(kafka.address);
        suite.trunk(new Trunk("t1", "demo", List.of("127.0.0.1/32"), Optional.of("BE"), List.of()));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
        suite.close();
        kafka.close();
    }

    private <T extends AutoCloseable> T closing(T one) {
        open.add(one);
        return one;
    }

    private RunningEdge edge(int number) throws Exception {
        return edge(number, true);
    }

    private RunningEdge edge(int number, boolean owning) throws Exception {
        // A process's first call is slow. No call may be rejected for that before the test itself times out.
        return edge(number, owning, PATIENCE.toSeconds() + "S");
    }

    private RunningEdge edge(int number, boolean owning, String deadline) throws Exception {
        return closing(new RunningEdge(kafka.address.bootstrapServers(), "edge-" + number, SIP + number,
                Map.of("trunkline.sip.t1", "0.1S", "trunkline.sip.linger", "1S", "trunkline.sip.deadline", deadline), HostResolver.ofSystem(), owning));
    }

    private UdpPhone phone(int edge) throws Exception {
        return closing(new UdpPhone("127.0.0.1", SIP + edge));
    }

    private static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** Returns whether each partition belongs to exactly one edge and only that edge reads it. */
    private static boolean shared(List<RunningEdge> edges) {
        Set<Integer> owned = new HashSet<>();
        int count = 0;
        for (RunningEdge edge : edges) {
            owned.addAll(edge.owned());
            count += edge.owned().size();
        }
        return owned.equals(ALL) && count == PARTITIONS && edges.stream().allMatch(RunningEdge::readsItsOwn);
    }

    private Envelope answered(UdpPhone.Leg leg) throws Exception {
        leg.invite();
        Envelope invite = suite.awaitInvite(leg);
        Envelope ready = suite.mediaReady(suite.admit(invite, AnswerPolicy.ON_AGENT), 0, PlayedSuite.ANSWER);
        suite.agentJoined(ready);
        leg.await(200);
        leg.ack();
        suite.await(invite, CallAnswered.class);
        return ready;
    }

    private void hungUp(UdpPhone.Leg leg, Envelope call) throws Exception {
        leg.send("BYE", "", "");
        leg.await(200);
        assertEnded(call, EndReason.CALLER_HUNG_UP);
    }

    private void assertEnded(Envelope call, EndReason reason) throws Exception {
        assertThat(((CallEnded) suite.await(call, CallEnded.class).record()).reason()).isEqualTo(reason);
        assertThat(suite.of(call).stream().filter(event -> event.isLast())).hasSize(1);
    }

    private static int partition(Envelope call) {
        return CallPartition.of(call.callId().toString(), PARTITIONS);
    }

    private static double read(List<RunningEdge> edges) {
        return edges.stream().mapToDouble(RunningEdge::read).sum();
    }

    /** @return answered calls, at least one in each partition that the edge owns, by partition */
    private Map<Integer, Map.Entry<UdpPhone.Leg, Envelope>> oneInEach(UdpPhone phone, int partitions) throws Exception {
        Map<Integer, Map.Entry<UdpPhone.Leg, Envelope>> calls = new TreeMap<>();
        for (int tries = 0; calls.size() < partitions && tries < 300; tries++) {
            UdpPhone.Leg leg = phone.leg();
            Envelope call = answered(leg);
            if (calls.putIfAbsent(partition(call), Map.entry(leg, call)) != null) {
                hungUp(leg, call);
            }
        }
        assertThat(calls).hasSize(partitions);
        return calls;
    }

    @Test
    void eachRecordIsReadByOneEdgeHoweverManyThereAre() throws Exception {
        List<RunningEdge> edges = new ArrayList<>();
        List<UdpPhone> phones = new ArrayList<>();
        for (int wanted : List.of(1, 2, 4)) {
            while (edges.size() < wanted) {
                edges.add(edge(edges.size()));
                phones.add(phone(phones.size()));
            }
            eventually(wanted + " edges share the partitions", () -> shared(edges));
            suite.readAll();
            int writtenBefore = suite.raw.size();
            double readBefore = read(edges);
            List<Double> eachBefore = edges.stream().map(RunningEdge::read).toList();
            for (int call = 0; call < 24; call++) {
                UdpPhone.Leg leg = phones.get(call % wanted).leg();
                Envelope ready = answered(leg);
                suite.say(ready, new EndCall(ready.callId(), EndReason.ROOM_CLOSED, "media-relay", ""));
                leg.ok(leg.awaitRequest("BYE"));
                assertEnded(ready, EndReason.ROOM_CLOSED);
            }
            suite.readAll();
            int written = suite.raw.size() - writtenBefore;
            eventually("all is read", () -> read(edges) - readBefore >= written);
            double read = read(edges) - readBefore;
            List<Double> each = IntStream.range(0, wanted).mapToObj(i -> edges.get(i).read() - eachBefore.get(i)).toList();
            System.out.printf("%d edges: %d records, %.0f reads, %.2f a record; each %s%n", wanted, written, read, read / written, each);
            assertThat(shared(edges)).isTrue();
            assertThat(read).isEqualTo(written);
            assertThat(each).allSatisfy(one -> assertThat(one).isPositive());
        }
    }

    @Test
    void whatBeganBeforePartitionsMovedEndsWhereItBegan() throws Exception {
        RunningEdge first = edge(0);
        eventually("all are its own", () -> shared(List.of(first)));
        UdpPhone phone = phone(0);
        var calls = oneInEach(phone, PARTITIONS);
        // One call rings while its partition may move.
        UdpPhone.Leg rings = phone.leg().invite();
        Envelope ringing = suite.awaitInvite(rings);

        RunningEdge second = edge(1);
        eventually("each has half", () -> first.owned().size() == PARTITIONS / 2 && second.owned().size() == PARTITIONS / 2);
        Set<Integer> moved = second.owned();
        // The edge decides by the events that it reads (admission, media and agent), from old and new partitions.
        suite.agentJoined(suite.mediaReady(suite.admit(ringing, AnswerPolicy.ON_AGENT), 0, PlayedSuite.ANSWER));
        rings.await(200);
        rings.ack();
        eventually("the second reads its own alone", second::readsItsOwn);
        assertThat(first.metrics.get("trunkline_edge_partitions_read").gauge().value()).isEqualTo(PARTITIONS);
        int commands = 0;
        for (var call : calls.entrySet()) {
            UdpPhone.Leg leg = call.getValue().getKey();
            Envelope known = call.getValue().getValue();
            if (moved.contains(call.getKey()) && commands < moved.size() / 2) {
                commands++;
                suite.say(known, new EndCall(known.callId(), EndReason.ROOM_CLOSED, "media-relay", ""));
                leg.ok(leg.awaitRequest("BYE"));
                assertEnded(known, EndReason.ROOM_CLOSED);
            } else {
                hungUp(leg, known);
            }
        }
        hungUp(rings, ringing);
        assertThat(commands).isPositive();
        eventually("then nothing but its own is read", () -> shared(List.of(first, second)));
        UdpPhone.Leg next = phone.leg();
        hungUp(next, answered(next));
    }

    @Test
    void aCallOutForACallerIsMadeOnceByTheEdgeThatHasTheCallerWhereverTheirPartitionWent() throws Exception {
        PlayedGateway gateway = closing(new PlayedGateway("127.0.0.72", SIP));
        var outbound = closing(new OutboundStates(kafka.address));
        outbound.announce(OutboundStates.trunk("out", List.of(OutboundStates.gateway(gateway.host(), gateway.port())), Optional.empty(), "s3cret", false));
        RunningEdge first = edge(0);
        eventually("all are its own", () -> shared(List.of(first)));
        UdpPhone phone = phone(0);
        var calls = oneInEach(phone, PARTITIONS);
        RunningEdge second = edge(1);
        // The gateway answers only the first edge. The second knows the trunk and would place the call through it.
        outbound.await("out", "edge-0", state -> state.gateways().stream().allMatch(asked -> asked.status().orElse(0) == 200));
        outbound.await("out", "edge-1", state -> true);
        eventually("each has half", () -> first.owned().size() == PARTITIONS / 2 && second.owned().size() == PARTITIONS / 2);
        for (int partition : List.of(first.owned().iterator().next(), second.owned().iterator().next())) {
            Envelope parent = calls.get(partition).getValue();
            CallRouted leg = legIn(partition, parent);
            GivenLegs.dial(suite, leg);
            UdpPhone.Message invite = gateway.await("INVITE");
            assertThat(invite.header("Call-ID")).contains(leg.invite().sipCallId());
            gateway.answer(invite, "486 Busy Here", "phone", "", "");
            gateway.await("ACK");
            Envelope failed = suite.await(parent, TransferFailed.class);
            assertThat(failed.owners().edge()).as("who has the caller").contains("edge-0");
            assertEnded(suite.await(said -> said.record() instanceof CallRouted && said.callId().equals(leg.callId()), "the leg"), EndReason.CALLEE_BUSY);
            suite.readAll();
            assertThat(suite.of(parent)).filteredOn(TransferFailed.class::isInstance).hasSize(1);
            assertThat(gateway.hears("INVITE ")).as("a second time").isFalse();
        }
        for (var call : calls.values()) {
            hungUp(call.getKey(), call.getValue());
        }
    }

    private static CallRouted legIn(int partition, Envelope parent) {
        while (true) {
            CallRouted leg = GivenLegs.route("out", 30, Optional.of(parent.callId()), false, Instant.now().plusSeconds(30));
            if (CallPartition.of(leg.callId().toString(), PARTITIONS) == partition) {
                return leg;
            }
        }
    }

    @Test
    void aKilledEdgesCallsAreFoundByTheOneThatStartsInItsPlaceWhoeverHasItsPartitions() throws Exception {
        RunningEdge second = edge(1);
        EdgeProcess killed = closing(EdgeProcess.start(kafka.address, "edge-0", SIP));
        eventually("each has half", () -> second.owned().size() == PARTITIONS / 2);
        UdpPhone phone = phone(0);
        var calls = oneInEach(phone, PARTITIONS / 2);
        UdpPhone.Leg rings = phone.leg().invite();
        Envelope ringing = suite.awaitInvite(rings);
        suite.admit(ringing, AnswerPolicy.ON_AGENT);
        rings.await(180);
        killed.kill();

        eventually("it is missed, and the other has all", () -> second.owned().equals(ALL));
        UdpPhone other = phone(1);
        var others = oneInEach(other, PARTITIONS);
        RunningEdge third = edge(2);
        eventually("a third has its part", () -> second.owned().size() + third.owned().size() == PARTITIONS);

        RunningEdge again = edge(0);
        assertThat(again.count("trunkline_edge_resumed_calls")).isEqualTo(calls.size());
        eventually("the three share", () ->
                second.owned().size() + third.owned().size() + again.owned().size() == PARTITIONS);
        assertThat(calls.keySet()).as("some of its calls are where new ones are another's").anySatisfy(partition ->
                assertThat(again.owned()).doesNotContain(partition));
        assertEnded(ringing, EndReason.EDGE_LOST);
        boolean command = false;
        for (var call : calls.values()) {
            command = !command;
            Envelope known = call.getValue();
            if (command) {
                suite.say(known, new EndCall(known.callId(), EndReason.ROOM_CLOSED, "media-relay", ""));
                call.getKey().ok(call.getKey().awaitRequest("BYE"));
                assertEnded(known, EndReason.ROOM_CLOSED);
            } else {
                hungUp(call.getKey(), known);
            }
        }
        for (var call : others.values()) {
            hungUp(call.getKey(), call.getValue());
        }
        eventually("then each reads its own", () -> shared(List.of(second, third, again)));
    }

    @Test
    void anEdgeThatOwnsNothingSendsItsTrunkElsewhereUntilItDoes() throws Exception {
        stop();
        open.clear();
        start(1);
        RunningEdge first = edge(0);
        RunningEdge spare = edge(1, false);
        assertThat(first.owned()).containsExactly(0);
        assertThat(spare.edge.owns()).isFalse();
        UdpPhone phone = phone(1);
        UdpPhone.Leg refused = phone.leg().invite();
        Message refusal = refused.await(503);
        refused.ackRefusal(refusal);
        assertThat(refusal.header("Retry-After")).isPresent();
        UdpPhone.Leg options = phone.leg();
        options.send("OPTIONS", "", "");
        options.await(503);
        first.close();
        eventually("the partition is its own", spare.edge::owns);
        UdpPhone.Leg taken = phone.leg();
        hungUp(taken, answered(taken));
        assertThat(suite.heardInvites(refused)).isZero();
    }

    @Test
    void aCallThatIsRefusedLateHasOneLastEventWhereverItsPartitionWent() throws Exception {
        RunningEdge first = edge(0, true, "8S");
        eventually("all are its own", () -> shared(List.of(first)));
        UdpPhone phone = phone(0);
        List<UdpPhone.Leg> legs = new ArrayList<>();
        List<Envelope> invites = new ArrayList<>();
        for (int i = 0; i < PARTITIONS * 2; i++) {
            legs.add(phone.leg().invite());
            invites.add(suite.awaitInvite(legs.getLast()));
        }
        RunningEdge second = edge(1);
        // Nobody decides: the deadline passes, for some of the calls while their partition moves.
        for (int i = 0; i < legs.size(); i++) {
            legs.get(i).ackRefusal(legs.get(i).await(503));
            suite.await(invites.get(i), CallRejected.class);
        }
        eventually("each has half", () -> second.owned().size() == PARTITIONS / 2);
        suite.readAll();
        for (Envelope invite : invites) {
            assertThat(suite.of(invite).stream().filter(event -> event.isLast())).hasSize(1);
        }
    }
}
