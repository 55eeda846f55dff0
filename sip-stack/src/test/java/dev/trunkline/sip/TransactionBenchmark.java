package dev.trunkline.sip;

import dev.trunkline.sip.lane.Lane;
import dev.trunkline.sip.lane.Lanes;
import dev.trunkline.sip.locate.LocateSettings;
import dev.trunkline.sip.locate.Locator;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.Faults;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transaction.Timings;
import dev.trunkline.sip.transport.Arrival;
import dev.trunkline.sip.transport.Endpoint;
import dev.trunkline.sip.transport.Peer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Measures how many INVITEs a second one lane rejects, with their ACKs, from octets to octets, without sockets. Run manually. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TransactionBenchmark {
    private static final int BATCH = 1_000;
    private final PacketSource source = new PacketSource(InetAddress.ofLiteral("192.0.2.1"), 5060, SipTransportKind.UDP);
    private final Endpoint nowhere = new Nowhere(Listener.parse("udp:127.0.0.1:22699"));
    private Lanes<Arrival> lanes;
    private LaneDesk desk;
    private long number;

    @Setup
    public void open() {
        ListenSettings settings = Examples.listening("udp:127.0.0.1:22699");
        var identifiers = new Identifiers(new Random(1));
        // Terminated transactions are removed soon, so the benchmark does not measure how many a lane can hold.
        var timings = new Timings(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofMillis(50));
        var parts = new StackParts(settings, new StackLimits(1_000_000, 1L << 32), 1, timings, any -> true,
                SipStackBuilder.unwatched(), new LocalNames(settings, "trunkline"), identifiers,
                new Locator(Set.of(SipTransportKind.UDP), LocateSettings.defaults(), new Random(1))::locate, System::nanoTime,
                new Faults((where, fault) -> { }, System::nanoTime), WireTap.NONE);
        lanes = new Lanes<>(1, 1, (lane, arrival) -> desk.take(arrival), System::nanoTime, parts.faults());
        desk = new LaneDesk(parts, new SipHandler() {
            @Override
            public void request(ServerTransaction transaction) {
                transaction.respond(OutgoingResponse.of(100));
                transaction.respond(OutgoingResponse.of(486).tagged("us"));
            }

            @Override
            public void ack(SipRequest ack) {}
        }, new Endpoints(List.of()), lanes.all().getFirst());
        lanes.start();
    }

    @TearDown
    public void close() {
        lanes.close();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void refusedInvites() {
        Lane<Arrival> lane = lanes.all().getFirst();
        for (int i = 0; i < BATCH; i++) {
            number++;
            lane.offer(arrival(request("INVITE", number, "")), Integer.MAX_VALUE);
            lane.offer(arrival(request("ACK", number, ";tag=us")), Integer.MAX_VALUE);
        }
        while (lane.waiting() > 0) {
            Thread.onSpinWait();
        }
    }

    private static String request(String method, long number, String tag) {
        return method + " sip:+3225550100@192.0.2.10;user=phone SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK" + number
                + ";rport\r\nMax-Forwards: 70\r\nFrom: \"Anna\" <sip:+32475112233@pbx.example>;tag=a" + number
                + "\r\nTo: <sip:+3225550100@192.0.2.10>" + tag + "\r\nCall-ID: " + number + "@192.0.2.1\r\nCSeq: 1 " + method
                + "\r\nContact: <sip:anna@192.0.2.1:5060>\r\nAllow: INVITE, ACK, BYE, CANCEL, OPTIONS\r\nContent-Length: 0\r\n\r\n";
    }

    private Arrival arrival(String message) {
        return new Arrival(
                message.getBytes(StandardCharsets.US_ASCII), source, nowhere, Optional.empty(), System.nanoTime());
    }

    /** Discards what is sent. */
    private record Nowhere(Listener listener) implements Endpoint {

        @Override
        public void send(byte[] octets, Peer peer, Runnable unsent) {}

        @Override
        public void ask() {}

        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public void close() {}
    }
}
