package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentDispatched;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Attacks;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.HostileTrunks;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import dev.trunkline.system.support.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private static final Duration IN_VAIN = Duration.ofSeconds(2);
    private static final String CALLER = "+32470840001";

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
        Await.until("the edge asks for the password", PATIENCE, () -> isChallenged("127.0.1.100"));
        double wrong = credentials("wrong");
        double throttled = credentials("throttled");
        try (Watch watch = Watch.over(suite, "+32470840005")) {
            for (int i = 1; i <= 12; i++) {
                guess("127.0.1." + i);
            }
            assertThat(credentials("wrong")).as("wrong answers counted").isGreaterThan(wrong);
            assertThat(credentials("throttled")).as("guesses that were not even looked at").isGreaterThan(throttled);
            watch.assertUnharmed("guesses of a password");
        } finally {
            // This trunk may call from any address: as long as it exists, every stranger is asked for a password.
            assertThat(suite.asAdmin().send("DELETE", "/directory/trunks/guessed", "").statusCode()).isLessThan(300);
            Await.until("the edge asks nobody any more", PATIENCE, () -> !isChallenged("127.0.1.100"));
        }
    }

    private boolean isChallenged(String address) {
        try (RawSip caller = RawSip.open(address, suite.edge())) {
            String invite = caller.invite(HostileTrunks.ECHO, CALLER);
            caller.send(invite);
            return caller.finalResponse(invite, Duration.ofMillis(300)).filter(answer -> RawSip.status(answer) == 401).isPresent();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void guess(String address) throws IOException {
        try (RawSip guesser = RawSip.open(address, suite.edge())) {
            String invite = guesser.invite(HostileTrunks.ECHO, CALLER);
            guesser.send(invite);
            Optional<String> challenge = guesser.finalResponse(invite, IN_VAIN);
            if (challenge.isEmpty()) {
                return;
            }
            guesser.send(guesser.ack(invite, challenge.get()));
            String header = challenge.get().lines().filter(line -> line.contains("Digest")).findFirst().orElse("");
            String uri = invite.substring("INVITE ".length(), invite.indexOf(" SIP/2.0"));
            String authorization = "Authorization: Digest username=\"guessed\", realm=\"" + parameter(header, "realm") + "\", nonce=\""
                    + parameter(header, "nonce") + "\", uri=\"" + uri + "\", qop=auth, nc=00000001, cnonce=\"c\", algorithm=MD5, response=\""
                    + "0".repeat(32) + "\"\r\n";
            String second = guesser.invite(HostileTrunks.ECHO, CALLER)
                    .replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\n" + authorization);
            guesser.send(second);
            guesser.finalResponse(second, IN_VAIN).ifPresent(refusal -> {
                assertThat(RawSip.status(refusal)).as("the answer to a wrong password").isBetween(400, 599);
                try {
                    guesser.send(guesser.ack(second, refusal));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
    }

    private static String parameter(String header, String name) {
        return header.replaceFirst(".*\\b" + name + "=\"([^\"]*)\".*", "$1");
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
