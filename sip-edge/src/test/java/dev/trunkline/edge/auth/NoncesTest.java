package dev.trunkline.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoncesTest {
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private final ManualClock clock = new ManualClock();
    private final Nonces nonces = nonces(1);

    private Nonces nonces(int key) {
        byte[] suiteKey = new byte[32];
        suiteKey[31] = (byte) key;
        return new Nonces(suiteKey, new SecureRandom()::nextBytes, clock, LIFETIME);
    }

    @Test
    void anyEdgeOfTheSuiteKnowsThem() {
        String nonce = nonces.issue("realm", "peer");
        assertThat(nonces.check(nonce, "realm", "peer").map(Nonces.Fresh::issued)).contains(clock.instant());
        assertThat(nonces(1).check(nonce, "realm", "peer")).isPresent();
        assertThat(nonces(2).check(nonce, "realm", "peer")).isEmpty();
    }

    @Test
    void noTwoAreAlike() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(nonces.issue("realm", "peer"));
        }
        assertThat(seen).hasSize(1_000);
    }

    @Test
    void belongToARealmAndAPeer() {
        String nonce = nonces.issue("realm", "peer");
        assertThat(nonces.check(nonce, "other", "peer")).isEmpty();
        assertThat(nonces.check(nonce, "realm", "other")).isEmpty();
        assertThat(nonces.check(nonce, "realmpeer", "")).isEmpty();
    }

    @Test
    void growOld() {
        String nonce = nonces.issue("realm", "peer");
        clock.pass(LIFETIME.minusMillis(1));
        assertThat(nonces.check(nonce, "realm", "peer")).isPresent();
        clock.pass(Duration.ofMillis(1));
        assertThat(nonces.check(nonce, "realm", "peer")).isEmpty();
    }

    @Test
    void everyBitCounts() {
        byte[] bytes = Base64.getUrlDecoder().decode(nonces.issue("realm", "peer"));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat(nonces.check(nonce, "realm", "peer")).as("bit %d", bit).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\u00e9", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "a b", "===="})
    void whatIsNoneIsNone(String nonce) {
        assertThat(nonces.check(nonce, "realm", "peer")).isEmpty();
    }

    @Test
    void aCountNeverComesTwice() {
        var counts = new NonceCounts(10);
        Nonces.Fresh nonce = fresh("n", 0);
        assertThat(counts.raise(nonce, 1, Instant.EPOCH)).isTrue();
        assertThat(counts.raise(nonce, 1, Instant.EPOCH)).isFalse();
        assertThat(counts.raise(nonce, 7, Instant.EPOCH)).as("a step of any length").isTrue();
        assertThat(counts.raise(nonce, 6, Instant.EPOCH)).isFalse();
        assertThat(counts.raise(fresh("m", 0), 6, Instant.EPOCH)).isTrue();
    }

    @Test
    void expiredOnesAreForgottenAndStayRefused() {
        var counts = new NonceCounts(10);
        Nonces.Fresh nonce = fresh("n", 0);
        assertThat(counts.raise(nonce, 1, Instant.EPOCH)).isTrue();
        assertThat(counts.raise(fresh("m", 100), 1, nonce.issued())).isTrue();
        assertThat(counts.size()).isEqualTo(1);
        assertThat(counts.raise(nonce, 2, nonce.issued())).isFalse();
    }

    @Test
    void aFullTableRefusesRatherThanForgets() {
        var counts = new NonceCounts(3);
        for (int i = 0; i < 5; i++) {
            assertThat(counts.raise(fresh("n" + i, i), 1, Instant.EPOCH)).isTrue();
        }
        assertThat(counts.size()).isEqualTo(3);
        for (int i = 0; i < 5; i++) {
            assertThat(counts.raise(fresh("n" + i, i), 1, Instant.EPOCH)).as("n%d again", i).isFalse();
        }
        assertThat(counts.raise(fresh("n4", 4), 2, Instant.EPOCH)).isTrue();
    }

    private Nonces.Fresh fresh(String nonce, int millis) {
        return new Nonces.Fresh(nonce, clock.instant().plusMillis(millis));
    }

    @Test
    void wrongAnswersCostTwiceAsLongEachTime() {
        var wrong = new WrongAnswers(clock, 0, Duration.ofSeconds(1), Duration.ofSeconds(10), 100);
        assertThat(wrong.waits("anna")).isFalse();
        for (int seconds : new int[] {1, 2, 4, 8, 10, 10}) {
            wrong.wrong("anna");
            clock.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(wrong.waits("anna")).as("after %d s", seconds).isTrue();
            assertThat(wrong.waits("bob")).isFalse();
            clock.pass(Duration.ofMillis(1));
            assertThat(wrong.waits("anna")).isFalse();
        }
        wrong.right("anna");
        wrong.wrong("anna");
        clock.pass(Duration.ofSeconds(1));
        assertThat(wrong.waits("anna")).as("begins afresh after a right one").isFalse();
    }

    @Test
    void wrongAnswersAreForgivenAfterALongQuietAndTakeBoundedMemory() {
        var wrong = new WrongAnswers(clock, 0, Duration.ofSeconds(1), Duration.ofSeconds(10), 100);
        for (int i = 0; i < 5; i++) {
            wrong.wrong("anna");
        }
        clock.pass(Duration.ofSeconds(21));
        wrong.wrong("anna");
        clock.pass(Duration.ofSeconds(1));
        assertThat(wrong.waits("anna")).isFalse();
        for (int i = 0; i < 1_000; i++) {
            wrong.wrong("guess" + i);
        }
        assertThat(wrong.size()).isEqualTo(100);
        for (int i = 0; i < 1_000; i++) {
            wrong.wrong("often");
        }
        assertThat(wrong.waits("often")).as("no overflow").isTrue();
    }

    @Test
    void aFewWrongAnswersCostNothing() {
        var wrong = new WrongAnswers(clock, 3, Duration.ofSeconds(1), Duration.ofSeconds(10), 100);
        for (int i = 0; i < 3; i++) {
            wrong.wrong("anna");
            assertThat(wrong.waits("anna")).isFalse();
        }
        for (int seconds : new int[] {1, 2, 4, 8, 10}) {
            wrong.wrong("anna");
            clock.pass(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(wrong.waits("anna")).as("after %d s", seconds).isTrue();
            clock.pass(Duration.ofMillis(1));
        }
    }
}
