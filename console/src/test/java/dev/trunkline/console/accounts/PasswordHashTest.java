package dev.trunkline.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
    private final PasswordHash passwords = new PasswordHash(new SecureRandom());

    @Test
    void onlyTheSamePasswordFitsAndTwoHashesOfItDiffer() {
        String kept = passwords.of("correct horse");
        assertThat(passwords.fits("correct horse", kept)).isTrue();
        assertThat(passwords.fits("correct horsf", kept)).isFalse();
        assertThat(passwords.fits("x".repeat(100_000), kept)).isFalse();
        assertThat(passwords.of("correct horse")).isNotEqualTo(kept);
        assertThat(kept).doesNotContain("horse");
        assertThat(passwords.fitsNobody("correct horse")).isFalse();
    }
}
