package dev.trunkline.events.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
    private static final byte[] PLAIN = "+4991874350352".getBytes(StandardCharsets.UTF_8);
    private final CallId call = new CallId(UUID.randomUUID());
    private final Sealer sealer = sealer(1);

    private static Sealer sealer(int key) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) key);
        return new Sealer(bytes, new SecureRandom());
    }

    @Test
    void opensWhatItSealed() {
        String sealed = sealer.seal(call, PLAIN);
        assertThat(sealed).matches("v1\\.[A-Za-z0-9_-]+").doesNotContain("4350352");
        assertThat(sealer.open(call, sealed)).isEqualTo(PLAIN);
        assertThat(sealer(1).open(call, sealed)).isEqualTo(PLAIN);
    }

    @Test
    void theSameIsSealedDifferentlyEachTime() {
        assertThat(sealer.seal(call, PLAIN)).isNotEqualTo(sealer.seal(call, PLAIN));
    }

    @Test
    void anEmptyMessageIsSealedToo() {
        assertThat(sealer.open(call, sealer.seal(call, new byte[0]))).isEmpty();
    }

    @Test
    void anotherKeyDoesNotOpen() {
        assertThatThrownBy(() -> sealer(2).open(call, sealer.seal(call, PLAIN)))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("TRUNKLINE_SEAL_KEY");
    }

    @Test
    void anotherCallDoesNotOpen() {
        assertThatThrownBy(() -> sealer.open(new CallId(UUID.randomUUID()), sealer.seal(call, PLAIN)))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void aSealIsBrokenByEveryChangedBitAndEveryCut() {
        byte[] sealed = Base64.getUrlDecoder().decode(sealer.seal(call, PLAIN).substring(3));
        for (int i = 0; i < sealed.length; i++) {
            byte[] tampered = sealed.clone();
            tampered[i] ^= 1;
            assertBroken(tampered);
            assertBroken(Arrays.copyOf(sealed, i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1.", "v2.AAAA", "v1.not base64!", "AAAA", "v1.AAAA"})
    void garbageDoesNotOpen(String garbage) {
        assertThatThrownBy(() -> sealer.open(call, garbage)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void callersAreSealedWhole() {
        var callers = new SealedCallers(sealer);
        var secrets = new CallerSecrets("+4991874350352", "Anna", "abc@pbx", Map.of("x-customer-id", "7"));
        assertThat(callers.open(call, callers.seal(call, secrets))).isEqualTo(secrets);
        var named = new CallerSecrets("+4991874350352", "", "abc@pbx", Map.of(), Optional.of("anna"), Optional.of("Anna"));
        assertThat(callers.open(call, callers.seal(call, named))).isEqualTo(named);
        var bare = new CallerSecrets("", null, null, null);
        assertThat(callers.open(call, callers.seal(call, bare))).isEqualTo(bare);
        assertThatThrownBy(() -> callers.open(call, sealer.seal(call, PLAIN)))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageNotContaining("4350352");
    }

    @Test
    void secretsDoNotLeakIntoLogLines() {
        assertThat(new CallerSecrets("+4991874350352", "Anna", "abc@pbx", Map.of()).toString())
                .doesNotContain("4350352", "Anna", "abc");
    }

    private void assertBroken(byte[] sealed) {
        String text = "v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        assertThatThrownBy(() -> sealer.open(call, text)).isInstanceOf(SealBrokenException.class);
    }
}
