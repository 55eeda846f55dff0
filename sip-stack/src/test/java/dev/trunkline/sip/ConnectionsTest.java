package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.TransportWatch.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TCP connections: what they carry, their limits, and how they end. */
class ConnectionsTest {
    private static final int PORT = 22622;
    private static final String LISTENER = "tcp:127.0.0.1:" + PORT;
    private static final String URI = "sip:+3225550100@127.0.0.1:" + PORT;

    private static ConnectionLimits limits(int all, int perSource, int messageMillis, int idleMillis) {
        return new ConnectionLimits(all, perSource, Duration.ofSeconds(5), Duration.ofMillis(messageMillis),
                Duration.ofMillis(idleMillis));
    }

    private static LoopbackStack open(ConnectionLimits limits) {
        return new LoopbackStack(limits, Optional.empty(), LISTENER);
    }

    private static void lives(StreamPhone phone) throws Exception {
        phone.write(phone.request("OPTIONS", URI, "", "")).await("SIP/2.0 200");
    }

    @Test
    void aPingGetsAPongAndLongPingingCostsNothing() throws Exception {
        try (var edge = open(LoopbackStack.LIMITS);
                var phone = StreamPhone.tcp("127.0.0.1", PORT)) {
            // More bytes than any message may have.
            for (int i = 0; i < 5_000; i++) {
                phone.write("\r\n\r\n");
                assertThat(phone.exactly(2)).isEqualTo("\r\n");
            }
            lives(phone);
        }
    }

    @Test
    void messagesMayComeInPiecesAndManyAtOnce() throws Exception {
        try (var edge = open(LoopbackStack.LIMITS);
                var phone = StreamPhone.tcp("127.0.0.1", PORT)) {
            String request = phone.request("OPTIONS", URI, "", "v=0\r\n\r\n");
            for (int i = 0; i < request.length(); i += 7) {
                phone.write(request.substring(i, Math.min(request.length(), i + 7)));
                Thread.sleep(1);
            }
            phone.await("SIP/2.0 200");
            phone.write(phone.request("OPTIONS", URI, "", "abc") + phone.request("OPTIONS", URI, "", ""));
            phone.await("SIP/2.0 200");
            phone.await("SIP/2.0 200");
        }
    }

    @Test
    void theCompactFormOfContentLengthCounts() throws Exception {
        try (var edge = open(LoopbackStack.LIMITS);
                var phone = StreamPhone.tcp("127.0.0.1", PORT)) {
            String request = phone.request("OPTIONS", URI, "", "v=0\r\n").replace("Content-Length", "l");
            phone.write(request + request.replace("OPTIONS", "MESSAGE"));
            phone.await("SIP/2.0 200");
            phone.await("SIP/2.0 200");
            assertThat(edge.await().body()).isEqualTo("v=0\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 400, WRONG_LENGTH",
        "4x, 400, WRONG_LENGTH",
        "2147483647, 400, WRONG_LENGTH",
        "999999999, 413, MESSAGE_TOO_LONG"
    })
    void aLengthThatCannotBeIsAnsweredAndEndsTheConnection(String length, int status, Ending why) throws Exception {
        try (var edge = open(LoopbackStack.LIMITS);
                var phone = StreamPhone.tcp("127.0.0.1", PORT)) {
            phone.write(phone.request("OPTIONS", URI, "", "").replace("Content-Length: 0", "Content-Length: " + length));
            assertThat(phone.await("SIP/2.0 " + status)).contains("Warning: 399 ");
            assertThat(phone.isClosed()).isTrue();
            LoopbackStack.until(() -> edge.over(why) == 1);
            assertThat(edge.requests).isEmpty();
        }
    }

    @Test
    void aMessageMayBeLongAndAHeaderFieldNotThatLong() throws Exception {
        try (var edge = open(LoopbackStack.LIMITS);
                var phone = StreamPhone.tcp("127.0.0.1", PORT)) {
            phone.write(phone.request("OPTIONS", URI, "", "x".repeat(60_000)));
            phone.await("SIP/2.0 200");
            assertThat(edge.await().body()).hasSize(60_000);
            phone.write(phone.request("OPTIONS", URI, "X-Long: " + "x".repeat(60_000) + "\r\n", ""));
            phone.await("SIP/2.0 513");
            lives(phone);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u0016\u0003\u0001", "\u0000\u0000", "hello\r\n"})
    void whatIsNoSipIsCutOff(String garbage) throws Exception {
        try (var edge = open(LoopbackStack.LIMITS);
                var phone = StreamPhone.tcp("127.0.0.1", PORT)) {
            phone.write(garbage);
            assertThat(phone.isClosed()).isTrue();
            LoopbackStack.until(() -> edge.over(Ending.NOT_SIP) == 1 && edge.open.get() == 0);
        }
    }

    @Test
    void aHeaderWithoutEndIsCutOff() throws Exception {
        try (var edge = open(LoopbackStack.LIMITS);
                var phone = StreamPhone.tcp("127.0.0.1", PORT)) {
            phone.write("OPTIONS sip:a@b SIP/2.0\r\nX: " + "x".repeat(70_000));
            assertThat(phone.isClosed()).isTrue();
            LoopbackStack.until(() -> edge.over(Ending.MESSAGE_TOO_LONG) == 1);
        }
    }

    @Test
    void manyWhoSendAByteNowAndThenHoldUpNobodyAndAreCutOff() throws Exception {
        try (var edge = open(limits(100, 50, 400, 60_000))) {
            var slow = new ArrayList<StreamPhone>();
            for (int i = 0; i < 40; i++) {
                slow.add(StreamPhone.tcp("127.0.0.1", PORT).write("OPTIONS sip:a@b SIP/2.0\r\nCall"));
            }
            int threads = Thread.activeCount();
            try (var phone = StreamPhone.tcp("127.0.0.1", PORT)) {
                lives(phone);
                // Sending a byte now and then does not help: one timeout covers a message from its first byte to its last.
                for (int i = 0; i < 20; i++) {
                    Thread.sleep(50);
                    for (StreamPhone each : slow) {
                        try {
                            each.write("-");
                        } catch (java.io.IOException e) {
                            // The connection was closed.
                        }
                    }
                }
                LoopbackStack.until(() -> edge.over(Ending.MESSAGE_SLOW) == 40);
                lives(phone);
            }
            assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 1);
            for (StreamPhone each : slow) {
                each.close();
            }
        }
    }

    @Test
    void anIdleConnectionIsClosedUnlessACallHangsOnIt() throws Exception {
        try (var edge = open(limits(100, 50, 5000, 300));
                var carrying = StreamPhone.tcp("127.0.0.1", PORT);
                var idle = StreamPhone.tcp("127.0.0.1", PORT)) {
            edge.inUse = source -> source.port() == carrying.socket.getLocalPort();
            lives(carrying);
            assertThat(idle.isClosed()).isTrue();
            Thread.sleep(700);
            lives(carrying);
            edge.inUse = source -> false;
            assertThat(carrying.isClosed()).isTrue();
            LoopbackStack.until(() -> edge.over(Ending.IDLE) == 2);
        }
    }

    @Test
    void aSourceHasNoMoreConnectionsThanItMay() throws Exception {
        try (var edge = open(limits(100, 3, 5000, 60_000))) {
            List<StreamPhone> phones = List.of(StreamPhone.tcp("127.0.0.1", PORT), StreamPhone.tcp("127.0.0.1", PORT),
                    StreamPhone.tcp("127.0.0.1", PORT));
            lives(phones.getLast());
            try (var fourth = StreamPhone.tcp("127.0.0.1", PORT)) {
                assertThat(fourth.isClosed()).isTrue();
            }
            LoopbackStack.until(() -> edge.over(Ending.TOO_MANY_FROM_SOURCE) == 1);
            phones.getFirst().close();
            LoopbackStack.until(() -> edge.open.get() == 2);
            try (var next = StreamPhone.tcp("127.0.0.1", PORT)) {
                lives(next);
            }
            for (StreamPhone phone : phones) {
                phone.close();
            }
        }
    }

    @Test
    void whoDoesNotReadIsCutOff() throws Exception {
        try (var edge = open(limits(100, 50, 500, 60_000));
                var deaf = StreamPhone.tcp("127.0.0.1", PORT)) {
            edge.reply = edge.reply.with(new SipHeader("X-Long", "x".repeat(100_000)));
            // Request large responses until the buffers of both sides are full.
            try {
                for (int i = 0; i < 100; i++) {
                    deaf.write(deaf.request("OPTIONS", URI, "", ""));
                }
            } catch (IOException e) {
                // The connection was closed before all requests were written.
            }
            LoopbackStack.until(() -> edge.over(Ending.NOT_READING) == 1);
            edge.reply = OutgoingResponse.of(200);
            try (var phone = StreamPhone.tcp("127.0.0.1", PORT)) {
                lives(phone);
            }
        }
    }

    @Test
    void aRequestOfOursGoesByTheConnectionOfWhoseViaNamedThatPort() throws Exception {
        // The port that the phone's Via names, on which nothing listens (RFC 5923).
        int named = 22699;
        try (var edge = open(LoopbackStack.LIMITS);
                var other = StreamPhone.tcp("127.0.0.1", PORT);
                var phone = StreamPhone.tcp("127.0.0.1", PORT)) {
            lives(other);
            String options = phone.request("OPTIONS", URI, "", "");
            phone.write(options.replaceFirst("127.0.0.1:" + phone.socket.getLocalPort() + ";branch", "127.0.0.1:" + named + ";branch"))
                    .await("SIP/2.0 200");
            CompletableFuture<Integer> outcome = sent(edge, named);
            phone.write(UdpPeer.response(phone.await("BYE"), 200, "them"));
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(edge.open).hasValue(2);
            // The alias is valid only as long as the connection is open.
            phone.close();
            LoopbackStack.until(() -> edge.open.get() == 1);
            assertThat(sent(edge, named).get(10, TimeUnit.SECONDS)).isEqualTo(503);
        }
    }

    private static CompletableFuture<Integer> sent(LoopbackStack edge, int port) {
        var outcome = new CompletableFuture<Integer>();
        edge.transport.send(
                new OutgoingRequest("BYE", "sip:anna@127.0.0.1:" + port + ";transport=tcp", List.of(), "c" + System.nanoTime(),
                        "sip:a@b", "1", "sip:c@d", "2", 1, List.of(), SipTransportKind.TCP, Optional.empty()),
                answer -> outcome.complete(answer.status()));
        return outcome;
    }
}
