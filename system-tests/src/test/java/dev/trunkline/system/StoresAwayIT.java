package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Redis;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Redis is wiped or stopped, and Postgres is stopped, during calls. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class StoresAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TONE = 800;
    private static final int CALLS = 20;
    private static final String TWENTY_AT_ONCE = "+3225550180";

    private final SuiteUnderTest suite;

    StoresAwayIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aWipedRedisCountsTwentyCallsAgainAndHurtsNone() throws Exception {
        suite.apply(directory());
        try (Phone phone = suite.phone(); Redis redis = suite.redis()) {
            List<Call> calls = IntStream.range(0, CALLS)
                    .mapToObj(i -> phone.dial(CallRequest.to(TWENTY_AT_ONCE)
                            .from("+3247080" + (1000 + i))
                            .saying(AudioSource.tone(TONE))))
                    .toList();
            for (Call call : calls) {
                call.awaitAnswer(PATIENCE);
                awaitMoreEcho(call);
            }
            redis.flushAll();
            long wiped = System.nanoTime();
            Await.until("the twenty calls are counted again", PATIENCE, () -> counted(redis) == CALLS);
            System.out.printf("counts right %d ms after the wipe%n", (System.nanoTime() - wiped) / 1_000_000);

            assertRefused(phone, TWENTY_AT_ONCE, "+32470801099", RefusalReason.NUMBER_BUSY);
            for (Call call : calls) {
                awaitMoreEcho(call);
                hangUp(call);
            }
            Await.until("no slot is taken any more", PATIENCE, () -> counted(redis) == 0);
        }
    }

    @Test
    void withoutRedisNewCallsAreRefusedAndThoseThatAreUpGoOn() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = upWithEcho(phone, Numbers.IMMEDIATE, "+32470802001");
            suite.suite().stopRedis();
            try {
                assertRefused(phone, Numbers.IMMEDIATE, "+32470802002", RefusalReason.LIMITER_UNAVAILABLE);
                awaitMoreEcho(call);
            } finally {
                suite.suite().startRedis();
            }
            Await.until("the limiter is ready again", PATIENCE, () -> suite.isReady("rate-limiter"));
            hangUp(upWithEcho(phone, Numbers.IMMEDIATE, "+32470802003"));
            awaitMoreEcho(call);
            hangUp(call);
        }
    }

    @Test
    void withoutPostgresCallsGoOnByTheDirectoryInMemory() throws Exception {
        try (Phone phone = suite.phone()) {
            Call call = upWithEcho(phone, Numbers.ON_AGENT, "+32470803001");
            suite.suite().stopPostgres();
            try {
                hangUp(upWithEcho(phone, Numbers.ON_AGENT, "+32470803002"));
                assertRefused(phone, Numbers.UNKNOWN, "+32470803003", RefusalReason.NUMBER_UNKNOWN);
                awaitMoreEcho(call);
            } finally {
                suite.suite().startPostgres();
            }
            Await.until("the directory can be changed again", PATIENCE, () -> suite.applies(directory()));
            hangUp(call);
        }
    }

    private void assertRefused(Phone phone, String number, String caller, RefusalReason reason) {
        Call call = phone.dial(CallRequest.to(number).from(caller));
        assertThat(call.awaitFinal(PATIENCE)).isInstanceOfSatisfying(CallResult.Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(reason.status());
            assertThat(refused.reasonHeader())
                    .hasValue("SIP;cause=%d;text=\"%s\"".formatted(reason.status(), reason.code()));
        });
        suite.events().of(call).assertRejected(reason);
    }

    private Call upWithEcho(Phone phone, String number, String caller) {
        Call call = phone.dial(CallRequest.to(number).from(caller).saying(AudioSource.tone(TONE)));
        call.awaitAnswer(PATIENCE);
        awaitMoreEcho(call);
        return call;
    }

    private void hangUp(Call call) {
        assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
    }

    private static void awaitMoreEcho(Call call) {
        long heard = call.media().heardMillis(TONE);
        Await.until("half a second more of the echo", PATIENCE, () -> call.media().heardMillis(TONE) >= heard + 500);
    }

    private static int counted(Redis redis) {
        try {
            return redis.members("*calls:number:" + TWENTY_AT_ONCE);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String directory() {
        return """
                organisations:
                  - name: stores
                    caller_rate: {calls: 100000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%s", max_concurrent_calls: %d}
                rules:
                  - name: stores
                    organisation: stores
                    trunks: [demo]
                    type: individual
                    room_prefix: stores
                    agents: [{name: demo, metadata: {scenario: echo}}]
                    answer_policy: immediate
                    patience_seconds: 20
                """.formatted(TWENTY_AT_ONCE, CALLS);
    }
}
