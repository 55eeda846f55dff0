package dev.trunkline.edge.whole;

import dev.trunkline.edge.metrics.OutboundMetrics;
import dev.trunkline.edge.outbound.GatewayAddresses;
import dev.trunkline.edge.outbound.OutboundParts;
import dev.trunkline.edge.outbound.OutboundTimes;
import dev.trunkline.edge.outbound.OutboundTrunks;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealedTrunkAccounts;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.DelayThread;
import dev.trunkline.sip.ListenSettings;
import dev.trunkline.sip.ServerTransaction;
import dev.trunkline.sip.SipHandler;
import dev.trunkline.sip.SipStack;
import dev.trunkline.sip.gateway.GatewayWatch;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.PacketMark;
import dev.trunkline.sip.transaction.Timings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The parts of an edge that keep outbound trunks, on a real socket and without Kafka. */
final class OutboundOnWire implements AutoCloseable {
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Map<String, OutboundTrunkState> states = new ConcurrentHashMap<>();
    final BlockingQueue<SipRequest> invites = new LinkedBlockingQueue<>();
    final BlockingQueue<Throwable> faults = new LinkedBlockingQueue<>();
    final OutboundTrunks trunks;
    volatile GatewayAddresses addresses = GatewayAddresses.NONE;
    volatile Predicate<String> mine = id -> true;
    private final SipStack stack;
    private final DelayThread delays = new DelayThread("outbound-trunks", (where, fault) -> faults.add(fault));

    OutboundOnWire(int port) {
        var limits = new ConnectionLimits(100, 50, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1));
        stack = SipStack.builder(new ListenSettings(
                        List.of(Listener.parse("udp:127.0.0.1:" + port)), List.of(), 1 << 20, 1_000, limits, PacketMark.NONE, Optional.empty()))
                .timings(new Timings(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofMillis(500)))
                .build();
        stack.start(new SipHandler() {
            @Override
            public void request(ServerTransaction transaction) {
                if (transaction.request().method().equals(SipRequest.INVITE)) {
                    invites.add(transaction.request());
                    transaction.respond(OutgoingResponse.of(486));
                } else {
                    transaction.respond(OutgoingResponse.of(200));
                }
            }

            @Override
            public void ack(SipRequest ack) {}
        });
        var watch = new GatewayWatch(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofSeconds(1), 3, 2);
        var times = new OutboundTimes(watch, Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofSeconds(30));
        trunks = OutboundTrunks.of(
                EventJson.MAPPER, new SealedTrunkAccounts(new Sealer(RunningEdge.SEAL_KEY, new SecureRandom())),
                new OutboundParts("edge", stack, delays, times, new OutboundMetrics(metrics, Clock.systemUTC()), this::say,
                        Clock.systemUTC(), System::nanoTime, new SecureRandom()),
                stack::locate, now -> addresses = now, id -> mine.test(id));
        trunks.opened();
    }

    private void say(String trunkId, Optional<OutboundTrunkState> state) {
        state.ifPresentOrElse(said -> states.put(trunkId, said), () -> states.remove(trunkId));
    }

    void announce(OutboundTrunk trunk) throws Exception {
        trunks.accept(new ConsumerRecord<>(Topics.OUTBOUND_TRUNKS, 0, 0, trunk.id(), EventJson.MAPPER.writeValueAsBytes(trunk)));
    }

    void withdraw(String id) {
        trunks.accept(new ConsumerRecord<>(Topics.OUTBOUND_TRUNKS, 0, 0, id, null));
    }

    OutboundTrunkState await(String trunk, Predicate<OutboundTrunkState> fits) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            OutboundTrunkState state = states.get(trunk);
            if (state != null && fits.test(state)) {
                return state;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("it was not said of " + trunk + ": " + states + "; faults: " + faults);
    }

    double gauge(String name, String trunk) {
        return metrics.get(name).tag("trunk", trunk).gauge().value();
    }

    @Override
    public void close() throws Exception {
        trunks.close().toCompletableFuture().get(20, TimeUnit.SECONDS);
        delays.close();
        stack.close();
    }
}
