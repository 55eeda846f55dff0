package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.hostile.RawCall;
import dev.trunkline.hostile.RawRtp;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Alone;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.Frozen;
import dev.trunkline.system.support.HostileTrunks;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What callers notice when a part of the suite hangs or dies: what was promised, and no more. */
@Tag("long")
@Alone
@ExtendWith(SuiteExtension.class)
@Attacks({"sip-edge", "media-relay", "agent-dispatcher"})
class DyingPartsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /**
     * Time within which the callers of a killed relay get BYE if there is no other relay: some six seconds until it is missed, ten in which
     * another may take its calls over, and what a busy machine adds.
     */
    private static final Duration RELAY_LOST = Duration.ofSeconds(18);
    /** Long enough for the edge to consider the relay lost (30 s) although the edge merely could not read its heartbeats. */
    private static final Duration FROZEN = Duration.ofSeconds(36);
    /** A relay sends a heartbeat each second; a busy machine is given more time. */
    private static final Duration LAST_HEARTBEAT = Duration.ofSeconds(4);
    private static final int TONE = 700;

    private final SuiteUnderTest suite;

    DyingPartsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void trunks() throws Exception {
        HostileTrunks.apply(suite);
    }

    private Call up(Phone phone, String caller) {
        Call call = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from(caller).saying(AudioSource.tone(TONE)));
        call.awaitAnswer(PATIENCE);
        awaitEcho(call);
        return call;
    }

    private static void awaitEcho(Call call) {
        long heard = call.media().heardMillis(TONE);
        Await.until("half a second more of the echo", PATIENCE, () -> call.media().heardMillis(TONE) >= heard + 500);
    }

    private static void assertRefused(Call call, RefusalReason reason, Duration atMost) {
        assertThat(call.awaitFinal(atMost)).isInstanceOfSatisfying(CallResult.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(reason.status());
            assertThat(refused.reasonHeader()).hasValueSatisfying(text -> assertThat(text).contains(reason.code()));
        });
    }

    private void assertOneLastEvent(Call call, EndReason reason) {
        suite.events().of(call).assertEnded(reason, PATIENCE);
    }

    @Test
    void aKafkaThatStandsStillHurtsNoCallThatIsUp() throws Exception {
        try (Phone phone = suite.phone()) {
            Call stays = up(phone, "+32470860001");
            Call goes = up(phone, "+32470860002");
            boolean edgeSaidSo = false;
            boolean relaySaidSo = false;
            try (Frozen kafka = Frozen.process(suite.suite().process("kafka").pid())) {
                long until = System.nanoTime() + FROZEN.toNanos();
                assertRefused(phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470860003")), RefusalReason.DEADLINE, PATIENCE);
                assertThat(goes.hangUp().toCompletableFuture().join().status()).as("BYE while Kafka stands still").isEqualTo(200);
                while (System.nanoTime() < until) {
                    edgeSaidSo |= !suite.isReady("sip-edge");
                    relaySaidSo |= !suite.isReady("media-relay");
                    assertThat(stays.isUp()).as("the call that was up is still up: %s", stays.ended()).isTrue();
                    Await.pause(500);
                }
                awaitEcho(stays);
            }
            for (String service : SuiteUnderTest.SERVICES) {
                Await.until(service + " is ready again", Duration.ofSeconds(60), () -> suite.isReady(service));
            }
            // The events written while nobody read Kafka arrive now: no service may take their age as a reason for a last event.
            Await.pause(4_000);
            awaitEcho(stays);
            assertThat(stays.isUp()).isTrue();
            assertThat(stays.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            assertOneLastEvent(stays, EndReason.CALLER_HUNG_UP);
            assertOneLastEvent(goes, EndReason.CALLER_HUNG_UP);
            assertThat(edgeSaidSo).as("sip-edge said that it does not read Kafka").isTrue();
            assertThat(relaySaidSo).as("media-relay said that it does not read Kafka").isTrue();
            Call next = up(phone, "+32470860004");
            next.hangUp().toCompletableFuture().join();
        }
    }

    @Test
    void aKilledRelaysCallersHearByeSoonAndNewOnesThatThereIsNoRelay() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = up(phone, "+32470860011");
            Instant killed = Instant.now();
            suite.suite().process("media-relay").kill();
            try {
                Call during = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470860012"));
                CallEnd end = call.awaitEnd(RELAY_LOST).orElseThrow(() -> new AssertionError("no BYE after " + RELAY_LOST));
                System.out.printf("killed relay: BYE %d ms after the kill%n", Duration.between(killed, Instant.now()).toMillis());
                assertThat(end.reason()).hasValue("SIP;cause=500;text=\"relay-lost\"");
                // Whatever the refusal's reason, a call that came in between must not keep ringing.
                assertThat(during.awaitFinal(PATIENCE)).isInstanceOf(CallResult.Refused.class);
                Call after = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470860013"));
                assertRefused(after, RefusalReason.NO_RELAY, Duration.ofSeconds(5));
                suite.events().of(after).assertRejected(RefusalReason.NO_RELAY);
            } finally {
                suite.suite().restart("media-relay");
            }
            assertEndedWhenItWasLastHeard(suite.events().of(call).assertEnded(EndReason.RELAY_LOST, PATIENCE), killed);
            Call next = up(phone, "+32470860014");
            next.hangUp().toCompletableFuture().join();
        }
    }

    /** The talk ends when it was last heard. If it ended when the loss was noticed, the end would be as much later as the BYE. */
    private void assertEndedWhenItWasLastHeard(CallEnded ended, Instant killed) throws Exception {
        CallSummary whole = ended.summary().orElseThrow();
        assertThat(whole.endedAt()).as("the end of the talk").isBetween(killed.minus(LAST_HEARTBEAT), killed.plusMillis(200));
        assertThat(whole.talkMillis()).isEqualTo(ended.durationMillis())
                .isEqualTo(Duration.between(whole.answeredAt().orElseThrow(), whole.endedAt()).toMillis());
        String listed = suite.script("calls", "--json").output().lines()
                .filter(line -> line.contains(ended.callId().toString())).findFirst().orElseThrow();
        assertThat(listed).contains("\"outcome\":\"relay-lost\"", "\"talkMillis\":" + whole.talkMillis());
        assertThat(suite.script("trace", ended.callId().toString()).output()).contains(
                "Answered, talked for %.1f s. Ended by sip-edge, relay-lost".formatted(ended.durationMillis() / 1000.0));
    }

    @Test
    void aCallThatWasAnsweredAtOnceDoesNotWaitForAnAgentWithoutADispatcher() throws Exception {
        try (Phone phone = suite.phone()) {
            try (Frozen dispatcher = Frozen.process(suite.suite().process("agent-dispatcher").pid())) {
                // The number's rule has three seconds of patience.
                Call call = phone.dial(CallRequest.to(HostileTrunks.ALONE).from("+32470860021").saying(AudioSource.tone(TONE)));
                call.awaitAnswer(PATIENCE);
                assertThat(call.awaitEnd(Duration.ofSeconds(20))).as("the end of a call that nobody watches").isPresent();
                suite.events().of(call).assertEnded(EndReason.NO_AGENT);
            }
            Await.until("the dispatcher is ready again", PATIENCE, () -> suite.isReady("agent-dispatcher"));
            Call next = up(phone, "+32470860022");
            next.hangUp().toCompletableFuture().join();
        }
    }

    @Test
    void withoutLiveKitNewCallsAreRefusedByItsName() throws Exception {
        try (Phone phone = suite.phone()) {
            suite.suite().stopLiveKit();
            try {
                Call call = phone.dial(CallRequest.to(HostileTrunks.ALONE).from("+32470860031"));
                assertRefused(call, RefusalReason.LIVEKIT_UNAVAILABLE, PATIENCE);
                suite.events().of(call).assertRejected(RefusalReason.LIVEKIT_UNAVAILABLE);
            } finally {
                suite.suite().startLiveKit();
                // It is a LiveKit worker, and reconnects in its own time.
                suite.suite().process("demo-agent").kill();
                suite.suite().restart("demo-agent");
            }
            Call next = up(phone, "+32470860032");
            next.hangUp().toCompletableFuture().join();
        }
    }

    @Test
    void anEdgeThatIsKilledBeforeItsAnswerIsAcknowledgedEndsTheCallAfterItsRestartIfNobodyKnowsIt() throws Exception {
        try (RawSip sip = RawSip.open(HostileTrunks.ADDRESS, suite.edge());
                RawRtp phone = RawRtp.open(HostileTrunks.ADDRESS, 0, TONE, new Random(11))) {
            String invite = sip.invite(HostileTrunks.ECHO, "+32470860041", RawCall.offer(phone.address(), phone.port()));
            RawCall call = RawCall.dial(sip, invite);
            assertThat(call.awaitFinalWithoutAck(PATIENCE).map(RawSip::status)).hasValue(200);
            suite.suite().process("sip-edge").kill();
            phone.say(call.media(), TONE);
            // Like a caller whom the answer never reached.
            call.forget();
            suite.suite().restart("sip-edge");
            CallLog log = suite.events().ofSipCallId(call.callId());
            Await.until("the end of a call that the phone does not know", Duration.ofSeconds(30),
                    () -> isOver(call, log));
            assertThat(log.all(CallEnded.class).getFirst().reason()).isEqualTo(EndReason.CALLER_LOST);
            Await.pause(1_500);
            assertThat(log.events().stream().filter(CallEvent::isLast).toList()).as("last events").hasSize(1);
            assertThat(log.all(CallRejected.class)).isEmpty();
        }
    }

    /** Returns whether the call is over, and answers the edge's requests in the meantime. */
    private static boolean isOver(RawCall call, CallLog log) {
        try {
            call.wasHungUp();
            return !log.all(CallEnded.class).isEmpty();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
