package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.fuzz.Faults;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.Trunk;
import dev.trunkline.sip.StreamPhone;
import dev.trunkline.sip.fuzz.Corpus;
import dev.trunkline.sip.fuzz.Mutator;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Damaged messages sent to a running edge, by UDP and TCP: for a few seconds, or
 * {@code -Dfuzz.minutes=60 -Dfuzz.seed=7} for an hour. It logs each minute how many there were and how much heap and
 * how many threads are left after them.
 */
class FuzzTest {
    private static final int SIP = 22580;
    private static final long SEED = Long.getLong("fuzz.seed", 4475);
    private static final Duration SHORT = Duration.ofSeconds(6);
    private static final int ATTEMPTS = 5;
    private static final Duration SAID = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofMinutes(Long.getLong("fuzz.minutes", 0));

    @Test
    void theEdgeLosesNothingByIt() throws Exception {
        try (var kafka = new KafkaOfTests(22570);
                var suite = new PlayedSuite(kafka.address);
                var faults = new Faults()) {
            suite.trunk(new Trunk("t1", "demo", List.of("127.0.0.1/32"), Optional.of("BE"), List.of()));
            try (var edge = new RunningEdge(kafka.address.bootstrapServers(), "edge-f", SIP, Map.of(
                    "trunkline.sip.deadline", "0.2S", "trunkline.sip.linger", "1S", "trunkline.sip.short-linger", "1S",
                    "trunkline.sip.connections.message", "0.5S"))) {
                aCall(suite);
                int threads = platformThreads();
                storm();
                until(() -> edge.metrics.get("trunkline_edge_unread_datagrams").gauge().value() == 0);
                aCall(suite);
                answersByTcp();
                until(() -> edge.metrics.get("trunkline_edge_connections").tag("transport", "tcp").gauge().value() == 0);
                assertThat(platformThreads()).isLessThanOrEqualTo(threads + 5);
                assertThat(faults.found).isEmpty();
                assertThat(edge.metrics.find("trunkline.contained.faults").counters())
                        .allSatisfy(contained -> assertThat(contained.count()).as("%s", contained.getId().getTags()).isZero());
            }
        }
    }

    private static void storm() throws Exception {
        long end = System.nanoTime() + Math.max(SHORT.toNanos(), LONG.toNanos());
        long nextWord = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        int count = 0;
        try (var socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            var mutator = new Mutator(SEED, Corpus.all(socket.getLocalPort()));
            while (System.nanoTime() < end) {
                byte[] message = mutator.next();
                if (message.length < 60_000) {
                    socket.send(new DatagramPacket(message, message.length, new InetSocketAddress("127.0.0.1", SIP)));
                }
                if (count++ % 16 == 0) {
                    byTcp(mutator);
                    Thread.sleep(1);
                }
                if (System.nanoTime() > nextWord) {
                    nextWord += Duration.ofMinutes(1).toNanos();
                    System.gc();
                    System.out.printf("%d messages, %d MB, %d threads%n", count,
                            (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20, platformThreads());
                }
            }
        }
        System.out.println(count + " damaged messages");
    }

    /** Sends a few messages on one connection; some of them make the edge close it. */
    private static void byTcp(Mutator mutator) {
        try (var socket = new Socket("127.0.0.1", SIP)) {
            for (int i = 0; i < 4; i++) {
                socket.getOutputStream().write(mutator.next());
            }
        } catch (IOException e) {
            // The edge closed the connection.
        }
    }

    /**
     * The deadline is short here, so the calls that the damaged messages start end soon. If Kafka takes longer, the INVITE is not
     * published, and the phone calls again.
     */
    private static void aCall(PlayedSuite suite) throws Exception {
        try (var phone = new UdpPhone("127.0.0.1", SIP)) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                UdpPhone.Leg leg = phone.leg().invite();
                leg.ackRefusal(leg.await(503));
                if (suite.hears(leg, SAID)) {
                    suite.await(suite.awaitInvite(leg), CallRejected.class);
                    return;
                }
            }
            throw new AssertionError("of %d INVITEs none was said".formatted(ATTEMPTS));
        }
    }

    private static void answersByTcp() throws Exception {
        try (var phone = StreamPhone.tcp("127.0.0.1", SIP)) {
            phone.write(phone.request("OPTIONS", "sip:127.0.0.1", "", "")).await("SIP/2.0 200");
        }
    }

    private static void until(BooleanSupplier fits) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!fits.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not become so");
            }
            Thread.sleep(5);
        }
    }

    /** Counts platform threads. Virtual threads come and go; platform threads must not. */
    private static int platformThreads() {
        return Thread.getAllStackTraces().size();
    }
}
