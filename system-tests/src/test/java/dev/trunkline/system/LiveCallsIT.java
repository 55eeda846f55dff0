package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Redis;
import dev.trunkline.system.support.RouterApi;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the API reports of live calls while they come and go, while Redis loses them, and while the limiter is killed. */
@ExtendWith(SuiteExtension.class)
class LiveCallsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CALLS = 10;
    private static final String ORGANISATION = "pulse";
    private static final String OTHER = "stillness";
    private static final List<String> NUMBERS = List.of("+3225551660", "+3225551661");
    private static final String NUMBER_OF_THE_OTHER = "+3225551662";

    private final SuiteUnderTest suite;
    private RouterApi admin;
    private long slowestMillis;

    LiveCallsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void tenCallsAreLiveFromTheirStartToTheirEndWhateverDiesMeanwhile() throws Exception {
        suite.apply(directory());
        admin = suite.asAdmin();
        RouterApi tenant = suite.asTenantOf(ORGANISATION);
        RouterApi stranger = suite.asTenantOf(OTHER);
        List<Call> up = new ArrayList<>();
        try (Phone phone = suite.phone(); Redis redis = suite.redis()) {
            for (int call = 0; call < CALLS; call++) {
                up.add(phone.dial(CallRequest.to(NUMBERS.get(call % 2)).from("+3247087" + (1_000 + call))));
                up.getLast().awaitAnswer(PATIENCE);
                awaitLive(up, "a call began");
            }
            assertCounted(tenant, up.size());
            assertThat(liveOf(stranger)).as("what another tenant sees").isEmpty();
            assertThat(counts(stranger).path("calls").asInt()).isZero();

            redis.flushAll();
            Await.until("Redis has counted the calls again", PATIENCE, () -> {
                assertThat(liveOf(admin)).as("while Redis has forgotten the calls").isEqualTo(ids(up));
                return counted(redis) == CALLS;
            });
            hangUp(up);
            awaitLive(up, "a call ended after Redis was wiped");

            suite.suite().process("rate-limiter").kill();
            hangUp(up);
            hangUp(up);
            assertThat(liveOf(admin)).as("what a limiter that is dead has said").hasSize(up.size() + 2);
            suite.suite().restart("rate-limiter");
            awaitLive(up, "the limiter began again");

            up.add(phone.dial(CallRequest.to(NUMBERS.getFirst()).from("+32470872000")));
            up.getLast().awaitAnswer(PATIENCE);
            awaitLive(up, "a call began after that");
            assertCounted(tenant, up.size());
            while (!up.isEmpty()) {
                hangUp(up);
                awaitLive(up, "a call ended");
            }
            assertCounted(tenant, 0);
            System.out.printf("live calls: right after %d ms at the latest%n", slowestMillis);
        }
    }

    /** Hangs up the newest call. */
    private static void hangUp(List<Call> up) {
        assertThat(up.removeLast().hangUp().toCompletableFuture().join().status()).isEqualTo(200);
    }

    private void awaitLive(List<Call> up, String after) {
        long from = System.nanoTime();
        Set<String> expected = ids(up);
        Await.until("the API to say " + expected.size() + " calls after " + after, PATIENCE,
                () -> liveOf(admin).equals(expected));
        slowestMillis = Math.max(slowestMillis, (System.nanoTime() - from) / 1_000_000);
    }

    private Set<String> ids(List<Call> calls) {
        return calls.stream().map(call -> suite.events().of(call).callId()).collect(Collectors.toSet());
    }

    private static Set<String> liveOf(RouterApi api) {
        return Set.copyOf(live(api).path("calls").findValuesAsText("call_id"));
    }

    private static JsonNode counts(RouterApi api) {
        return live(api).path("counts");
    }

    private static JsonNode live(RouterApi api) {
        return get(api, "/calls/live?organisation=" + ORGANISATION);
    }

    private static JsonNode get(RouterApi api, String path) {
        try {
            return api.json("GET", path, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asserts that, for admin and tenant, the counts of /calls/live and of /numbers are those of the calls. */
    private void assertCounted(RouterApi tenant, int calls) {
        for (RouterApi api : List.of(admin, tenant)) {
            assertThat(counts(api).path("calls").asInt()).isEqualTo(calls);
            assertThat(sum(counts(api).path("by_number"))).isEqualTo(calls);
            assertThat(sum(counts(api).path("by_organisation"))).isEqualTo(calls);
            assertThat(sum(counts(api).path("by_agent_pool"))).isEqualTo(calls);
            JsonNode numbers = get(api, "/numbers?organisation=" + ORGANISATION).path("numbers");
            assertThat(numbers.findValuesAsText("phone_number")).isEqualTo(NUMBERS);
            assertThat(sum(numbers)).isEqualTo(calls);
        }
    }

    private static int sum(JsonNode counts) {
        return counts.findValues("calls").stream().mapToInt(JsonNode::asInt).sum();
    }

    private static int counted(Redis redis) {
        try {
            return NUMBERS.stream().mapToInt(number -> members(redis, number)).sum();
        } catch (UncheckedIOException e) {
            throw new AssertionError("Redis does not answer", e);
        }
    }

    private static int members(Redis redis, String number) {
        try {
            return redis.members("*calls:number:" + number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String directory() {
        return """
                organisations:
                  - name: %s
                    caller_rate: {calls: 100000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%s", max_concurrent_calls: 20}
                      - {phone_number: "%s", max_concurrent_calls: 20}
                  - name: %s
                    numbers: [{phone_number: "%s"}]
                rules:
                  - name: pulse
                    organisation: %s
                    trunks: [demo]
                    type: individual
                    room_prefix: pulse
                    agent_pool: {name: pulse, sessions: 20}
                    answer_policy: immediate
                    patience_seconds: 120
                """.formatted(ORGANISATION, NUMBERS.get(0), NUMBERS.get(1), OTHER, NUMBER_OF_THE_OTHER, ORGANISATION);
    }
}
