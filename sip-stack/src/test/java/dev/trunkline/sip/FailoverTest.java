package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.locate.Candidate;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transaction.Timings;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 3263 section 4.3: places are tried one after another. */
class FailoverTest {
    private static final int PORT = 22651;
    private static final Timings QUICK = new Timings(Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofMillis(50));

    private UdpPeer first;
    private UdpPeer second;
    private SipStack stack;
    private volatile CompletableFuture<List<Candidate>> places = new CompletableFuture<>();

    @BeforeEach
    void open() throws Exception {
        first = new UdpPeer("127.0.0.1", PORT);
        second = new UdpPeer("127.0.0.1", PORT);
        places.complete(List.of(place(SipTransportKind.UDP, first.port()), place(SipTransportKind.UDP, second.port())));
        stack = SipStack.builder(Examples.listening("udp:127.0.0.1:" + PORT, "tcp:127.0.0.1:" + PORT))
                .timings(QUICK)
                .locatedBy(target -> places)
                .build();
        stack.start(new SipHandler() {
            @Override
            public void request(ServerTransaction transaction) {}

            @Override
            public void ack(SipRequest ack) {}
        });
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
        stack.close();
    }

    private static Candidate place(SipTransportKind transport, int port) {
        return new Candidate(InetAddress.ofLiteral("127.0.0.1"), port, transport, Optional.empty());
    }

    private CompletableFuture<SipResponse> send(String method) {
        var outcome = new CompletableFuture<SipResponse>();
        stack.send(new OutgoingRequest(method, "sip:them@them.example", List.of(), "call", "sip:us@b", "us", "sip:them@b", "", 1,
                List.of(), SipTransportKind.UDP, Optional.empty()), outcome::complete);
        return outcome;
    }

    private static int status(CompletableFuture<SipResponse> outcome) throws Exception {
        return outcome.get(10, TimeUnit.SECONDS).status();
    }

    @Test
    void whoAnswers503IsLeftForTheNext() throws Exception {
        CompletableFuture<SipResponse> outcome = send("INVITE");
        String invite = first.await("INVITE");
        first.send(UdpPeer.response(invite, 503, "first"));
        assertThat(first.await("ACK")).contains(";tag=first");
        String again = second.await("INVITE");
        assertThat(again).doesNotContain(branch(invite));
        second.send(UdpPeer.response(again, 486, "second"));
        assertThat(status(outcome)).isEqualTo(486);
        assertThat(second.await("ACK")).contains(";tag=second");
    }

    private static String branch(String message) {
        return message.substring(message.indexOf("branch="), message.indexOf(";rport"));
    }

    @Test
    void whoIsSilentIsLeftForTheNextAndTheLastOneIsTheOutcome() throws Exception {
        CompletableFuture<SipResponse> outcome = send("OPTIONS");
        second.send(UdpPeer.response(second.await("OPTIONS"), 503, "second"));
        assertThat(status(outcome)).isEqualTo(503);
        assertThat(outcome.get().toTag()).isEqualTo("second");
        assertThat(status(send("OPTIONS"))).isEqualTo(408);
    }

    @Test
    void whoRefusesTheConnectionIsLeftForTheNext() throws Exception {
        places = CompletableFuture.completedFuture(
                List.of(place(SipTransportKind.TCP, 1), place(SipTransportKind.UDP, second.port())));
        CompletableFuture<SipResponse> outcome = send("OPTIONS");
        second.send(UdpPeer.response(second.await("OPTIONS"), 200, "second"));
        assertThat(status(outcome)).isEqualTo(200);
    }

    @Test
    void whoIsCancelledIsNotTriedElsewhere() throws Exception {
        places = new CompletableFuture<>();
        var outcome = new CompletableFuture<SipResponse>();
        ClientTransaction call = stack.send(new OutgoingRequest("INVITE", "sip:them@them.example", List.of(), "call", "sip:us@b",
                "us", "sip:them@b", "", 1, List.of(), SipTransportKind.UDP, Optional.empty()), outcome::complete);
        call.cancel();
        places.complete(List.of(place(SipTransportKind.UDP, first.port())));
        assertThat(status(outcome)).isEqualTo(487);
        assertThat(first.within(100)).isEmpty();
    }

    @Test
    void whoCannotBeFoundIs503() throws Exception {
        places = CompletableFuture.failedFuture(new IllegalStateException("nowhere"));
        assertThat(status(send("OPTIONS"))).isEqualTo(503);
    }

    @Test
    void whatIsStillLookedForWhenTheStackIsClosedIs503() throws Exception {
        places = new CompletableFuture<>();
        CompletableFuture<SipResponse> outcome = send("OPTIONS");
        stack.close();
        assertThat(status(outcome)).isEqualTo(503);
        places.complete(List.of(place(SipTransportKind.UDP, first.port())));
        assertThat(first.within(100)).isEmpty();
    }
}
