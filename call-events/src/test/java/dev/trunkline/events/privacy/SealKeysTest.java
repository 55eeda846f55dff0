package dev.trunkline.events.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seal key is changed during ongoing calls. */
class SealKeysTest {
    private static final byte[] PLAIN = "+4991874350352".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OLD = key(1);
    private static final byte[] NEW = key(2);

    private final CallId call = new CallId(UUID.randomUUID());
    private final Sealer before = sealer(OLD);
    private final Sealer first = sealer(OLD, NEW);
    private final Sealer second = sealer(NEW, OLD);
    private final Sealer third = sealer(NEW);

    private static byte[] key(int of) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) of);
        return bytes;
    }

    private static Sealer sealer(byte[] key) {
        return new SealKeys(key).sealer(new SecureRandom());
    }

    private static Sealer sealer(byte[] key, byte[] also) {
        return new SealKeys(key, Optional.of(also)).sealer(new SecureRandom());
    }

    /** Services are restarted one at a time, so in each step some are a step behind. */
    @Test
    void inEachStepEverybodyReadsEverybody() {
        for (List<Sealer> step : List.of(List.of(first, second), List.of(second, third))) {
            for (Sealer sender : step) {
                for (Sealer reader : step) {
                    assertThat(reader.open(call, sender.seal(call, PLAIN))).isEqualTo(PLAIN);
                }
            }
        }
        assertThat(first.open(call, before.seal(call, PLAIN))).isEqualTo(PLAIN);
        assertThat(before.open(call, before.seal(call, PLAIN))).isEqualTo(PLAIN);
    }

    @Test
    void whatWasSealedBeforeIsOpenedAfterTheChange() {
        assertThat(second.open(call, before.seal(call, PLAIN))).isEqualTo(PLAIN);
        assertThat(second.open(call, first.seal(call, PLAIN))).isEqualTo(PLAIN);
        assertThatThrownBy(() -> third.open(call, before.seal(call, PLAIN)))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("TRUNKLINE_SEAL_KEY");
        assertThatThrownBy(() -> third.open(call, first.seal(call, PLAIN)))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining("TRUNKLINE_SEAL_KEY_ALSO");
    }

    @Test
    void aSealNamesItsKeyOnlyWhereThereAreTwo() {
        assertThat(before.seal(call, PLAIN)).matches("v1\\.[A-Za-z0-9_-]+");
        String sealed = second.seal(call, PLAIN);
        assertThat(sealed).matches("v2\\.[0-9a-f]{8}\\.[A-Za-z0-9_-]+");
        assertThat(sealed).startsWith("v2." + SealKey.of(NEW).id() + ".");
        assertThat(SealKey.of(NEW).id()).isNotEqualTo(SealKey.of(OLD).id());
    }

    @Test
    void oneThatNamesAnotherKeyThanItsOwnDoesNotOpen() {
        String sealed = second.seal(call, PLAIN).replace(SealKey.of(NEW).id(), SealKey.of(OLD).id());
        assertThatThrownBy(() -> second.open(call, sealed)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void anotherCallDoesNotOpenIt() {
        String sealed = second.seal(call, PLAIN);
        assertThatThrownBy(() -> second.open(new CallId(UUID.randomUUID()), sealed)).isInstanceOf(SealBrokenException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v2", "v2.", "v2..", "v2.00000000", "v2.00000000.", "v2.00000000.AAAA", "v3.00000000.AAAA", "v2.a.b.c"})
    void garbageDoesNotOpen(String garbage) {
        assertThatThrownBy(() -> second.open(call, garbage)).isInstanceOf(SealBrokenException.class);
        String own = "v2." + SealKey.of(NEW).id() + "." + garbage;
        assertThatThrownBy(() -> second.open(call, own)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void isReadFromSettings() {
        Optional<String> old = Optional.of(Base64.getEncoder().encodeToString(OLD));
        Optional<String> changed = Optional.of(Base64.getEncoder().encodeToString(NEW));
        Sealer read = SealKeys.parse(changed, old).sealer(new SecureRandom());
        assertThat(read.open(call, before.seal(call, PLAIN))).isEqualTo(PLAIN);
        assertThat(SealKeys.parse(old, Optional.of(" ")).sealer(new SecureRandom()).seal(call, PLAIN)).startsWith("v1.");
        assertThatThrownBy(() -> SealKeys.parse(Optional.empty(), old))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("TRUNKLINE_SEAL_KEY").hasMessageContaining("openssl");
        assertThatThrownBy(() -> SealKeys.parse(old, Optional.of("c2hvcnQ=")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other seal key")
                .hasMessageNotContaining("c2hvcnQ");
    }
}
