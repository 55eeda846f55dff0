package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.DropReason;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.PacketMark;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.TransportWatch;
import dev.trunkline.sip.transaction.Timings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More requests than a lane may hold. */
class FloodTest {
    private static final int PORT = 22646;
    private static final int UNREAD = 20;

    private final AtomicInteger overload = new AtomicInteger();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger full = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile boolean holds;
    private volatile boolean silent;
    private Optional<SipStack> stack = Optional.empty();

    @AfterEach
    void close() {
        release.countDown();
        stack.ifPresent(SipStack::close);
    }

    private void open(StackLimits limits) {
        var connections = new ConnectionLimits(10, 10, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1));
        var settings = new ListenSettings(
                List.of(Listener.parse("udp:127.0.0.1:" + PORT)), List.of(), 1 << 22, UNREAD, connections, PacketMark.NONE, Optional.empty());
        SipStack opened = SipStack.builder(settings)
                .lanes(1)
                .limits(limits)
                .timings(new Timings(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(50)))
                .watchedBy(new Watch())
                .build();
        opened.start(new SipHandler() {
            @Override
            public void request(ServerTransaction transaction) {
                taken.incrementAndGet();
                if (holds) {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
                if (!silent) {
                    transaction.respond(OutgoingResponse.of(486).tagged("us"));
                }
            }

            @Override
            public void ack(SipRequest ack) {}
        });
        stack = Optional.of(opened);
    }

    @Test
    void whatBeginsIsDroppedBeforeWhatBelongsToCalls() throws Exception {
        open(StackLimits.USUAL);
        holds = true;
        try (var peer = new UdpPeer("127.0.0.1", PORT)) {
            peer.send("INVITE", "first");
            LoopbackStack.until(() -> taken.get() == 1);
            for (int i = 0; i < 50; i++) {
                peer.send("INVITE", "invite-" + i);
            }
            LoopbackStack.until(() -> overload.get() == 50 - UNREAD);
            assertThat(stack.orElseThrow().unread()).isEqualTo(UNREAD);
            for (int i = 0; i < 100; i++) {
                peer.send("BYE", "bye-" + i);
            }
            LoopbackStack.until(() -> overload.get() == 50 - UNREAD + 100 - 3 * UNREAD);
            assertThat(stack.orElseThrow().unread()).isEqualTo(4 * UNREAD);
            release.countDown();
            LoopbackStack.until(() -> taken.get() == 1 + 4 * UNREAD && stack.orElseThrow().unread() == 0);
        }
    }

    @Test
    void thousandsOfRepetitionsAreOneInvite() throws Exception {
        open(StackLimits.USUAL);
        try (var peer = new UdpPeer("127.0.0.1", PORT)) {
            for (int i = 0; i < 5_000; i++) {
                peer.send("INVITE", "again");
            }
            LoopbackStack.until(() -> repeated.get() + overload.get() > 4_000);
            assertThat(taken).hasValue(1);
            assertThat(peer.next()).startsWith("SIP/2.0 486");
        }
    }

    @Test
    void moreThanALaneKeepsGets503AndThereIsRoomAgainWhenTransactionsEnd() throws Exception {
        open(new StackLimits(10, 1 << 20));
        silent = true;
        try (var peer = new UdpPeer("127.0.0.1", PORT)) {
            for (int i = 0; i < 12; i++) {
                peer.send("OPTIONS", "options-" + i);
            }
            String refusal = peer.await("SIP/2.0 503");
            assertThat(refusal).contains("Retry-After: ");
            // One of the ten places is reserved for requests that start nothing new; with fewer than eight places none is.
            LoopbackStack.until(() -> full.get() == 3);
            silent = false;
            LoopbackStack.until(() -> {
                try {
                    // Nobody answered the other requests: they end after 64·T1.
                    return peer.send("OPTIONS", "later-" + System.nanoTime()).await("SIP/2.0").startsWith("SIP/2.0 486");
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void aLaneKeepsNoMoreOctetsThanItMay() throws Exception {
        open(new StackLimits(1_000, 100_000));
        silent = true;
        try (var peer = new UdpPeer("127.0.0.1", PORT)) {
            for (int i = 0; i < 3; i++) {
                peer.send(peer.request("INVITE", "large-" + i, "large-" + i, "", "", "x".repeat(60_000)));
                Thread.sleep(20);
            }
            assertThat(peer.await("SIP/2.0 503")).contains("Call-ID: large-2");
        }
    }

    @Test
    void whatIsRefusedIsKeptAsItsResponseAlone() throws Exception {
        open(new StackLimits(1_000, 100_000));
        try (var peer = new UdpPeer("127.0.0.1", PORT)) {
            for (int i = 0; i < 50; i++) {
                String id = "large-" + i;
                peer.send(peer.request("INVITE", id, id, "", "", "x".repeat(60_000)));
                String response = peer.next();
                while (!response.contains(id + "\r\n")) {
                    response = peer.next();
                }
                assertThat(response).startsWith("SIP/2.0 486");
            }
            assertThat(full).hasValue(0);
        }
    }

    @Test
    void whatBelongsToACallGetsThroughWhereNothingNewDoes() throws Exception {
        open(new StackLimits(16, 1 << 20));
        silent = true;
        try (var peer = new UdpPeer("127.0.0.1", PORT)) {
            for (int i = 0; i < 20; i++) {
                peer.send("OPTIONS", "options-" + i);
            }
            LoopbackStack.until(() -> full.get() == 6);
            silent = false;
            String bye = peer.request("BYE", "bye", "bye", "", "", "");
            peer.send(bye.replace("To: <sip:c@d>", "To: <sip:c@d>;tag=us"));
            peer.send("CANCEL", "cancel");
            assertThat(peer.await("SIP/2.0 486")).contains("Call-ID: bye");
            assertThat(peer.await("SIP/2.0 486")).contains("Call-ID: cancel");
            // A BYE without a To tag counts as a new request.
            assertThat(peer.send("BYE", "tagless").await("SIP/2.0 503")).contains("Call-ID: tagless");
        }
    }

    @Test
    void nothingIsLeftOfManyRefusalsWhetherOrNotTheyAreAcknowledged() throws Exception {
        // The limit is a thirtieth of the octets that arrive, so only the response of a rejected INVITE may be kept.
        open(new StackLimits(5_000, 2_000_000));
        try (var peer = new UdpPeer("127.0.0.1", PORT)) {
            for (int i = 0; i < 3_000; i++) {
                String id = "refused-" + i;
                String invite = peer.request("INVITE", id, id, "", "", "x".repeat(20_000));
                String response = peer.send(invite).within(1_000).orElse("");
                while (!response.contains("Call-ID: " + id + "\r\n")) {
                    // Responses to earlier requests may arrive again, and a busy machine may lose a datagram.
                    response = response.isEmpty() ? peer.send(invite).next() : peer.within(1_000).orElse("");
                }
                assertThat(response).as("answer %d", i).startsWith("SIP/2.0 486");
                if (i % 10 > 0) {
                    peer.send(peer.request("ACK", id, id, "", "", ""));
                }
            }
            assertThat(full).hasValue(0);
            LoopbackStack.until(() -> stack.orElseThrow().kept() == 0);
        }
    }

    @Test
    void aLaneThatIsStuckIsNoticedAndForgivenWhenItGoesOn() throws Exception {
        open(StackLimits.USUAL);
        holds = true;
        SipStack opened = stack.orElseThrow();
        assertThat(opened.silence()).isZero();
        try (var peer = new UdpPeer("127.0.0.1", PORT)) {
            peer.send("OPTIONS", "first");
            LoopbackStack.until(() -> opened.silence().compareTo(Duration.ofSeconds(2)) >= 0);
            assertThat(opened.alive()).isFalse();
            release.countDown();
            LoopbackStack.until(() -> opened.silence().isZero() && opened.alive());
        }
    }

    private final class Watch implements TransportWatch {
        @Override
        public void opened(SipTransportKind transport) {}

        @Override
        public void closed(SipTransportKind transport, Ending why) {}

        @Override
        public void refused(Ending why) {}

        @Override
        public void dropped(DropReason why) {
            (why == DropReason.OVERLOAD ? overload : repeated).incrementAndGet();
        }

        @Override
        public void malformed(boolean answered) {}

        @Override
        public void full() {
            full.incrementAndGet();
        }

        @Override
        public void certificate(Instant notAfter) {}

        @Override
        public void certificateRefused() {}
    }
}
