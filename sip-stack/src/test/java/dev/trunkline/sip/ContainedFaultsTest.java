package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.SourceGuard;
import dev.trunkline.sip.transaction.Timings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effect of one faulty request on the only lane, and on the requests next to it. */
class ContainedFaultsTest {
    private static final int PORT = 22645;

    private final BlockingQueue<String> faults = new LinkedBlockingQueue<>();
    private SipStack stack;
    private UdpPeer peer;

    @BeforeEach
    void open() throws Exception {
        stack = SipStack.builder(Examples.listening("udp:127.0.0.1:" + PORT))
                .lanes(1)
                .timings(new Timings(Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofMillis(50)))
                .guardedBy(new SourceGuard() {
                    @Override
                    public boolean lets(InetAddress source) {
                        return true;
                    }

                    @Override
                    public boolean lets(InetAddress source, byte[] bytes, int offset, int length) {
                        return bytes[offset] == 'X' ? overflow() > 0 : true;
                    }
                })
                .telling((where, fault) -> faults.add(where + " " + fault.getClass().getSimpleName()))
                .build();
        stack.start(new Failing());
        peer = new UdpPeer("127.0.0.1", PORT);
    }

    @AfterEach
    void close() {
        peer.close();
        stack.close();
    }

    private static int overflow() {
        return overflow() + 1;
    }

    /** Fails at the place that the Call-ID names. */
    private static final class Failing implements SipHandler {
        @Override
        public Door door(SipRequest request) {
            if (request.callId().startsWith("door")) {
                throw new AssertionError("injected");
            }
            return new Door.Open(this::request);
        }

        @Override
        public void request(ServerTransaction transaction) {
            String call = transaction.request().callId();
            if (call.startsWith("handler")) {
                overflow();
            } else if (call.startsWith("respond")) {
                // Responds from another thread, with a response that cannot be written.
                Thread.ofVirtual().start(() -> transaction.respond(null));
            } else {
                transaction.respond(OutgoingResponse.of(call.startsWith("busy") ? 486 : 200).tagged("us"));
            }
        }

        @Override
        public void ack(SipRequest ack) {
            throw new AssertionError("injected");
        }
    }

    private void neighboursGoOn(String where) throws Exception {
        assertThat(faults.poll(20, TimeUnit.SECONDS)).startsWith(where);
        peer.send("OPTIONS", "neighbour-" + System.nanoTime());
        assertThat(peer.await("SIP/2.0 200")).contains("neighbour-");
        assertThat(stack.alive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "OPTIONS", "BYE"})
    void anErrorOfTheUserIsAnswered500AndEndsThatRequestAlone(String method) throws Exception {
        peer.send(method, "handler-" + method);
        assertThat(peer.next()).startsWith("SIP/2.0 500");
        neighboursGoOn("sip-lane-message StackOverflowError");
    }

    @Test
    void anErrorBeforeThereIsATransactionEndsThatMessageAlone() throws Exception {
        peer.send("INVITE", "door");
        neighboursGoOn("sip-lane-message AssertionError");
        peer.send("ACK", "ack");
        neighboursGoOn("sip-lane-message AssertionError");
    }

    @Test
    void anErrorInARespondEndsThatTransactionAlone() throws Exception {
        peer.send("INVITE", "respond");
        neighboursGoOn("sip-respond");
        // The transaction is gone, so the same INVITE starts a new one.
        peer.send("INVITE", "respond");
        neighboursGoOn("sip-respond");
    }

    @Test
    void anErrorInTheReceiverEndsThatDatagramAlone() throws Exception {
        peer.send("X");
        neighboursGoOn("sip-receiver StackOverflowError");
    }

    @Test
    void anErrorInATimerEndsThatTransactionAlone() throws Exception {
        try (var silent = new UdpPeer("127.0.0.1", PORT)) {
            // Nobody answers: timer F reports the timeout, and the receiver of that report throws.
            stack.send(new OutgoingRequest("OPTIONS", "sip:them@127.0.0.1:" + silent.port(), List.of(), "call", "sip:us@b", "us",
                    "sip:them@b", "", 1, List.of(), SipTransportKind.UDP, Optional.empty()), outcome -> overflow());
            neighboursGoOn("sip-lane-timer StackOverflowError");
        }
    }
}
