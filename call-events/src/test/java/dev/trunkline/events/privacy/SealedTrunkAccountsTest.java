package dev.trunkline.events.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealedTrunkAccountsTest {
    private static final TrunkAccount ANNA = new TrunkAccount(
            "+32475112233", Optional.of("correct horse"), Optional.of("carrier.example"), Optional.empty(), Optional.empty());

    private final Sealer sealer = new Sealer(new byte[32], new SecureRandom());
    private final SealedTrunkAccounts seals = new SealedTrunkAccounts(sealer);

    @Test
    void opensWhatItSealed() {
        assertThat(seals.open("t1", seals.seal("t1", ANNA))).isEqualTo(ANNA);
    }

    @Test
    void saysNothingOfTheAccount() {
        assertThat(seals.seal("t1", ANNA)).doesNotContain("475112233", "horse");
        assertThat(ANNA.toString()).doesNotContain("475112233", "horse");
    }

    @Test
    void neitherAnotherTrunkNorAnInboundOneOpensIt() {
        String sealed = seals.seal("t1", ANNA);
        assertThatThrownBy(() -> seals.open("t2", sealed)).isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> new SealedTrunkUsers(sealer).open("t1", sealed)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void whatIsNoAccountIsBroken() {
        for (String plain : List.of("[]", "7", "{}", "null", "{\"username\": null}")) {
            String sealed = sealer.seal("outbound-trunk/t1", plain.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> seals.open("t1", sealed)).as(plain).isInstanceOf(SealBrokenException.class);
        }
    }
}
