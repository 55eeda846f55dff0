package dev.trunkline.events.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealedTrunkUsersTest {
    private static final TrunkUser ANNA =
            new TrunkUser("+32475112233", "trunkline", Optional.of("0".repeat(32)), Optional.of("1".repeat(64)));
    private static final TrunkUser BOB = new TrunkUser("bob", "example.org", Optional.empty(), Optional.of("2".repeat(64)));

    private final Sealer sealer = new Sealer(new byte[32], new SecureRandom());
    private final SealedTrunkUsers seals = new SealedTrunkUsers(sealer);

    @Test
    void opensWhatItSealed() {
        assertThat(seals.open("t1", seals.seal("t1", List.of(ANNA, BOB)))).containsExactly(ANNA, BOB);
        assertThat(seals.open("t1", seals.seal("t1", List.of()))).isEmpty();
    }

    @Test
    void saysNothingOfTheUsers() {
        assertThat(seals.seal("t1", List.of(ANNA))).doesNotContain("475112233").doesNotContain("0000");
        assertThat(ANNA.toString()).doesNotContain("475112233").doesNotContain("000");
    }

    @Test
    void anotherTrunkDoesNotOpenThem() {
        String sealed = seals.seal("t1", List.of(ANNA));
        assertThatThrownBy(() -> seals.open("t2", sealed)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void aSealOfACallIsNoneOfATrunk() {
        var call = new CallId(UUID.randomUUID());
        String sealed = sealer.seal(call, "[]".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> seals.open(call.toString(), sealed)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void whatIsNoListOfUsersIsBroken() {
        for (String plain : List.of("{}", "7", "[{\"username\":\"a\"}]", "[null]", "null")) {
            String sealed = sealer.seal("trunk/t1", plain.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> seals.open("t1", sealed)).as(plain).isInstanceOf(SealBrokenException.class);
        }
    }
}
