package dev.trunkline.events.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.Caller;
import dev.trunkline.events.numbers.NumberPlan;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private final Pseudonyms pseudonyms = new Pseudonyms(SuiteKeys.parse("pseudonym", KEY));

    /** If this value changed, every known caller would become a stranger. */
    @Test
    void thePseudonymOfANumberIsItsHmac() {
        assertThat(pseudonyms.ofNumber("+3225550100").pseudonym())
                .isEqualTo("25cc47105935631c797918c940a1d15eeb5a8dfb6d49d85625cf9fc423fd948b");
    }

    @Test
    void everyWrittenFormOfANumberIsOneCaller() {
        var plan = new NumberPlan(Optional.of("DE"));
        assertThat(Stream.of("+4991874350352", "004991874350352", "4991874350352", "91874350352", "09187 4350352",
                                "tel:+49-9187-4350352", "+4991874350352;phone-context=x")
                        .map(form -> pseudonyms.ofNumber(plan.normalise(form).text()))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void anonymousCallersShareOneATrunk() {
        Caller anonymous = pseudonyms.anonymousOf("demo");
        assertThat(anonymous.anonymous()).isTrue();
        assertThat(anonymous).isEqualTo(pseudonyms.anonymousOf("demo"))
                .isNotEqualTo(pseudonyms.anonymousOf("other"));
        assertThat(pseudonyms.ofNumber("+3225550100").anonymous()).isFalse();
    }

    @Test
    void anotherKeyGivesAnotherPseudonym() {
        byte[] other = new byte[32];
        other[0] = 1;
        assertThat(new Pseudonyms(other).ofNumber("+3225550100")).isNotEqualTo(pseudonyms.ofNumber("+3225550100"));
    }

    @Test
    void aKeyIsReadWithSpaceAround() {
        assertThat(SuiteKeys.parse("seal", " " + KEY + "\n")).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2VjcmV0LXNlY3JldA==", "not base64 at all!", "AAAA"})
    void aWrongKeyIsExplainedAndNotRepeated(String key) {
        assertThatThrownBy(() -> SuiteKeys.parse("seal", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the seal key ")
                .hasMessageEndingWith("make one with `openssl rand -base64 32`")
                .message()
                .satisfies(message -> assertThat(key.isEmpty() || !message.contains(key)).isTrue());
    }

    @Test
    void aKeyMadeByHandIsMeasuredToo() {
        assertThatThrownBy(() -> new Pseudonyms(new byte[16])).hasMessageContaining("has 16 bytes, not 32");
        assertThatThrownBy(() -> new Sealer(new byte[33], new java.security.SecureRandom()))
                .hasMessageContaining("has 33 bytes, not 32");
    }
}
