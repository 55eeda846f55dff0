package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.Trunk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What must hold when strangers send and processes die. */
class EdgeFaultsTest extends WithEdge {
    private static final String DROPPED = "trunkline_edge_dropped_packets";

    @Test
    void saysNothingToAStranger() throws Exception {
        double before = edge.count(DROPPED, "reason", "unknown-source");
        try (var stranger = new UdpPhone("127.0.0.9", SIP)) {
            stranger.leg().invite();
            stranger.leg().send("OPTIONS", "", "");
            stranger.send("friendly-scanner\r\n\r\n");
            stranger.send("\r\n\r\n");
            assertThat(stranger.receive(Duration.ofMillis(800))).isEmpty();
        }
        assertThat(edge.count(DROPPED, "reason", "unknown-source")).isEqualTo(before + 4);
        // The edge still answers known peers.
        UdpPhone.Leg leg = phone.leg();
        leg.send("OPTIONS", "", "");
        leg.await(200);
    }

    @Test
    void resetsAStrangersConnection() throws Exception {
        try (var socket = new Socket()) {
            socket.setSoTimeout(10_000);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.9"), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", SIP));
            assertThat(readsNothing(socket)).isTrue();
        }
    }

    private static boolean readsNothing(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void learnsAndForgetsTrunksWhileItRuns() throws Exception {
        var added = new Trunk("t2", "second", List.of("127.0.0.20/31"), Optional.empty(), List.of());
        try (var other = new UdpPhone("127.0.0.21", SIP)) {
            UdpPhone.Leg before = other.leg();
            before.send("OPTIONS", "", "");
            assertThat(other.receive(Duration.ofMillis(300))).isEmpty();
            suite.trunk(added);
            Message answer = null;
            for (int i = 0; i < 50 && answer == null; i++) {
                other.leg().send("OPTIONS", "", "");
                answer = other.receive(Duration.ofMillis(200)).orElse(null);
            }
            assertThat(answer).isNotNull();
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void aNewProcessTakesUpTheCallsOfTheOld() throws Exception {
        UdpPhone.Leg kept = phone.leg();
        Envelope keptCall = answeredCall(kept);
        UdpPhone.Leg commanded = phone.leg();
        Envelope commandedCall = answeredCall(commanded);
        UdpPhone.Leg unaware = phone.leg();
        Envelope unawareCall = answeredCall(unaware);
        UdpPhone.Leg ringing = phone.leg().invite();
        Envelope ringingCall = suite.awaitInvite(ringing);
        suite.admit(ringingCall, AnswerPolicy.ON_AGENT);
        ringing.await(180);

        edge.close();
        Instant down = Instant.now();
        suite.sayAsRelay(unawareCall, new CallEnded(
                unawareCall.callId(), "media-relay", EndReason.MEDIA_TIMEOUT, "", true, 1, Optional.empty()));
        edge = newEdge();

        // A re-INVITE for a dialog that began before this process started.
        kept.send("INVITE", "", UdpPhone.SDP + "a=sendonly\r\n");
        suite.await(keptCall, MediaOffered.class);
        suite.mediaReady(keptCall, 1, PlayedSuite.ANSWER + "a=recvonly\r\n");
        assertThat(kept.await(200).body()).endsWith("a=recvonly\r\n");
        kept.ack();
        kept.send("BYE", "", "");
        kept.await(200);
        assertThat(((CallEnded) suite.await(keptCall, CallEnded.class).record()).reason())
                .isEqualTo(EndReason.CALLER_HUNG_UP);

        suite.say(commandedCall, new EndCall(
                commandedCall.callId(), EndReason.ROOM_CLOSED, "media-relay", ""));
        commanded.ok(commanded.awaitRequest("BYE"));

        unaware.ok(unaware.awaitRequest("BYE"));

        var lost = (CallEnded) suite.await(ringingCall, CallEnded.class).record();
        assertThat(lost.reason()).isEqualTo(EndReason.EDGE_LOST);
        assertThat(lost.answered()).isFalse();
        assertThat(lost.summary().orElseThrow().endedAt()).isBefore(down);
        assertThat(lost.summary().get().room()).contains("room");
        assertThat(edge.count("trunkline_edge_resumed_calls")).isEqualTo(2);
    }

    @Test
    void keepsItsPromisesWhileKafkaIsAway() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        kafka.goAway();

        // This call shows the edge that Kafka is unavailable. Its event may already be in the producer, which cannot recall
        // it.
        UdpPhone.Leg unaware = phone.leg().invite();
        unaware.ackRefusal(unaware.await(503));
        UdpPhone.Leg refused = phone.leg().invite();
        Message refusal = refused.await(503);
        refused.ackRefusal(refusal);
        assertThat(refusal.header("Retry-After")).isPresent();
        leg.send("BYE", "", "");
        assertThat(leg.await(200).header("CSeq")).contains("2 BYE");

        kafka.comeBack();
        assertThat(((CallEnded) suite.await(call, CallEnded.class).record()).reason())
                .isEqualTo(EndReason.CALLER_HUNG_UP);
        var rejected = (CallRejected) suite.await(
                envelope -> envelope.record() instanceof CallRejected, "the refusal").record();
        assertThat(rejected.reason()).isEqualTo(RefusalReason.DEADLINE);
        // The INVITE event waited for Kafka until it was too late for anybody to decide it.
        assertThat(suite.of(call)).noneMatch(CallRejected.class::isInstance);
        assertThat(suite.heardInvites(refused)).isZero();
    }

    @Test
    void aByeIsAnsweredAndOnKafkaOrNeitherWhenTheEdgeHasClosed() throws Exception {
        Map<String, Envelope> calls = new HashMap<>();
        List<UdpPhone.Leg> legs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            UdpPhone.Leg leg = phone.leg();
            calls.put(leg.callId, answeredCall(leg));
            legs.add(leg);
        }
        for (UdpPhone.Leg leg : legs) {
            leg.send("BYE", "", "");
        }
        // The edge closes while the BYEs are being read.
        edge.close();
        Set<String> answered = new HashSet<>();
        for (Optional<Message> message = phone.receive(Duration.ofMillis(300)); message.isPresent();
                message = phone.receive(Duration.ofMillis(300))) {
            if (message.get().status() == 200 && message.get().header("CSeq").orElse("").contains("BYE")) {
                answered.add(message.get().header("Call-ID").orElseThrow());
            }
        }
        suite.readAll();
        for (UdpPhone.Leg leg : legs) {
            // A caller that repeats its BYE for an ended call gets a 481 and would not know why.
            assertThat(suite.of(calls.get(leg.callId)).stream().filter(CallEnded.class::isInstance))
                    .as("last events of a call whose BYE was" + (answered.contains(leg.callId) ? "" : " not") + " answered")
                    .hasSize(answered.contains(leg.callId) ? 1 : 0);
        }
        edge = newEdge();
        for (UdpPhone.Leg leg : legs) {
            // A caller whose BYE was not accepted tries again, and the next process knows the call.
            if (!answered.contains(leg.callId)) {
                leg.send("BYE", "", "");
                leg.await(200);
            }
            Envelope call = calls.get(leg.callId);
            assertThat(((CallEnded) suite.await(call, CallEnded.class).record()).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
            assertThat(suite.of(call).stream().filter(CallEnded.class::isInstance)).hasSize(1);
        }
    }

    @Test
    void takesNoNewCallsWhileItShutsDownAndLetsThoseThatAreUpEnd() throws Exception {
        UdpPhone.Leg up = phone.leg();
        Envelope upCall = answeredCall(up);
        UdpPhone.Leg ringing = phone.leg().invite();
        Envelope ringingCall = suite.awaitInvite(ringing);
        suite.admit(ringingCall, AnswerPolicy.ON_AGENT);
        ringing.await(180);
        CompletableFuture<Void> drained = draining();

        ringing.ackRefusal(ringing.await(503));
        assertThat(((CallEnded) suite.await(ringingCall, CallEnded.class).record()).reason())
                .isEqualTo(EndReason.DRAINED);
        UdpPhone.Leg options = phone.leg();
        options.send("OPTIONS", "", "");
        options.await(503);
        UdpPhone.Leg late = phone.leg().invite();
        late.ackRefusal(late.await(503));
        assertThat(drained).isNotDone();
        up.send("BYE", "", "");
        up.await(200);
        drained.get(10, TimeUnit.SECONDS);
        assertThat(((CallEnded) suite.await(upCall, CallEnded.class).record()).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        edge.close();
        edge = newEdge();
    }

    @Test
    void whoTalksWhenTheTimeIsOverGetsAByeThatSaysWhy() throws Exception {
        edge.close();
        var hasty = new HashMap<>(settings());
        hasty.put("trunkline.drain", "0.5S");
        edge = new RunningEdge(kafka.address.bootstrapServers(), "edge-1", SIP, hasty);
        UdpPhone.Leg up = phone.leg();
        Envelope call = answeredCall(up);
        UdpPhone.Leg deaf = phone.leg();
        Envelope deafCall = answeredCall(deaf);
        CompletableFuture<Void> drained = draining();

        Message bye = up.awaitRequest("BYE");
        assertThat(bye.header("Reason")).contains("SIP;cause=503;text=\"shutdown\"");
        up.ok(bye);
        deaf.awaitRequest("BYE");
        // Without an answer the BYE is retransmitted; a late answer still counts.
        Message again = deaf.awaitRequest("BYE");
        assertThat(drained).isNotDone();
        deaf.ok(again);
        drained.get(10, TimeUnit.SECONDS);
        for (Envelope each : List.of(call, deafCall)) {
            assertThat((CallEnded) suite.await(each, CallEnded.class).record()).satisfies(ended -> {
                assertThat(ended.reason()).isEqualTo(EndReason.SHUTDOWN);
                assertThat(ended.summary().orElseThrow().agent()).contains("demo");
                assertThat(ended.summary().get().talkMillis()).isEqualTo(ended.durationMillis()).isPositive();
            });
        }
        edge.close();
        edge = newEdge();
    }

    private CompletableFuture<Void> draining() {
        return CompletableFuture.runAsync(() -> {
            try {
                edge.edge.drain();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aCallWhoseRelayDiedWhileTheEdgeWasAwayEndsWhereItsAudioDid() throws Exception {
        UdpPhone.Leg leg = phone.leg();
        Envelope call = answeredCall(leg);
        Instant answered = suite.await(call, CallAnswered.class).time();
        suite.sayAsRelay(call, new CallHeartbeat(call.callId(), PlayedSuite.RELAY, 0, "o", "+3225550100",
                new MediaStats(10, 10, 0, 0.5, 4.2), Optional.empty(), Optional.of(answered.plusMillis(40))));
        edge.close();
        // Time during which no audio flows.
        Thread.sleep(700);
        var soon = new HashMap<>(settings());
        soon.put("trunkline.sip.relay-timeout", "0.5S");
        // There is no other relay to take over the call.
        soon.put("trunkline.sip.relay-take-over", "0.5S");
        edge = new RunningEdge(kafka.address.bootstrapServers(), "edge-1", SIP, soon);
        leg.ok(leg.awaitRequest("BYE"));
        var ended = (CallEnded) suite.await(call, CallEnded.class).record();
        assertThat(ended.reason()).isEqualTo(EndReason.RELAY_LOST);
        assertThat(ended.durationMillis()).isEqualTo(40);
        assertThat(ended.summary().orElseThrow()).satisfies(whole -> {
            assertThat(whole.endedAt()).isEqualTo(answered.plusMillis(40));
            assertThat(whole.talkMillis()).isEqualTo(40);
            assertThat(whole.room()).contains("room");
            assertThat(whole.agent()).contains("demo");
            assertThat(whole.ringingAt()).isPresent();
            assertThat(whole.quality()).contains(new MediaStats(10, 10, 0, 0.5, 4.2));
        });
        edge.close();
        edge = newEdge();
    }
}
