package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.Sealer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service with a real Kafka, a real Postgres and the demo's directory. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class CallRouterTest {
    private static final String CALLER = "+32470123456";

    private static Suite suite;
    private static Admin admin;

    @BeforeAll
    static void start() throws Exception {
        admin = new Admin();
        suite = new Suite();
    }

    @BeforeEach
    void demo() throws Exception {
        admin.awaitReady();
        assertThat(admin.apply(Admin.demo()).status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        suite.close();
        admin.close();
    }

    @Test
    void routesACallToItsNumberWithEverythingThatTheOthersNeed() throws Exception {
        InviteReceived invite = suite.invite("demo", "02 555 01 00", CALLER, Duration.ofMinutes(1));
        Envelope cause = suite.publish(invite);

        Envelope answer = suite.awaitAnswer(invite.callId());

        assertThat(answer.record()).isInstanceOfSatisfying(CallRouted.class, routed -> {
            assertThat(routed.invite()).isEqualTo(invite);
            assertThat(routed.organisation().name()).isEqualTo("demo");
            assertThat(routed.number()).isEqualTo("+3225550100");
            assertThat(routed.rule().name()).isEqualTo("demo-on-agent");
            assertThat(routed.room()).matches("demo_" + invite.caller().pseudonym().substring(0, 8) + "_[a-z0-9]{12}");
            assertThat(routed.agents()).containsExactly(new Agent("demo", "{\"scenario\":\"echo\"}"));
            assertThat(routed.config().get("language").textValue()).isEqualTo("en");
            assertThat(routed.answerPolicy()).isEqualTo(AnswerPolicy.ON_AGENT);
            assertThat(routed.limits()).isEqualTo(new Limits(
                    new Limits.CallerRate(100_000, 3600, RateScope.NUMBER), OptionalInt.of(1000), OptionalInt.empty()));
        });
        assertThat(answer.owners()).isEqualTo(cause.owners());
        assertThat(answer.source()).startsWith("/call-router/");
    }

    @Test
    void treatsEachDemoNumberAsTheDemoSays() throws Exception {
        assertThat(routed("+3225550101").answerPolicy()).isEqualTo(AnswerPolicy.IMMEDIATE);
        assertThat(routed("+3225550102").limits().numberConcurrency()).hasValue(1);
        assertThat(routed("+3225550104").agents()).extracting(Agent::name).containsExactly("nobody");
        assertThat(routed("+3225550104").patienceSeconds()).isEqualTo(3);
        assertThat(routed("+3225550105").limits().callerRate())
                .isEqualTo(new Limits.CallerRate(10, 3600, RateScope.ORGANISATION));
    }

    private CallRouted routed(String dialled) throws InterruptedException {
        return (CallRouted) suite.call(dialled, CALLER);
    }

    @Test
    void refusesWithReasonStatusAndTrace() throws Exception {
        assertThat(suite.call("+3225559999", CALLER)).isInstanceOfSatisfying(CallRejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(RefusalReason.NUMBER_UNKNOWN);
            assertThat(rejected.status()).isEqualTo(404);
            assertThat(rejected.by()).isEqualTo("call-router");
            assertThat(rejected.trace()).isNotEmpty();
        });
        assertThat(suite.call("+3225550103", CALLER)).isInstanceOfSatisfying(CallRejected.class, rejected -> {
            assertThat(rejected.reason()).isEqualTo(RefusalReason.NUMBER_INACTIVE);
            assertThat(rejected.status()).isEqualTo(480);
            assertThat(rejected.organisation()).isPresent();
        });
    }

    @Test
    void aRepeatedInviteHasTheSameAnswerUnderTheSameId() throws Exception {
        InviteReceived invite = suite.invite("demo", "+3225550100", CALLER, Duration.ofMinutes(1));
        Envelope cause = suite.publish(invite);
        suite.publish(cause);

        Await.until(() -> suite.answers(invite.callId()).size() == 2);

        List<Envelope> answers = suite.answers(invite.callId());
        assertThat(answers.get(0).id()).isEqualTo(answers.get(1).id());
        assertThat(answers.get(0).record()).isEqualTo(answers.get(1).record());
    }

    @Test
    void passesOverAnInviteWhoseDeadlineIsPast() throws Exception {
        InviteReceived late = suite.invite("demo", "+3225550100", CALLER, Duration.ofMillis(-1));
        suite.publish(late);

        Await.until(() -> decisions("late") >= 1);

        assertThat(suite.answers(late.callId())).isEmpty();
    }

    @Test
    void anEdgeWhoseClockIsAnHourOffHasItsInvitesDecided() throws Exception {
        for (Duration off : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
            InviteReceived invite = suite.by(off, suite.invite("demo", "+3225550100", CALLER, Duration.ofSeconds(2)));
            suite.publish(invite);
            Await.until(() -> suite.answers(invite.callId()).size() == 1);
        }
    }

    @Test
    void anInviteOfAnEdgeWithAnotherKeyIsADeadLetterAndStopsNobody() throws Exception {
        var strange = new SealedCallers(new Sealer(new byte[32], new SecureRandom()));
        InviteReceived invite = suite.invite(strange, "demo", "+3225550100", CALLER, Duration.ofMinutes(1));
        suite.publish(invite);

        assertThat(suite.awaitDeadLetter(invite)).contains("TRUNKLINE_SEAL_KEY");
        assertThat(suite.call("+3225550100", CALLER)).isInstanceOf(CallRouted.class);
    }

    @Test
    void noEventHoldsTheCallersNumber() throws Exception {
        suite.call("+3225550100", "+32499887766");
        suite.call("+3225559999", "0499 88 77 66");
        CallEvent answer = suite.call("+3225550103", "+32499887766");

        assertThat(answer).isNotNull();
        assertThat(suite.everything()).doesNotContain("499887766").doesNotContain("499 88 77 66");
    }

    @Test
    void aChangeOfTheDirectoryReachesTheNextCall() throws Exception {
        String changed = Admin.demo().replace("active: false", "active: true");
        assertThat(admin.apply(changed).json().get("updated").intValue()).isEqualTo(1);

        assertThat(suite.call("+3225550103", CALLER)).isInstanceOf(CallRouted.class);
    }

    @Test
    void countsDecisions() throws Exception {
        double before = decisions("number-unknown");
        suite.call("+3225559999", CALLER);

        assertThat(decisions("number-unknown")).isGreaterThan(before);
        assertThat(metric("trunkline_router_decision_seconds_count ")).isPositive();
    }

    private double decisions(String outcome) {
        return metric("trunkline_router_decisions_total{outcome=\"" + outcome + "\"");
    }

    private double metric(String name) {
        try {
            return admin.get("/q/metrics", "text/plain").body().lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
