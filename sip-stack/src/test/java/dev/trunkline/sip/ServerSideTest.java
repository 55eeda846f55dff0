package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.MessageWriter;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.transaction.Timings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Incoming requests over UDP, as their sender and their user see them. */
class ServerSideTest {
    private static final int PORT = 22649;
    private static final Timings QUICK = new Timings(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(50));

    private final BlockingQueue<ServerTransaction> taken = new LinkedBlockingQueue<>();
    private final BlockingQueue<SipRequest> acks = new LinkedBlockingQueue<>();
    private volatile Function<SipRequest, Optional<OutgoingResponse>> turns = request -> Optional.empty();
    private SipStack stack;
    private UdpPeer peer;

    @BeforeEach
    void open() throws Exception {
        stack = SipStack.builder(Examples.listening("udp:127.0.0.1:" + PORT)).timings(QUICK).build();
        stack.start(new SipHandler() {
            @Override
            public Door door(SipRequest request) {
                return turns.apply(request).<Door>map(Door.Turned::new).orElseGet(() -> new Door.Open(this::request));
            }

            @Override
            public void request(ServerTransaction transaction) {
                taken.add(transaction);
            }

            @Override
            public void ack(SipRequest ack) {
                acks.add(ack);
            }
        });
        peer = new UdpPeer("127.0.0.1", PORT);
    }

    @AfterEach
    void close() {
        peer.close();
        stack.close();
    }

    private static <T> T next(BlockingQueue<T> from) throws InterruptedException {
        return Optional.ofNullable(from.poll(10, TimeUnit.SECONDS)).orElseThrow(() -> new AssertionError("nothing came"));
    }

    @Test
    void aRefusalIsRepeatedUntilItsAckAndTheAckIsTheTransactions() throws Exception {
        peer.send("INVITE", "busy");
        next(taken).respond(OutgoingResponse.of(486).tagged("us"));
        assertThat(peer.next()).startsWith("SIP/2.0 486");
        assertThat(peer.next()).startsWith("SIP/2.0 486");
        peer.send(peer.request("ACK", "busy", "busy", "", "", ""));
        assertThat(acks.poll(300, TimeUnit.MILLISECONDS)).isNull();
        while (peer.within(150).isPresent()) {
            // A retransmission that was already under way.
        }
        assertThat(peer.within(500)).isEmpty();
    }

    @Test
    void aRequestThatAnEarlierProcessTookIsAnsweredInItsPlaceUntilTheAck() throws Exception {
        String invite = peer.request("INVITE", "left", "left", ";rport", "", "v=0\r\n");
        var source = PacketSource.ofDatagram("127.0.0.1:" + peer.port());
        var taken = ((Parsed.Request) MessageParser.parse(invite.getBytes(StandardCharsets.ISO_8859_1), source)).request();
        byte[] kept = MessageWriter.answerable(taken, "earlier");
        stack.answerInstead(kept, source, OutgoingResponse.of(503).with(SipHeader.retryAfter(5)));
        assertThat(peer.next())
                .startsWith("SIP/2.0 503")
                .contains("branch=z9hG4bKleft", "To: <sip:c@d>;tag=earlier\r\n", "Call-ID: left\r\n", "CSeq: 1 INVITE\r\n", "Retry-After: 5");
        assertThat(peer.next()).as("again, for it had no ACK").startsWith("SIP/2.0 503");
        peer.send(invite);
        assertThat(peer.next()).as("the caller asks again").startsWith("SIP/2.0 503");
        peer.send(peer.request("ACK", "left", "left", "", "", ""));
        while (peer.within(150).isPresent()) {
            // A retransmission that was already under way.
        }
        assertThat(peer.within(500)).isEmpty();
        assertThat(this.taken).as("what our user was given").isEmpty();
        assertThat(acks).isEmpty();
    }

    @Test
    void whatCannotBeAnsweredInAnothersPlaceIsLeft() throws Exception {
        var source = PacketSource.ofDatagram("127.0.0.1:" + peer.port());
        stack.answerInstead("no request".getBytes(StandardCharsets.ISO_8859_1), source, OutgoingResponse.of(503));
        var connection = new PacketSource(source.address(), source.port(), SipTransportKind.TCP);
        stack.answerInstead(
                peer.request("INVITE", "stream", "stream", "", "", "").getBytes(StandardCharsets.ISO_8859_1), connection, OutgoingResponse.of(503));
        assertThat(peer.within(300)).isEmpty();
        assertThat(stack.kept()).isZero();
    }

    @Test
    void the2xxIsRepeatedByItsUserAloneAndItsAckIsTheUsers() throws Exception {
        peer.send("INVITE", "answered");
        ServerTransaction transaction = next(taken);
        transaction.respond(OutgoingResponse.of(200).tagged("us").withContact());
        String first = peer.next();
        assertThat(first).startsWith("SIP/2.0 200").contains("Contact: <sip:stack@127.0.0.1:" + PORT + ">");
        assertThat(peer.within(300)).isEmpty();
        transaction.repeat();
        assertThat(peer.next()).isEqualTo(first);
        // A retransmitted INVITE is absorbed (RFC 6026).
        peer.send("INVITE", "answered");
        assertThat(peer.within(200)).isEmpty();
        peer.send(peer.request("ACK", "answered", "another", "", "", ""));
        assertThat(next(acks).callId()).isEqualTo("answered");
        assertThat(taken).isEmpty();
    }

    @Test
    void whoHearsNothingFor200MillisecondsHears100() throws Exception {
        peer.send("INVITE", "slow");
        ServerTransaction transaction = next(taken);
        assertThat(peer.next()).startsWith("SIP/2.0 100").doesNotContain(";tag=us");
        assertThat(transaction.waited()).isBetween(Duration.ofMillis(150), Duration.ofSeconds(10));
    }

    @Test
    void aCancelFindsItsInvite() throws Exception {
        peer.send("INVITE", "cancelled");
        ServerTransaction invite = next(taken);
        invite.respond(OutgoingResponse.of(180).tagged("us"));
        peer.await("SIP/2.0 180");
        peer.send(peer.request("CANCEL", "cancelled", "cancelled", "", "", ""));
        ServerTransaction cancel = next(taken);
        assertThat(cancel.request().method()).isEqualTo("CANCEL");
        assertThat(cancel.cancelled()).contains(invite);
        cancel.respond(OutgoingResponse.of(200));
        peer.await("SIP/2.0 200");
        cancel.cancelled().orElseThrow().respond(OutgoingResponse.of(487).tagged("us"));
        peer.await("SIP/2.0 487");
        peer.send(peer.request("CANCEL", "cancelled", "unknown", "", "", ""));
        assertThat(next(taken).cancelled()).isEmpty();
    }

    @Test
    void theSameRequestByAnotherWayIsALoop() throws Exception {
        peer.send(peer.request("INVITE", "forked", "one", "", "", ""));
        next(taken);
        peer.send(peer.request("INVITE", "forked", "two", "", "", ""));
        peer.await("SIP/2.0 482");
        assertThat(taken).isEmpty();
    }

    @Test
    void whoIsTurnedAwayLeavesNothingAndGetsTheSameEachTime() throws Exception {
        turns = request -> Optional.of(OutgoingResponse.of(401));
        String first = peer.send("INVITE", "stranger").next();
        assertThat(first).startsWith("SIP/2.0 401").contains(";tag=");
        assertThat(peer.send("INVITE", "stranger").next()).isEqualTo(first);
        assertThat(peer.within(200)).isEmpty();
        // Nothing was remembered: once admitted, the INVITE is a new one.
        turns = request -> Optional.empty();
        peer.send("INVITE", "stranger");
        assertThat(next(taken).request().callId()).isEqualTo("stranger");
    }

    @Test
    void aClientOlderThanTheBranchIsKnownByItsRequest() throws Exception {
        String invite = peer.request("INVITE", "old", "x", "", "", "").replaceFirst(";branch=[^\r]*", "");
        peer.send(invite);
        next(taken).respond(OutgoingResponse.of(603).tagged("us"));
        assertThat(peer.next()).startsWith("SIP/2.0 603");
        peer.send(peer.request("ACK", "old", "x", "", "", "").replaceFirst(";branch=[^\r]*", ""));
        while (peer.within(150).isPresent()) {
            // A retransmission that was already under way.
        }
        assertThat(peer.within(400)).isEmpty();
        assertThat(acks).isEmpty();
    }
}
