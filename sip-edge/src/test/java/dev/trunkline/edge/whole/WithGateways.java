package dev.trunkline.edge.whole;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.LegFailed;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.TrunkGateway;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** An edge with an outbound trunk: the test plays its two gateways and the rest of the suite. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WithGateways {
    static final int SIP = 22031;

    KafkaOfTests kafka;
    PlayedSuite suite;
    OutboundStates outbound;
    RunningEdge edge;
    PlayedGateway gateway;
    PlayedGateway second;

    @BeforeAll
    void start() throws Exception {
        kafka = new KafkaOfTests(22021);
        suite = new PlayedSuite(kafka.address);
        outbound = new OutboundStates(kafka.address);
        suite.trunk(new Trunk("t1", "demo", List.of("127.0.0.1/32"), Optional.of("BE"), List.of()));
        gateway = new PlayedGateway("127.0.0.70", SIP);
        second = new PlayedGateway("127.0.0.71", SIP);
        outbound.announce(OutboundStates.trunk("out", List.of(OutboundStates.gateway(gateway.host(), gateway.port()),
                new TrunkGateway(second.host(), OptionalInt.of(second.port()), Optional.of("udp"), 1, 1)),
                Optional.empty(), "s3cret", false));
        edge = newEdge();
        outbound.await("out", "edge-1", state -> state.gateways().stream().allMatch(asked -> asked.status().orElse(0) == 200));
    }

    RunningEdge newEdge() throws Exception {
        var running = new RunningEdge(kafka.address.bootstrapServers(), "edge-1", SIP, Map.of(
                "trunkline.sip.t1", "0.1S", "trunkline.sip.drain", "0.2S", "trunkline.drain", "0.5S",
                "trunkline.sip.outbound.gateway-patience", "2S"));
        // An outbound call falls into any of the three partitions; its admission must not be published before the edge reads
        // that partition.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (running.owned().size() < 3 || !running.readsItsOwn()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the edge does not read all partitions");
            }
            Thread.sleep(10);
        }
        return running;
    }

    @AfterAll
    void stop() {
        edge.close();
        gateway.close();
        second.close();
        outbound.close();
        suite.close();
        kafka.close();
    }

    Message awaitInvite(PlayedGateway at, CallRouted route) throws Exception {
        while (true) {
            Message invite = at.await("INVITE");
            if (invite.text().contains(route.invite().sipCallId())) {
                return invite;
            }
        }
    }

    void refuse(PlayedGateway at, Message invite, String status) throws Exception {
        at.answer(invite, status, "phone", "", "");
        at.await("ACK");
    }

    CallEnded ended(Envelope call) throws Exception {
        return (CallEnded) suite.await(call, CallEnded.class).record();
    }

    LegFailed failed(Envelope call) throws Exception {
        return (LegFailed) suite.await(call, LegFailed.class).record();
    }

    List<String> kinds(Envelope call) {
        return suite.of(call).stream().map(CallEvent::getClass).map(Class::getSimpleName).toList();
    }

    /** Places a call that rings and is answered, and returns its INVITE. */
    Message answered(CallRouted route, String tag) throws Exception {
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "180 Ringing", tag, "", "");
        gateway.accept(invite, tag);
        gateway.await("ACK");
        suite.await(ready, CallAnswered.class);
        return invite;
    }
}
