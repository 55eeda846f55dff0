package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentDispatched;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.HostileTrunks;
import dev.trunkline.system.support.PasswordGuesses;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import dev.trunkline.system.support.Watch;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Passwords of trunks and PINs of rooms cannot be found by guessing. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
@Attacks({"sip-edge", "media-relay"})
class GuessingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SuiteUnderTest suite;

    GuessingIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void trunks() throws Exception {
        HostileTrunks.apply(suite);
    }

    @Test
    void aPasswordThatIsGuessedFromManyAddressesIsThrottledByItsUser() throws Exception {
        suite.apply("""
                trunks:
                  - {name: guessed, country: BE, users: [{username: guessed, password: "not that easy"}]}
                """);
        Await.until("the edge asks for the password", PATIENCE, () -> PasswordGuesses.isChallenged("127.0.1.100", suite.edge()));
        double wrong = credentials("wrong");
        double throttled = credentials("throttled");
        try (Watch watch = Watch.over(suite, "+32470840005")) {
            for (int i = 1; i <= 12; i++) {
                PasswordGuesses.guess("127.0.1." + i, suite.edge(), "guessed");
            }
            assertThat(credentials("wrong")).as("wrong answers counted").isGreaterThan(wrong);
            assertThat(credentials("throttled")).as("guesses that were not even looked at").isGreaterThan(throttled);
            watch.assertUnharmed("guesses of a password");
        } finally {
            // This trunk may call from any address: as long as it exists, every stranger is asked for a password.
            assertThat(suite.asAdmin().send("DELETE", "/directory/trunks/guessed", "").statusCode()).isLessThan(300);
            Await.until("the edge asks nobody any more", PATIENCE, () -> !PasswordGuesses.isChallenged("127.0.1.100", suite.edge()));
        }
    }

    private double credentials(String outcome) throws Exception {
        return suite.metrics("sip-edge").sum("trunkline_edge_credentials_total{outcome=\"" + outcome + "\"");
    }

    @Test
    void aPinIsNotGuessedByCallingAgainAndAgain() throws Exception {
        suite.apply("""
                organisations:
                  - name: guessed
                    caller_rate: {calls: 100000, window_seconds: 3600}
                    numbers: [{phone_number: "+3225551920", max_concurrent_calls: 50}]
                rules:
                  - {name: guessed-pin, organisation: guessed, trunks: [demo], numbers: ["+3225551920"], type: individual,
                     room_prefix: guessed, pin: "8642", agents: [{name: demo, metadata: {scenario: echo}}]}
                """);
        try (Phone guesser = suite.phone(); Watch watch = Watch.over(suite, "+32470840006")) {
            // Four calls of three guesses each, and then the right PIN: a lucky guesser.
            for (int call = 0; call < 4; call++) {
                List<String> guesses = List.of("000" + call, "100" + call, "200" + call);
                assertThat(entered(guesser, guesses)).as("a call with wrong PINs").isFalse();
            }
            assertThat(entered(guesser, List.of("8642"))).as("the right PIN after twelve wrong ones of the same caller").isFalse();
            watch.assertUnharmed("guesses of a PIN");
        }
    }

    /** Returns whether the caller reached an agent with one of these PINs. */
    private boolean entered(Phone from, List<String> pins) {
        Call call = from.dial(CallRequest.to("+3225551920").from("+32470840007"));
        if (!(call.awaitFinal(PATIENCE) instanceof CallResult.Answered)) {
            return false;
        }
        pins.forEach(pin -> pin.chars().forEach(key -> call.sendDtmf((char) key, Duration.ofMillis(60))));
        CallLog log = suite.events().of(call);
        long end = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        while (System.nanoTime() < end && call.isUp() && log.all(AgentDispatched.class).isEmpty()) {
            Await.pause(50);
        }
        boolean entered = !log.all(AgentDispatched.class).isEmpty();
        call.hangUp().toCompletableFuture().join();
        return entered;
    }
}
