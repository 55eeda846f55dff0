package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transaction.Timings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Outgoing requests over UDP, as the peer sees them. */
class ClientSideTest {
    private static final int PORT = 22650;
    private static final Timings QUICK = new Timings(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(50));

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final ResponseHandler user = new ResponseHandler() {
        @Override
        public void answered(SipResponse response) {
            told.add("answered " + response.status() + " " + response.toTag());
        }

        @Override
        public void progressed(SipResponse response) {
            told.add("progressed " + response.status());
        }

        @Override
        public void forked(SipResponse response) {
            told.add("forked " + response.status() + " " + response.toTag());
        }
    };
    private SipStack stack;
    private UdpPeer peer;

    @BeforeEach
    void open() throws Exception {
        stack = SipStack.builder(Examples.listening("udp:127.0.0.1:" + PORT)).timings(QUICK).build();
        stack.start(new SipHandler() {
            @Override
            public void request(ServerTransaction transaction) {}

            @Override
            public void ack(SipRequest ack) {}

            @Override
            public void repeated(SipResponse answer) {
                told.add("repeated " + answer.status() + " " + answer.toTag());
            }
        });
        peer = new UdpPeer("127.0.0.1", PORT);
    }

    @AfterEach
    void close() {
        peer.close();
        stack.close();
    }

    private OutgoingRequest request(String method) {
        return new OutgoingRequest(method, "sip:them@127.0.0.1:" + peer.port(), List.of(), "call", "sip:us@b", "us", "sip:them@b",
                "", 1, List.of(), SipTransportKind.UDP, Optional.empty());
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void whatComesOfAnInviteIsToldAndEveryPhoneThatAnswersIt() throws Exception {
        stack.send(request("INVITE"), user);
        String invite = peer.await("INVITE");
        assertThat(invite).contains("Via: SIP/2.0/UDP 127.0.0.1:" + PORT + ";branch=z9hG4bK").contains(";rport");
        peer.send(UdpPeer.response(invite, 180, "one"));
        assertThat(next()).isEqualTo("progressed 180");
        peer.send(UdpPeer.response(invite, 200, "one"));
        assertThat(next()).isEqualTo("answered 200 one");
        peer.send(UdpPeer.response(invite, 200, "two"));
        assertThat(next()).isEqualTo("forked 200 two");
        peer.send(UdpPeer.response(invite, 200, "one"));
        assertThat(next()).isEqualTo("repeated 200 one");
        peer.send(UdpPeer.response(invite, 200, "two"));
        assertThat(next()).isEqualTo("repeated 200 two");
    }

    @Test
    void aRefusalIsAcknowledgedEachTimeItComesAndToldOnce() throws Exception {
        stack.send(request("INVITE"), user);
        String invite = peer.await("INVITE");
        for (int i = 0; i < 3; i++) {
            peer.send(UdpPeer.response(invite, 486, "them"));
            String ack = peer.await("ACK");
            assertThat(ack).contains(";tag=them");
            assertThat(via(ack)).isEqualTo(via(invite));
        }
        assertThat(next()).isEqualTo("answered 486 them");
        assertThat(told).isEmpty();
    }

    private static String via(String message) {
        return message.lines().filter(line -> line.startsWith("Via:")).findFirst().orElseThrow();
    }

    @Test
    void aCancelWaitsForAProvisionalResponse() throws Exception {
        ClientTransaction call = stack.send(request("INVITE"), user);
        String invite = peer.await("INVITE");
        call.cancel();
        assertThat(peer.within(100).filter(message -> message.startsWith("CANCEL"))).isEmpty();
        peer.send(UdpPeer.response(invite, 100, "them"));
        String cancel = peer.await("CANCEL");
        assertThat(via(cancel)).isEqualTo(via(invite));
        peer.send(UdpPeer.response(cancel, 200, "them"));
        peer.send(UdpPeer.response(invite, 487, "them"));
        peer.await("ACK");
        assertThat(next()).isEqualTo("progressed 100");
        assertThat(next()).isEqualTo("answered 487 them");
    }

    @Test
    void whoNeverAnswersIsATimeoutAlsoWhereItWasCancelled() throws Exception {
        stack.send(request("INVITE"), user);
        assertThat(next()).isEqualTo("answered 408 ");
        ClientTransaction call = stack.send(request("INVITE"), user);
        String invite = peer.await("INVITE");
        while (invite.lines().findFirst().isEmpty()) {
            invite = peer.await("INVITE");
        }
        call.cancel();
        assertThat(next()).isEqualTo("answered 408 ");
    }

    @Test
    void whatCannotBeSentIs503() throws Exception {
        OutgoingRequest byTcp = new OutgoingRequest("OPTIONS", "sip:a@127.0.0.1:1;transport=tcp", List.of(), "none", "sip:us@b",
                "us", "sip:them@b", "", 1, List.of(), SipTransportKind.TCP, Optional.empty());
        stack.send(byTcp, user);
        assertThat(next()).isEqualTo("answered 503 ");
        OutgoingRequest nowhere = new OutgoingRequest("OPTIONS", "sip:a@nobody.invalid", List.of(), "none", "sip:us@b",
                "us", "sip:them@b", "", 1, List.of(), SipTransportKind.UDP, Optional.empty());
        stack.send(nowhere, user);
        assertThat(next()).isEqualTo("answered 503 ");
        stack.close();
        stack.send(request("OPTIONS"), user);
        assertThat(next()).isEqualTo("answered 503 ");
    }

    @Test
    void aResponseThatNobodyWaitsForIsNobodys() throws Exception {
        peer.send(UdpPeer.response(peer.request("OPTIONS", "x", "x", "", "", ""), 200, "them"));
        peer.send(UdpPeer.response(peer.request("INVITE", "x", "x", "", "", ""), 200, "them"));
        assertThat(next()).isEqualTo("repeated 200 them");
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsUnderWayWhenTheStackIsClosedComesTo503() throws Exception {
        stack.send(request("INVITE"), user);
        String invite = peer.await("INVITE");
        peer.send(UdpPeer.response(invite, 180, "them"));
        assertThat(next()).isEqualTo("progressed 180");
        stack.close();
        assertThat(next()).isEqualTo("answered 503 ");
        assertThat(told).isEmpty();
    }
}
