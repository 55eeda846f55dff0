package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.Reply;
import dev.trunkline.system.support.Alone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Poison;
import dev.trunkline.system.support.Redis;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of the suite die, lose their data or are fed garbage during a call. */
@Alone
@ExtendWith(SuiteExtension.class)
class FaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TONE = 700;

    private final SuiteUnderTest suite;

    FaultIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aKilledRelaysCallIsTakenUpByTheOneThatStartsInItsPlace() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = upWithEcho(phone, Numbers.IMMEDIATE, "+32470700001");
            Instant killed = Instant.now();
            suite.suite().process("media-relay").kill();
            suite.suite().restart("media-relay");
            long before = call.media().heardMillis(TONE);
            Await.until("the agent is heard again", PATIENCE, () -> call.media().heardMillis(TONE) > before + 500);
            System.out.printf("killed relay: half a second of audio %d ms after the kill%n", Duration.between(killed, Instant.now()).toMillis());
            assertThat(call.isUp()).isTrue();
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(suite.script("trace", suite.events().of(call).callId()).output())
                    .contains("another relay is wanted", "the phone answers our offer");
            wholeCall(phone, "+32470700002");
        }
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"call-router, 503", "rate-limiter, 503", "agent-dispatcher, 0"})
    void callsGoOnWithoutAKilledService(String service, int statusOfNewCalls) throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = upWithEcho(phone, Numbers.IMMEDIATE, "+32470700003");
            suite.suite().process(service).kill();
            if (statusOfNewCalls > 0) {
                Call refused = phone.dial(CallRequest.to(Numbers.IMMEDIATE).from("+32470700004"));
                assertThat(refused.awaitFinal(PATIENCE)).isInstanceOfSatisfying(CallResult.Refused.class, result -> {
                    assertThat(result.status()).isEqualTo(statusOfNewCalls);
                    assertThat(result.reasonHeader()).hasValue("SIP;cause=503;text=\"deadline\"");
                    assertThat(result.retryAfterSeconds()).isNotEmpty();
                });
                suite.events().of(refused).assertRejected(RefusalReason.DEADLINE);
            }
            awaitMoreEcho(call);

            suite.suite().restart(service);
            wholeCall(phone, "+32470700005");
            awaitMoreEcho(call);
            hangUp(call);
        }
    }

    @Test
    void anEdgeThatWasKilledAnswersTheByeOfACallThatItNeverSawBegin() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = upWithEcho(phone, Numbers.ON_AGENT, "+32470700006");
            suite.suite().process("sip-edge").kill();
            awaitMoreEcho(call);
            suite.suite().restart("sip-edge");
            awaitMoreEcho(call);

            Reply bye = call.hangUp().toCompletableFuture().join();
            assertThat(bye.status()).isEqualTo(200);
            CallEnded ended = suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(ended.answered()).isTrue();
            assertThat(ended.durationMillis()).isPositive();
            wholeCall(phone, "+32470700007");
        }
    }

    @Test
    void aCallerWhoRingsWhileTheEdgeIsKilledIsRefusedByTheOneThatStartsInItsPlace() throws Exception {
        suite.apply("""
                organisations:
                  - name: ringing
                    numbers:
                      - {phone_number: "+3225551740", max_concurrent_calls: 10}
                rules:
                  - {name: ringing, organisation: ringing, trunks: [demo], numbers: ["+3225551740"], type: individual,
                     room_prefix: ringing, agents: [{name: nobody}], patience_seconds: 120}
                """);
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to("+3225551740").from("+32470700011"));
            suite.events().of(call).await(CallAdmitted.class);
            suite.suite().process("sip-edge").kill();
            suite.suite().restart("sip-edge");

            assertThat(call.awaitFinal(Duration.ofSeconds(10))).isInstanceOfSatisfying(CallResult.Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.reasonHeader()).hasValueSatisfying(reason -> assertThat(reason).contains("edge-lost"));
                assertThat(refused.retryAfterSeconds()).hasValue(5);
            });
            suite.events().of(call).assertEnded(EndReason.EDGE_LOST);
            wholeCall(phone, "+32470700012");
        }
    }

    @Test
    void aWipedRedisCountsTheCallAgainAtItsNextHeartbeat() throws Exception {
        try (Phone phone = suite.phone(); Redis redis = suite.redis()) {
            Call call = upWithEcho(phone, Numbers.ONE_AT_A_TIME, "+32470700008");
            suite.events().of(call).await(CallHeartbeat.class);
            double rebuilt = rebuilt();
            redis.flushAll();
            Await.until("the limiter counts the call again", PATIENCE, () -> rebuilt() > rebuilt);

            Call second = phone.dial(CallRequest.to(Numbers.ONE_AT_A_TIME).from("+32470700009"));
            assertThat(second.awaitFinal(PATIENCE)).isInstanceOfSatisfying(
                    CallResult.Refused.class, refused -> assertThat(refused.status()).isEqualTo(486));
            suite.events().of(second).assertRejected(RefusalReason.NUMBER_BUSY);
            hangUp(call);
        }
    }

    @Test
    void recordsThatNobodyCanReadStopNothing() throws Exception {
        int letters = suite.events().deadLetterGroups().size();
        Poison.spread(suite.suite().backends().kafka());
        try (Phone phone = suite.phone()) {
            // Enough calls for each partition to have some.
            List<Call> calls = IntStream.range(0, 18)
                    .mapToObj(i -> phone.dial(CallRequest.to(Numbers.ON_AGENT).from("+324707001" + (10 + i)).saying(AudioSource.tone(TONE))))
                    .toList();
            for (Call call : calls) {
                call.awaitAnswer(PATIENCE);
                awaitMoreEcho(call);
            }
            for (Call call : calls) {
                assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
                assertThat(suite.events().of(call).await(CallEnded.class).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
            }
        }
        Await.until("dead letters of each group", PATIENCE, () -> groupsSince(letters)
                .containsAll(List.of("call-router", "rate-limiter", "media-relay", "agent-dispatcher")));
        for (String service : SuiteUnderTest.SERVICES) {
            assertThat(suite.suite().process(service).isAlive()).as(service).isTrue();
        }
    }

    private List<String> groupsSince(int from) {
        List<String> groups = suite.events().deadLetterGroups();
        return groups.subList(from, groups.size());
    }

    private Call upWithEcho(Phone phone, String number, String caller) {
        Call call = phone.dial(CallRequest.to(number).from(caller).saying(AudioSource.tone(TONE)));
        call.awaitAnswer(PATIENCE);
        awaitMoreEcho(call);
        return call;
    }

    private void wholeCall(Phone phone, String caller) {
        hangUp(upWithEcho(phone, Numbers.ON_AGENT, caller));
    }

    private void hangUp(Call call) {
        assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
    }

    private static void awaitMoreEcho(Call call) {
        long heard = call.media().heardMillis(TONE);
        Await.until("half a second more of the echo", PATIENCE, () -> call.media().heardMillis(TONE) >= heard + 500);
    }

    private double rebuilt() {
        try {
            return suite.metrics("rate-limiter").sum("trunkline_limiter_heartbeats_total{done=\"rebuilt\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
