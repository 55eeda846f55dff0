package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.SuiteKeys;
import dev.trunkline.relay.sdp.CryptoLine;
import dev.trunkline.relay.sdp.CryptoSuite;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallCryptoTest {
    private static final CallId CALL = new CallId(new UUID(0, 3));
    private static final Sealer SEALER =
            new Sealer(SuiteKeys.parse("seal", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="), new SecureRandom());

    private final CallCrypto crypto = new CallCrypto(SEALER, CALL, new Random(1));

    private static Optional<CryptoLine> line(CryptoSuite suite, int seed) {
        byte[] key = new byte[30];
        new Random(seed).nextBytes(key);
        String sealed = SEALER.seal(CALL, Base64.getEncoder().encodeToString(key).getBytes(StandardCharsets.US_ASCII));
        return Optional.of(new CryptoLine(1, suite, sealed));
    }

    @Test
    void theKeyOfOurOfferIsTheOneThatIsSpokenOnceItIsTaken() {
        var offered = crypto.offersFirst();
        assertThat(crypto.offersFirst()).isEqualTo(offered);
        assertThat(crypto.session()).isEmpty();
        crypto.agree(line(CryptoSuite.AES_CM_128_HMAC_SHA1_80, 7));
        assertThat(crypto.sealedOwnKey()).contains(offered.sealed());
        assertThat(crypto.offered()).contains(offered);
    }

    @Test
    void anotherKeyOfTheOtherSideLeavesOurs() {
        var offered = crypto.offersFirst();
        crypto.agree(line(CryptoSuite.AES_CM_128_HMAC_SHA1_80, 7));
        var early = crypto.session().orElseThrow();
        crypto.agree(line(CryptoSuite.AES_CM_128_HMAC_SHA1_80, 7));
        assertThat(crypto.session()).containsSame(early);
        crypto.agree(line(CryptoSuite.AES_CM_128_HMAC_SHA1_80, 8));
        assertThat(crypto.session().orElseThrow()).isNotSameAs(early);
        assertThat(crypto.sealedOwnKey()).contains(offered.sealed());
    }

    @Test
    void whatWasSpokenOnceGoesOnWithItsCountersAndNeverBeginsAnewUnderItsKey() {
        crypto.agree(line(CryptoSuite.AES_CM_128_HMAC_SHA1_80, 7));
        var session = crypto.session().orElseThrow();
        crypto.agree(Optional.empty());
        assertThat(crypto.session()).isEmpty();
        assertThat(crypto.offered()).isEmpty();
        crypto.agree(line(CryptoSuite.AES_CM_128_HMAC_SHA1_80, 7));
        assertThat(crypto.session()).containsSame(session);
    }

    @Test
    void anotherSuiteHasAnotherKeyOfOurs() {
        var offered = crypto.offersFirst();
        crypto.agree(line(CryptoSuite.AES_CM_128_HMAC_SHA1_80, 7));
        crypto.agree(line(CryptoSuite.AES_CM_128_HMAC_SHA1_32, 7));
        String other = crypto.sealedOwnKey().orElseThrow();
        crypto.agree(line(CryptoSuite.AES_CM_128_HMAC_SHA1_80, 7));
        assertThat(crypto.sealedOwnKey().orElseThrow()).isNotEqualTo(offered.sealed()).isNotEqualTo(other);
    }
}
