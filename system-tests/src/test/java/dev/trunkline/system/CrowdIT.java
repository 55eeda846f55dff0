package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AdmissionCount;
import dev.trunkline.system.support.Alone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Census;
import dev.trunkline.system.support.Redis;
import dev.trunkline.system.support.Sipp;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two routers and two limiters under 200 INVITEs a second, to numbers that allow only a few concurrent calls.
 * {@code ./trunkline faults} has the long form: 5,000 calls.
 */
@Tag("long")
@Alone
@ExtendWith(SuiteExtension.class)
class CrowdIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int A_SECOND = 200;
    private static final int CALLS = Integer.getInteger("trunkline.crowd.calls", 2_000);
    /** Fresh processes still compile their code, so they handle less in their first seconds, unless their start has warmed them up. */
    private static final List<Integer> WARM_UP_A_SECOND =
            System.getProperty("trunkline.warm-up") == null ? List.of(25, 50, 100) : List.of();
    private static final int WARM_UP_SECONDS = 10;
    private static final String LATE = "sip-edge deadline";
    private static final String BEGINNING = "+322555180";
    private static final List<String> NUMBERS =
            IntStream.range(0, 10).mapToObj(i -> BEGINNING + i).toList();
    private static final int OF_A_NUMBER = 2;
    private static final int OF_THE_ORGANISATION = 12;

    private final SuiteUnderTest suite;

    CrowdIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void eachCallIsDecidedOnceAndNoCountIsEverAboveItsLimit() throws Exception {
        suite.apply(directory());
        List<String> replicas = new ArrayList<>();
        suite.events().leaveOut(BEGINNING);
        try (Census census = suite.census(BEGINNING); Redis redis = suite.redis()) {
            replicas.add(suite.suite().addReplica("call-router"));
            replicas.add(suite.suite().addReplica("rate-limiter"));
            double turnedBefore = turnedAway();
            int calls = CALLS;
            for (int rate : WARM_UP_A_SECOND) {
                calls += rate * WARM_UP_SECONDS;
                call("crowd-" + rate, rate * WARM_UP_SECONDS, rate);
            }
            call("crowd", CALLS, A_SECOND);

            Await.until("the end of each call", PATIENCE,
                    () -> census.calls().stream().allMatch(call -> call.lastEvents() > 0));
            int turned = (int) (turnedAway() - turnedBefore);
            System.out.printf("crowd: the edge took %d calls: %s; it turned %d away%n", census.calls().size(), words(census), turned);
            // An INVITE that was turned away may have been sent twice.
            assertThat(census.calls()).hasSizeBetween(calls - turned, calls);
            assertDecidedOnce(census.calls());
            assertWithinLimits(census);
            Await.until("no slot is taken any more", PATIENCE, () -> slotsOf(redis).isEmpty());
            for (String service : List.of("call-router", "rate-limiter")) {
                assertThat(decisionsOf(service)).as("decisions of the second " + service).isPositive();
            }
        } finally {
            for (String replica : replicas) {
                suite.suite().removeReplica(replica);
            }
        }
    }

    private void call(String name, int calls, int aSecond) throws Exception {
        Sipp.Tally tally = suite.sipp().crowd(name, numbersFile(), calls, aSecond);
        System.out.printf("crowd: at %d INVITEs a second %s%n", aSecond, tally);
        assertThat(tally.failed())
                .as("calls without a final response or with one that the scenario does not know, see"
                        + " target/sipp/%s-errors.log", name)
                .isZero();
    }

    private static Map<String, Long> words(Census census) {
        return census.calls().stream().collect(Collectors.groupingBy(
                call -> String.join(" and ", new TreeSet<>(call.lastWords())), TreeMap::new, Collectors.counting()));
    }

    private void assertDecidedOnce(Collection<Census.Decided> calls) {
        assertThat(calls).filteredOn(call -> !decidedOnce(call)).as("calls decided twice or never").isEmpty();
        assertThat(calls.stream().filter(call -> call.admitted().isPresent()).count()).isGreaterThan(OF_THE_ORGANISATION);
    }

    private static boolean decidedOnce(Census.Decided call) {
        // The edge decides if router and limiter did not do so in time: their decisions may be missing then.
        int least = call.lastWords().contains(LATE) ? 0 : 1;
        return call.lastEvents() == 1
                && isBetween(least, 1, call.routerDecisions())
                && isBetween(least, 1, call.limiterDecisions());
    }

    private static boolean isBetween(int least, int most, int count) {
        return least <= count && count <= most;
    }

    private void assertWithinLimits(Census census) {
        for (Census.Decided call : census.calls()) {
            call.admitted().ifPresent(admitted -> assertThat(admitted.counts()).allSatisfy(CrowdIT::assertWithin));
        }
        for (String number : NUMBERS) {
            assertThat(census.mostAtOnce(number)).as(number).isBetween(1, OF_A_NUMBER);
        }
        assertThat(census.mostAtOnce(BEGINNING)).as("of the organisation").isEqualTo(OF_THE_ORGANISATION);
    }

    private static void assertWithin(AdmissionCount count) {
        count.limit().ifPresent(limit -> assertThat(count.count()).as(count.what()).isBetween(1, limit));
    }

    private static List<String> slotsOf(Redis redis) {
        try {
            return redis.keys("*calls:number:" + BEGINNING + "*");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns the number of INVITEs that the decision window refused. */
    private double turnedAway() {
        return suite.shown("sip-edge", "trunkline_edge_decision_window_refusals_total");
    }

    private double decisionsOf(String service) throws Exception {
        String counter = service.equals("call-router") ? "trunkline_router_decisions_total" : "trunkline_limiter_decisions_total";
        return suite.metrics(service + "-2").sum(counter);
    }

    private Path numbersFile() throws java.io.IOException {
        return Files.writeString(suite.target().resolve("sipp/crowd.csv"), "SEQUENTIAL\n" + String.join(";\n", NUMBERS) + ";\n");
    }

    private static String directory() {
        return """
                organisations:
                  - name: crowd
                    max_concurrent_calls: %d
                    caller_rate: {calls: 100000, window_seconds: 3600}
                    numbers:
                %s
                rules:
                  - name: crowd
                    organisation: crowd
                    trunks: [demo]
                    type: individual
                    room_prefix: crowd
                    answer_policy: immediate
                    patience_seconds: 60
                """.formatted(OF_THE_ORGANISATION, NUMBERS.stream()
                .map(number -> "      - {phone_number: \"%s\", max_concurrent_calls: %d}".formatted(number, OF_A_NUMBER))
                .collect(Collectors.joining("\n")));
    }
}
