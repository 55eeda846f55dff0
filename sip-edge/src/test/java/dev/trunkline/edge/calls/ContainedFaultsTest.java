package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.RecordAges;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.Session;
import dev.trunkline.edge.calls.CallsOfTests.Begun;
import dev.trunkline.edge.calls.CallsOfTests.Waiting;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.dialog.SealedHeads;
import dev.trunkline.edge.outbound.PartingReader;
import dev.trunkline.edge.recovery.Recovery;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.net.SipTransportKind;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A fault in one call ends that call, frees what it held, and does not affect its neighbours. */
class ContainedFaultsTest {
    private final CallsOfTests edge = new CallsOfTests();

    @AfterEach
    void close() {
        edge.close();
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            Thread.sleep(1);
        }
    }

    private void neighbourIsAnswered(Begun neighbour) throws InterruptedException {
        neighbour.admitted(AnswerPolicy.IMMEDIATE).mediaReady();
        await(() -> neighbour.said().stream().anyMatch(CallAnswered.class::isInstance));
        await(() -> neighbour.invite.statuses.contains(200));
        assertThat(neighbour.last()).isEmpty();
        assertThat(edge.calls.byKey(neighbour.received.callId().toString())).isPresent();
    }

    private void isOver(Begun call) throws InterruptedException {
        await(() -> edge.calls.byKey(call.received.callId().toString()).isEmpty());
        assertThat(call.placesGivenBack).isPositive();
        assertThat(edge.calls.ofInvite(call.invite.request())).isEmpty();
        assertThat(call.last()).singleElement().isInstanceOfSatisfying(CallEnded.class, ended ->
                assertThat(ended.reason()).isEqualTo(EndReason.EDGE_LOST));
        assertThat(edge.contained("call-mailbox")).isPositive();
    }

    @Test
    void anErrorWhileACallRingsEndsItWithAFinalResponse() throws Exception {
        Begun neighbour = edge.begin("neighbour@host");
        Begun call = edge.begin("call@host", status -> status == 180).admitted(AnswerPolicy.ON_AGENT);
        isOver(call);
        assertThat(call.invite.statuses).containsExactly(180, 503);
        neighbourIsAnswered(neighbour);
    }

    @Test
    void itsEventIsSaidThoughTheFinalResponseThrowsToo() throws Exception {
        Begun neighbour = edge.begin("neighbour@host");
        Begun call = edge.begin("call@host", status -> true).admitted(AnswerPolicy.ON_AGENT);
        isOver(call);
        neighbourIsAnswered(neighbour);
    }

    @Test
    void anErrorAtItsAnswerEndsItWithAByeThatTheCallerUnderstands() throws Exception {
        Begun call = edge.begin("call@host", status -> status == 200).admitted(AnswerPolicy.IMMEDIATE).mediaReady();
        isOver(call);
        assertThat(edge.sent).extracting("method").containsExactly("BYE");
    }

    @Test
    void aByeWhoseAnswerThrowsEndsTheCallAllTheSame() throws Exception {
        Begun call = edge.begin("call@host").admitted(AnswerPolicy.IMMEDIATE).mediaReady();
        await(() -> call.invite.statuses.contains(200));
        call.call.on(new CallInput.Bye(9), new Waiting(call.invite.request(), status -> true));
        await(() -> edge.calls.live() == 0);
        assertThat(call.last()).singleElement().isInstanceOfSatisfying(CallEnded.class, ended ->
                assertThat(ended.reason()).isEqualTo(EndReason.CALLER_HUNG_UP));
        assertThat(edge.contained("call-mailbox")).isEqualTo(1);
    }

    @Test
    void aDecisionThatThrowsGivesItsRequestAnAnswerAndTheCallItsEnd() throws Exception {
        Begun call = edge.begin("call@host").admitted(AnswerPolicy.IMMEDIATE).mediaReady();
        await(() -> call.invite.statuses.contains(200));
        var once = new java.util.concurrent.atomic.AtomicBoolean();
        edge.fault = () -> {
            if (once.compareAndSet(false, true)) {
                throw new StackOverflowError("injected");
            }
        };
        var bye = new Waiting(call.invite.request(), status -> false);
        call.call.on(new CallInput.Bye(9), bye);
        isOver(call);
        assertThat(bye.statuses).containsExactly(500);
        Begun neighbour = edge.begin("neighbour@host");
        neighbourIsAnswered(neighbour);
    }

    @Test
    void theFirstStepThrowsAndTheCallIsRefused() throws Exception {
        Begun neighbour = edge.begin("neighbour@host");
        await(() -> !neighbour.said().isEmpty());
        Begun[] call = new Begun[1];
        var faulty = new CountDownLatch(1);
        edge.fault = () -> {
            if (faulty.getCount() > 0) {
                // Call.begin also reads the clock, on this thread; the call's first step runs on a thread of its own.
                if (Thread.currentThread().isVirtual()) {
                    faulty.countDown();
                    throw new OutOfMemoryError("injected");
                }
            }
        };
        call[0] = edge.begin("call@host");
        isOver(call[0]);
        assertThat(call[0].invite.statuses).containsExactly(503);
        neighbourIsAnswered(neighbour);
    }

    @Test
    void timersGoOnAfterOneThrew() throws Exception {
        edge.timers.after(Duration.ZERO, () -> {
            throw new StackOverflowError("injected");
        });
        var later = new CountDownLatch(1);
        edge.timers.after(Duration.ofMillis(1), later::countDown);
        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        await(() -> edge.contained("call-timers") == 1);
    }

    @Test
    void aLostEventWhoseTellingThrowsIsCounted() throws Exception {
        edge.kafka.close();
        var event = new CallEnded(CallId.of("01900000-0000-7000-8000-000000000001"), "t", EndReason.CANCELLED, "", false, 0,
                Optional.empty());
        edge.parts.outbox().publish(edge.parts.envelopes().first(event, Owners.NONE), () -> {
            throw new StackOverflowError("injected");
        });
        await(() -> edge.contained("outbox") == 1);
    }

    @Test
    void theTailGoesOnAfterARecordThatThrows() throws Exception {
        var ears = new SuiteEars(
                edge.calls, edge.parts.lateRelays(), new SdpKeys(new Sealer(new byte[32], new SecureRandom())),
                new Legs(edge.parts, edge.calls, new OwnedCallIds(UUID::randomUUID, () -> 4, Set::of, Set::of),
                        new SealedTargets(new Sealer(new byte[32], new SecureRandom())), new RecordAges(Clock.systemUTC(), () -> Duration.ZERO)),
                new PartingReader(new SealedTargets(new Sealer(new byte[32], new SecureRandom()))), edge.faults);
        Begun call = edge.begin("call@host");
        ears.accept(new ConsumerRecord<String, byte[]>("call-events", 0, 0, "x", new byte[0]) {
            @Override
            public String key() {
                throw new StackOverflowError("injected");
            }
        });
        assertThat(edge.contained("call-tail")).isEqualTo(1);
        CallEvent ended = new CallEnded(call.received.callId(), "t", EndReason.REQUESTED, "", false, 0, Optional.empty());
        var sent = CallEventCodec.encode(new Envelope(UUID.randomUUID(), "/t", Instant.now(), Owners.NONE, "", ended));
        var message = new ConsumerRecord<>(sent.topic(), 0, 0L, sent.key(), sent.value());
        sent.headers().forEach(message.headers()::add);
        ears.accept(message);
        await(() -> edge.calls.live() == 0);
    }

    @Test
    void aCallThatCannotBeTakenUpKeepsNoOtherFromIt() throws Exception {
        var good = session("01900000-0000-7000-8000-000000000002", "192.0.2.1");
        var bad = session("01900000-0000-7000-8000-000000000001", "no address");
        var dialogs = edge.parts.dialogs();
        var recovery = new Recovery("edge-1", "/sip-edge/edge-1", dialogs,
                new SdpKeys(new Sealer(new byte[32], new SecureRandom())),
                new PartingReader(new SealedTargets(new Sealer(new byte[32], new SecureRandom()))), edge.faults);
        for (Session session : List.of(bad, good)) {
            var answered = new CallAnswered(
                    session.call(), "edge-1", AnswerPolicy.IMMEDIATE, 5, dialogs.seal(session.call(), session.dialog()));
            var sent = CallEventCodec.encode(
                    new Envelope(UUID.randomUUID(), "/sip-edge/edge-1", Instant.now(), session.owners(), "", answered));
            var message = new ConsumerRecord<>(sent.topic(), 0, 0L, sent.key(), sent.value());
            sent.headers().forEach(message.headers()::add);
            recovery.accept(message);
        }
        new Survivors(edge.parts, edge.calls, recovery, new SealedHeads(new Sealer(new byte[32], new SecureRandom())), (request, source, reply) -> {})
                .takeUp();
        assertThat(edge.calls.byKey(good.call().toString())).isPresent();
        assertThat(edge.calls.byKey(bad.call().toString())).isEmpty();
        assertThat(edge.contained("survivors")).isEqualTo(1);
    }

    private static Session session(String id, String source) {
        var dialog = new Dialog("id" + id, "tag", "remote", "sip:us@edge", "sip:them@pbx", "sip:them@192.0.2.1", List.of(), 0, 7,
                SipTransportKind.UDP, source, 5060, Optional.empty(), List.of());
        return new Session(CallId.of(id), Owners.edge("edge-1").withRelay("relay-1"), dialog, "", "", 0);
    }

    @Test
    void aRefusalWhoseAnswerThrowsIsSaidAllTheSame() {
        var call = edge.begin("call@host");
        var facts = new InviteReader("edge-1", Duration.ofSeconds(2), new dev.trunkline.events.privacy.Pseudonyms(new byte[32]),
                        new dev.trunkline.events.privacy.SealedCallers(new Sealer(new byte[32], new SecureRandom())),
                        new SealedHeads(new Sealer(new byte[32], new SecureRandom())), java.time.Clock.systemUTC(), UUID::randomUUID, false)
                .read(call.invite.request(), CallsOfTests.TRUNK, "tag", Duration.ZERO);
        new Refusals(edge.parts).refuse(new Waiting(call.invite.request(), status -> true), facts,
                dev.trunkline.events.RefusalReason.DEADLINE, "late", List.of());
        assertThat(edge.contained("refusal")).isEqualTo(1);
        assertThat(edge.said(envelope -> envelope.callId().equals(facts.invite().callId()))).hasSize(1);
    }
}
