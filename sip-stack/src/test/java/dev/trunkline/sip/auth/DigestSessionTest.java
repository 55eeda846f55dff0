package dev.trunkline.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.sip.auth.DigestSession.Outcome;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DigestSessionTest {
    private static final String URI = "sip:carrier.example";
    private static final String A = "Digest realm=\"a\", nonce=\"n1\", qop=\"auth\"";

    private final AtomicInteger cnonces = new AtomicInteger();
    private final DigestSession session = session(new Account("anna", "secret", Optional.empty()));

    private DigestSession session(Account account) {
        return new DigestSession(new DigestClient(account, () -> "c" + cnonces.incrementAndGet()));
    }

    private DigestSession.Exchange exchange() {
        return session.exchange("REGISTER", URI);
    }

    private static SipHeaders asking(String... challenges) {
        return SipHeaders.of(Map.of("www-authenticate", List.of(challenges)));
    }

    private static SipHeaders proxyAsking(String... challenges) {
        return SipHeaders.of(Map.of("proxy-authenticate", List.of(challenges)));
    }

    private static String only(List<SipHeader> headers) {
        assertThat(headers).hasSize(1);
        return headers.getFirst().value();
    }

    @Test
    void theFirstRequestCarriesNothingAndTheNextOnesTheAnswer() {
        DigestSession.Exchange first = exchange();
        assertThat(first.headers()).isEmpty();
        assertThat(first.challenged(401, asking(A))).isEqualTo(new Outcome.Again());
        assertThat(only(first.headers())).contains("realm=\"a\"", "nonce=\"n1\"", "nc=00000001", "cnonce=\"c1\"", "algorithm=MD5");
        assertThat(only(exchange().headers())).contains("nonce=\"n1\"", "nc=00000002");
    }

    @Test
    void ofSeveralAlgorithmsTheStrongestIsAnsweredInWhateverOrderTheyCome() {
        DigestSession.Exchange exchange = exchange();
        exchange.challenged(401, asking(
                "Digest realm=\"a\", nonce=\"md5\", qop=\"auth\", algorithm=MD5",
                "Digest realm=\"a\", nonce=\"sha\", qop=\"auth\", algorithm=SHA-256"));
        assertThat(only(exchange.headers())).contains("nonce=\"sha\"", "algorithm=SHA-256");
    }

    @Test
    void aServerAndAProxyAreBothAnswered() {
        DigestSession.Exchange exchange = exchange();
        exchange.challenged(407, proxyAsking("Digest realm=\"proxy\", nonce=\"p\", qop=\"auth\""));
        assertThat(exchange.headers()).singleElement().extracting(SipHeader::name).isEqualTo("Proxy-Authorization");
        assertThat(exchange.challenged(401, asking(A))).isEqualTo(new Outcome.Again());
        assertThat(exchange.headers()).extracting(SipHeader::name)
                .containsExactlyInAnyOrder("Proxy-Authorization", "Authorization");
    }

    @Test
    void twoProxiesOfOneResponseAreBothAnswered() {
        DigestSession.Exchange exchange = exchange();
        exchange.challenged(407, proxyAsking("Digest realm=\"one\", nonce=\"1\"", "Digest realm=\"two\", nonce=\"2\""));
        assertThat(exchange.headers()).extracting(SipHeader::value).satisfiesExactlyInAnyOrder(
                one -> assertThat(one).contains("realm=\"one\"").doesNotContain("qop"),
                two -> assertThat(two).contains("realm=\"two\""));
    }

    @Test
    void aRefusedPasswordIsNotTriedAgainNorInTheNextRequest() {
        DigestSession.Exchange exchange = exchange();
        exchange.challenged(401, asking(A));
        assertThat(exchange.challenged(401, asking("Digest realm=\"a\", nonce=\"n2\", qop=\"auth\"")))
                .isEqualTo(new Outcome.GivenUp("user name or password are wrong"));
        assertThat(exchange().headers()).isEmpty();
    }

    @Test
    void aNonceThatGrewOldIsAnsweredAnew() {
        DigestSession.Exchange exchange = exchange();
        exchange.challenged(401, asking(A));
        assertThat(exchange.challenged(401, asking("Digest realm=\"a\", nonce=\"n2\", qop=\"auth\", stale=TRUE")))
                .isEqualTo(new Outcome.Again());
        assertThat(only(exchange.headers())).contains("nonce=\"n2\"", "nc=00000001");
    }

    /** Many registrars send a new nonce without stale if the nonce has expired since the last request. */
    @Test
    void aNonceOfARequestBeforeMayGrowOldWithoutAWord() {
        exchange().challenged(401, asking(A));
        DigestSession.Exchange next = exchange();
        assertThat(only(next.headers())).contains("nonce=\"n1\"");
        assertThat(next.challenged(401, asking("Digest realm=\"a\", nonce=\"n2\", qop=\"auth\""))).isEqualTo(new Outcome.Again());
        assertThat(next.challenged(401, asking("Digest realm=\"a\", nonce=\"n3\", qop=\"auth\""))).isInstanceOf(Outcome.GivenUp.class);
    }

    @Test
    void whoSaysStaleForEverIsGivenUp() {
        DigestSession.Exchange exchange = exchange();
        Outcome outcome = new Outcome.Again();
        int rounds = 0;
        while (outcome instanceof Outcome.Again) {
            outcome = exchange.challenged(401, asking("Digest realm=\"a\", nonce=\"n" + rounds + "\", stale=true"));
            rounds++;
        }
        assertThat(rounds).isEqualTo(5);
        assertThat(outcome).isEqualTo(new Outcome.GivenUp("it keeps asking for credentials"));
    }

    @Test
    void theNextNonceThatWasNamedIsUsed() {
        DigestSession.Exchange exchange = exchange();
        exchange.challenged(401, asking(A));
        exchange.answered(SipHeaders.of(Map.of("authentication-info", List.of("nextnonce=\"n9\", qop=auth, rspauth=\"00\""))));
        assertThat(only(exchange().headers())).contains("nonce=\"n9\"", "nc=00000001");
        exchange.answered(SipHeaders.of(Map.of("authentication-info", List.of("nextnonce", "x=\"", "nextnonce=\"\""))));
        assertThat(only(exchange().headers())).as("what cannot be read is passed over").contains("nonce=\"n9\"");
    }

    @Test
    void whatCannotBeAnsweredIsSaidInWords() {
        assertThat(exchange().challenged(401, asking())).isEqualTo(
                new Outcome.GivenUp("it asks for credentials without saying which"));
        assertThat(exchange().challenged(401, asking("Basic realm=\"a\""))).isEqualTo(new Outcome.GivenUp(
                "it asks for credentials in an unsupported way; Digest with MD5 or SHA-256 is supported"));
        assertThat(exchange().challenged(403, asking(A))).isInstanceOf(Outcome.GivenUp.class);
    }

    @Test
    void digestsAnswerTheirRealmAndTheirAlgorithmAlone() {
        var digests = session(new Account("anna", Optional.empty(),
                Map.of(DigestAlgorithm.MD5, DigestAlgorithm.MD5.ha1("anna", "a", "secret")), Optional.of("a")));
        DigestSession.Exchange exchange = digests.exchange("REGISTER", URI);
        assertThat(exchange.challenged(401, asking("Digest realm=\"b\", nonce=\"n\""))).isEqualTo(new Outcome.GivenUp(
                "it asks for a realm or an algorithm for which the account has no credentials"));
        assertThat(exchange.challenged(401, asking("Digest realm=\"a\", nonce=\"n\", algorithm=SHA-256"))).isInstanceOf(Outcome.GivenUp.class);
        assertThat(exchange.challenged(401, asking(
                "Digest realm=\"a\", nonce=\"n\", algorithm=SHA-256", "Digest realm=\"a\", nonce=\"m\""))).isEqualTo(new Outcome.Again());
        cnonces.set(0);
        String byDigest = only(exchange.headers());
        session.exchange("REGISTER", URI).challenged(401, asking("Digest realm=\"a\", nonce=\"m\""));
        cnonces.set(0);
        assertThat(byDigest).isEqualTo(only(exchange().headers()));
    }

    @Test
    void anAccountSaysNothingOfItself() {
        assertThat(new Account("anna", "secret", Optional.of("a")).toString()).doesNotContain("anna", "secret");
        assertThatThrownBy(() -> new Account("anna", Optional.empty(), Map.of(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Account("anna", Optional.empty(), Map.of(DigestAlgorithm.MD5, "0"), Optional.empty()))
                .hasMessageContaining("realm");
    }
}
