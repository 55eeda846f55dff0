package dev.trunkline.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PendingTest {
    @Test
    void theChallengeIsThatOfTheStandard() {
        // RFC 7636, appendix B.
        assertThat(new Pending("s", "n", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "/").challenge())
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    @Test
    void whatACookieSaysIsReadAgainAndNothingElse() {
        Pending pending = Pending.of(new SecureRandom(), "/history?outcome=refused");
        assertThat(Pending.parse(pending.text())).contains(pending);
        for (String other : new String[] {"", "a.b.c", "a.b.c.%", "..." + pending.text(), "a.b..Lw"}) {
            assertThat(Pending.parse(other)).as(other).isEmpty();
        }
    }

    @Test
    void nobodyIsSentElsewhereAfterSigningIn() {
        assertThat(Pending.page("/calls/1?x=%2B1")).isEqualTo("/calls/1?x=%2B1");
        for (String elsewhere : new String[] {"", "//evil.example", "https://evil.example", "/\\evil.example", "/ evil", "/\r\nSet-Cookie: a=b", "live",
            "/" + "x".repeat(2_000)}) {
            assertThat(Pending.page(elsewhere)).as(elsewhere).isEqualTo("/");
        }
    }
}
