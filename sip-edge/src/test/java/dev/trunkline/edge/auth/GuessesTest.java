package dev.trunkline.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuessesTest {
    private final ManualClock clock = new ManualClock();
    private final Guesses guesses = new Guesses(clock, 3, Duration.ofSeconds(1), Duration.ofMinutes(5), 100);

    @Test
    void afterSomeWrongAnswersTheUserWaitsWhereverTheNextComesFrom() {
        for (int i = 0; i < 3; i++) {
            guesses.wrong("anna");
            assertThat(guesses.waits("anna", "source " + i)).isFalse();
        }
        guesses.wrong("anna");
        assertThat(guesses.waits("anna", "another")).isTrue();
        assertThat(guesses.waits("bob", "another")).isFalse();
        clock.pass(Duration.ofSeconds(2));
        assertThat(guesses.waits("anna", "another")).isFalse();
        guesses.wrong("anna");
        clock.pass(Duration.ofMillis(1_500));
        assertThat(guesses.waits("anna", "another")).as("twice as long").isTrue();
    }

    @Test
    void whoIsInStaysIn() {
        guesses.right("anna", "home");
        for (int i = 0; i < 10; i++) {
            guesses.wrong("anna");
        }
        assertThat(guesses.waits("anna", "home")).isFalse();
        assertThat(guesses.waits("anna", "elsewhere")).isTrue();
    }

    @Test
    void isForgottenAfterAQuietTime() {
        for (int i = 0; i < 30; i++) {
            guesses.wrong("anna");
        }
        clock.pass(Duration.ofMinutes(11));
        guesses.wrong("anna");
        assertThat(guesses.waits("anna", "any")).isFalse();
    }
}
