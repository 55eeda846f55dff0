package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AnsweringPhone;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls to expensive numbers never get through, and calls to 112 always do. */
@ExtendWith(SuiteExtension.class)
class DearNumbersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NUMBER = "+3225551794";
    private static final String TRUNK = "it-dear";
    private static final String ADDRESS = "127.0.0.1";
    private static final int PORT = 19_074;
    private static final int TRIES = 1_000;
    private static final int AT_ONCE = 8;
    /**
     * Prefixes of premium rate, shared cost, personal and satellite numbers of countries that the trunk may call, as people write them,
     * and the number of digits that follow.
     */
    private static final Map<String, Integer> DEAR = new TreeMap<>(Map.of(
            "+32900", 5, "0902", 5, "0032905", 5, "+49900", 7, "+3389", 7, "+44909", 7, "+31906", 7, "+8816", 8, "+88213", 8, "+979", 9));

    private static AnsweringPhone phone;

    private final SuiteUnderTest suite;

    DearNumbersIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void open(SuiteUnderTest suite) throws Exception {
        phone = AnsweringPhone.open(
                PhoneSettings.answering(ADDRESS, PORT), Answering.after(Duration.ofMillis(200)).saying(AudioSource.tone(950)));
        suite.apply("""
                organisations:
                  - name: dear
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    config: {calls_out: {max_concurrent: 1, max_per_hour: 1}}
                    numbers:
                      - {phone_number: "%s"}
                outbound_trunks:
                  - {name: %s, organisation: dear, gateways: [{host: %s, port: %d, transport: udp}],
                     caller_id: {number: "%s"}, dialling: {country: BE}, max_concurrent_calls: 1, max_calls_per_second: 1,
                     allowed: {countries: [BE, DE, FR, GB, NL]}}
                """.formatted(NUMBER, TRUNK, ADDRESS, PORT, NUMBER));
        CalledPhone.awaitUp(suite, TRUNK);
    }

    @AfterAll
    static void close() {
        phone.close();
    }

    @Test
    void ofAThousandDearNumbersNoneIsCalledAndEachIsRefusedWithItsReason() throws Exception {
        int before = phone.calls().size();
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
            for (String number : dear()) {
                answers.add(executor.submit(() -> dial(number)));
            }
        }
        Map<String, Integer> reasons = new TreeMap<>();
        for (Future<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).as(answer.get().body()).isIn(403, 404);
            JsonNode refusal = EventJson.MAPPER.readTree(answer.get().body());
            assertThat(refusal.path("trace").size()).as(answer.get().body()).isPositive();
            reasons.merge(refusal.path("reason").asText(), 1, Integer::sum);
        }
        System.out.println("dear numbers: " + reasons);
        assertThat(reasons.keySet()).isSubsetOf("destination-forbidden", "destination-invalid");
        assertThat(phone.calls()).hasSize(before);
    }

    private static List<String> dear() {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; numbers.size() < TRIES; i++) {
            for (Map.Entry<String, Integer> range : DEAR.entrySet()) {
                int digits = range.getValue();
                // Spread over the range, the same numbers each time.
                long line = (i * 7_919L + 12_345) % (long) Math.pow(10, digits);
                numbers.add(range.getKey() + ("%0" + digits + "d").formatted(line));
            }
        }
        return numbers.subList(0, TRIES);
    }

    @Test
    void anEmergencyCallReachesItsTargetWhereEveryLimitOfCallsOutIsReached() throws Exception {
        CallLog only = ofCall(dial("+3225550171"));
        TakenCall first = phone.awaitCall(PATIENCE);
        only.await(CallAnswered.class);
        assertThat(ofCall(dial("+3225550172")).await(CallRejected.class).reason())
                .isIn(RefusalReason.CALLS_OUT_BUSY, RefusalReason.CALLS_OUT_RATE);

        CallLog emergency = ofCall(dial("112"));
        TakenCall taken = phone.awaitCall(PATIENCE);
        assertThat(taken.called()).isEqualTo("112");
        emergency.await(CallAnswered.class);
        taken.hangUp().toCompletableFuture().join();
        emergency.assertEnded(EndReason.CALLEE_HUNG_UP);
        first.hangUp().toCompletableFuture().join();
        only.assertEnded(EndReason.CALLEE_HUNG_UP);
    }

    private HttpResponse<String> dial(String number) throws Exception {
        return suite.asAdmin().send("POST", "/calls",
                "{\"organisation\": \"dear\", \"to\": \"%s\", \"trunk\": \"%s\"}".formatted(number, TRUNK));
    }

    private CallLog ofCall(HttpResponse<String> made) throws Exception {
        assertThat(made.statusCode()).as(made.body()).isBetween(200, 299);
        return suite.events().ofCall(EventJson.MAPPER.readTree(made.body()).path("call_id").asText());
    }
}
