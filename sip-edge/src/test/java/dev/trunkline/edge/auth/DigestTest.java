package dev.trunkline.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.auth.DigestVerdict.Challenge;
import dev.trunkline.edge.auth.DigestVerdict.Malformed;
import dev.trunkline.edge.auth.DigestVerdict.Right;
import dev.trunkline.edge.auth.DigestVerdict.Why;
import dev.trunkline.edge.auth.DigestVerdict.Wrong;
import dev.trunkline.events.privacy.TrunkUser;
import dev.trunkline.sip.auth.Account;
import dev.trunkline.sip.auth.DigestAlgorithm;
import dev.trunkline.sip.auth.DigestClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server and client against each other, each against the RFCs' own figures. */
class DigestTest {
    private static final String URI = "sip:+3225550100@edge.example:5060";
    private static final TrunkUser ANNA = user("anna", "trunkline", "secret");
    private static final Wrong WRONG = new Wrong(List.of(ANNA), true);

    private final ManualClock clock = new ManualClock();
    private final DigestServer server = new DigestServer(
            new Nonces(new byte[32], new SecureRandom()::nextBytes, clock, Duration.ofSeconds(60)),
            new NonceCounts(1_000),
            new WrongAnswers(clock, 3, Duration.ofSeconds(1), Duration.ofMinutes(5), 1_000),
                new Guesses(clock, 20, Duration.ofSeconds(1), Duration.ofMinutes(5), 1_000),
            clock);
    private final AtomicInteger cnonces = new AtomicInteger();

    private static TrunkUser user(String name, String realm, String password) {
        return new TrunkUser(name, realm, Optional.of(DigestAlgorithm.MD5.ha1(name, realm, password)),
                Optional.of(DigestAlgorithm.SHA_256.ha1(name, realm, password)));
    }

    private DigestClient client(String name, String password) {
        return new DigestClient(new Account(name, password, Optional.empty()),
                () -> "cnonce" + cnonces.incrementAndGet());
    }

    private List<String> challenges(TrunkUser... users) {
        return server.challenges(List.of(users), "peer", false);
    }

    private DigestVerdict judge(String authorization, TrunkUser... users) {
        return judge("INVITE", URI, "peer", authorization, users);
    }

    private DigestVerdict judge(String method, String uri, String scope, String authorization, TrunkUser... users) {
        return server.judge(new DigestServer.Question(method, uri, scope, "192.0.2.1", List.of(authorization)), List.of(users));
    }

    private String answer(DigestClient client, List<String> challenges) {
        return client.answer(challenges, "INVITE", URI, false).orElseThrow();
    }

    @Test
    void challengesWithTheStrongerAlgorithmFirst() {
        List<String> challenges = challenges(ANNA);
        assertThat(challenges).hasSize(2);
        assertThat(challenges.getFirst())
                .matches("Digest realm=\"trunkline\", nonce=\"[A-Za-z0-9_-]{43}\", qop=\"auth\", algorithm=SHA-256");
        assertThat(challenges.getLast()).endsWith("algorithm=MD5").doesNotContain("stale");
        assertThat(server.challenges(List.of(ANNA), "peer", true)).allMatch(each -> each.endsWith(", stale=true"));
    }

    @Test
    void challengesOnlyWithWhatSomebodyCanAnswer() {
        var old = new TrunkUser("old", "a", Optional.of("0".repeat(32)), Optional.empty());
        var young = new TrunkUser("young", "b", Optional.empty(), Optional.of("0".repeat(64)));
        assertThat(challenges(young, old)).satisfiesExactly(
                first -> assertThat(first).contains("realm=\"a\"").endsWith("MD5"),
                second -> assertThat(second).contains("realm=\"b\"").endsWith("SHA-256"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void takesARightAnswerInEitherAlgorithm(int which) {
        String answer = answer(client("anna", "secret"), List.of(challenges(ANNA).get(which)));
        assertThat(answer).contains("algorithm=" + (which == 0 ? "SHA-256" : "MD5"));
        assertThat(judge(answer, ANNA)).isEqualTo(new Right(List.of(ANNA)));
    }

    @Test
    void theClientPrefersSha256WhateverTheOrder() {
        assertThat(answer(client("anna", "secret"), challenges(ANNA).reversed())).contains("algorithm=SHA-256");
    }

    @Test
    void credentialsThatAreMissingOrForOthersAreAskedFor() {
        assertThat(server.judge(new DigestServer.Question("INVITE", URI, "peer", "192.0.2.1", List.of()), List.of(ANNA)))
                .isEqualTo(new Challenge(Why.MISSING));
        for (String other : List.of("", "Basic YTpi", "Digest garbage", "Digest realm=\"other\", username=\"anna\"")) {
            assertThat(judge(other, ANNA)).as(other).isEqualTo(new Challenge(Why.MISSING));
        }
    }

    @Test
    void findsItsRealmAmongSeveral() {
        String right = answer(client("anna", "secret"), challenges(ANNA));
        var question = new DigestServer.Question("INVITE", URI, "peer", "192.0.2.1",
                List.of("Digest realm=\"proxy.example\", username=\"x\"", right));
        assertThat(server.judge(question, List.of(ANNA))).isInstanceOf(Right.class);
    }

    @Test
    void aRightPasswordDirectlyAfterAWrongOneIsTaken() {
        for (int slips = 1; slips <= 3; slips++) {
            for (int i = 0; i < slips; i++) {
                assertThat(judge(answer(client("anna", "guess"), challenges(ANNA)), ANNA)).isEqualTo(WRONG);
            }
            assertThat(judge(answer(client("anna", "secret"), challenges(ANNA)), ANNA)).as("after %d", slips).isInstanceOf(Right.class);
        }
    }

    /** A hundred sources do nothing but guess for an hour; few of their answers may be checked. */
    @Test
    void whoeverGuessesAsFastAsPossibleIsLookedAtSeldom() {
        int judged = 0;
        for (int second = 0; second < 3_600; second++) {
            for (int guess = 0; guess < 10; guess++) {
                String source = "192.0.2." + (second * 10 + guess) % 100;
                List<String> challenges = server.challenges(List.of(ANNA), "peer", false);
                var question = new DigestServer.Question("INVITE", URI, "peer", source,
                        List.of(answer(client("anna", "guess"), challenges)));
                judged += server.judge(question, List.of(ANNA)).equals(WRONG) ? 1 : 0;
            }
            clock.pass(Duration.ofSeconds(1));
        }
        // 20 guesses are free, then one is checked after 1, 2, 4, ... 256 s, then one every 300 s.
        assertThat(judged).isBetween(20 + 9, 20 + 9 + 11);
    }

    @Test
    void afterAFewAWrongPasswordMustWait() {
        List<String> challenges = challenges(ANNA);
        for (int i = 0; i < 4; i++) {
            assertThat(judge(answer(client("anna", "guess"), challenges), ANNA)).isEqualTo(WRONG);
        }
        assertThat(judge(answer(client("anna", "secret"), challenges), ANNA))
                .as("not looked at for a second").isEqualTo(new Wrong(List.of(ANNA), false));
        clock.pass(Duration.ofSeconds(1));
        assertThat(judge(answer(client("anna", "secret"), challenges), ANNA)).isInstanceOf(Right.class);
    }

    @Test
    void guessedNamesWaitTogether() {
        List<String> challenges = challenges(ANNA);
        for (int i = 0; i < 4; i++) {
            assertThat(judge(answer(client("guess" + i, "x"), challenges), ANNA)).isEqualTo(new Wrong(List.of(), true));
        }
        assertThat(judge(answer(client("guess4", "x"), challenges), ANNA)).isEqualTo(new Wrong(List.of(), false));
        assertThat(judge(answer(client("anna", "secret"), challenges), ANNA)).as("who is there").isInstanceOf(Right.class);
    }

    @Test
    void aReplayIsAskedAgain() {
        String answer = answer(client("anna", "secret"), challenges(ANNA));
        assertThat(judge(answer, ANNA)).isInstanceOf(Right.class);
        assertThat(judge(answer, ANNA)).isEqualTo(new Challenge(Why.REPLAYED));
    }

    @Test
    void theCountGoesUpByAnyStepAndNeverDown() {
        DigestClient client = client("anna", "secret");
        List<String> challenges = challenges(ANNA);
        String first = answer(client, challenges);
        String second = answer(client, challenges);
        String third = answer(client, challenges);
        assertThat(first).contains("nc=00000001");
        assertThat(third).contains("nc=00000003");
        assertThat(judge(first, ANNA)).isInstanceOf(Right.class);
        assertThat(judge(third, ANNA)).isInstanceOf(Right.class);
        assertThat(judge(second, ANNA)).isEqualTo(new Challenge(Why.REPLAYED));
    }

    @Test
    void aReplayWithAnotherCountIsWrong() {
        String answer = answer(client("anna", "secret"), challenges(ANNA));
        assertThat(judge(answer, ANNA)).isInstanceOf(Right.class);
        assertThat(judge(answer.replace("nc=00000001", "nc=00000002"), ANNA)).isEqualTo(WRONG);
    }

    @Test
    void anOldNonceIsStale() {
        String answer = answer(client("anna", "secret"), challenges(ANNA));
        clock.pass(Duration.ofSeconds(60));
        assertThat(judge(answer, ANNA)).isEqualTo(new Challenge(Why.STALE));
    }

    @Test
    void aNonceOfSomebodyElseIsStale() {
        String answer = answer(client("anna", "secret"), challenges(ANNA));
        assertThat(judge("INVITE", URI, "another peer", answer, ANNA)).isEqualTo(new Challenge(Why.STALE));
    }

    @Test
    void anInventedNonceIsStaleAndCountsAgainstNobody() {
        String invented = "Digest realm=\"trunkline\", nonce=\"deadbeef\", qop=\"auth\", algorithm=SHA-256";
        for (int i = 0; i < 10; i++) {
            assertThat(judge(answer(client("anna", "guess"), List.of(invented)), ANNA)).isEqualTo(new Challenge(Why.STALE));
        }
        assertThat(judge(answer(client("anna", "secret"), challenges(ANNA)), ANNA)).isInstanceOf(Right.class);
    }

    @Test
    void anAnswerOfAnotherMethodIsWrong() {
        String answer = client("anna", "secret").answer(challenges(ANNA), "OPTIONS", URI, false).orElseThrow();
        assertThat(judge(answer, ANNA)).isEqualTo(WRONG);
    }

    @ParameterizedTest
    @CsvSource({
        "sip:+3225550100@edge.example:5060, true", "sip:+3225550100@EDGE.example, true",
        "sip:+3225550100@edge.example;transport=udp, true", "<sip:+3225550100@edge.example>, true",
        "sip:edge.example, true", "sip:edge.example:5060;transport=udp, true", "sip:other.example, false",
        "sip:+3225550199@edge.example, false", "sip:+3225550100@other.example, false",
        "sip:+3225550100@edge.example:5070, false", "sips:+3225550100@edge.example, false", "/dir/index.html, false",
    })
    void theUriIsTheRequests(String uri, boolean same) {
        String answer = client("anna", "secret").answer(challenges(ANNA), "INVITE", uri, false).orElseThrow();
        assertThat(judge(answer, ANNA)).isInstanceOf(same ? Right.class : Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "username=\"[^\"]*\", ", ", nonce=\"[^\"]*\"", ", uri=\"[^\"]*\"", ", response=\"[^\"]*\"", ", cnonce=\"[^\"]*\"",
        ", nc=[0-9]*", ", qop=auth",
    })
    void whatLacksSomethingIsMalformed(String part) {
        String answer = answer(client("anna", "secret"), challenges(ANNA));
        String lacking = answer.replaceFirst(part, "");
        assertThat(lacking).isNotEqualTo(answer);
        assertThat(judge(lacking, ANNA)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({"qop=auth, qop=auth-int", "algorithm=SHA-256, algorithm=SHA-256-sess", "nc=00000001, nc=1",
        "nc=00000001, nc=0000000g"})
    void whatWasNotAskedForIsMalformed(String part, String other) {
        String answer = answer(client("anna", "secret"), challenges(ANNA));
        assertThat(judge(answer.replace(part, other), ANNA)).isInstanceOf(Malformed.class);
    }

    @Test
    void anAlgorithmOfWhichThereIsNoDigestIsWrong() {
        var modern = new TrunkUser("anna", "trunkline", Optional.empty(), ANNA.ha1Sha256());
        String md5 = answer(client("anna", "secret"), List.of(challenges(ANNA).getLast()));
        assertThat(judge(md5, modern)).isEqualTo(new Wrong(List.of(modern), true));
    }

    @Test
    void namesMayBeAwkward() {
        TrunkUser awkward = user("an \u00e9tage, \"3\"\\", "trunkline", "p:a\"ss");
        String answer = answer(client("an \u00e9tage, \"3\"\\", "p:a\"ss"), challenges(awkward));
        assertThat(judge(answer, awkward)).isEqualTo(new Right(List.of(awkward)));
    }

    @Test
    void usersOfTwoTrunksMayHaveTheSameName() {
        TrunkUser other = user("anna", "trunkline", "other");
        assertThat(judge(answer(client("anna", "other"), challenges(ANNA, other)), ANNA, other))
                .isEqualTo(new Right(List.of(other)));
        assertThat(judge(answer(client("anna", "secret"), challenges(ANNA, ANNA)), ANNA, ANNA))
                .isEqualTo(new Right(List.of(ANNA, ANNA)));
    }

    @Test
    void theClientDoesNotTryARefusedPasswordAgain() {
        DigestClient client = client("anna", "guess");
        assertThat(client.answer(challenges(ANNA), "INVITE", URI, true)).isEmpty();
        assertThat(client.answer(server.challenges(List.of(ANNA), "peer", true), "INVITE", URI, true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "Basic realm=\"a\"", "Digest realm=\"a\"", "Digest nonce=\"n\"", "Digest realm=\"a\", nonce=\"n\", algorithm=SHA-512-256",
        "Digest realm=\"a\", nonce=\"n\", qop=\"auth-int\"", "Digest realm=\"a\", nonce=\"n\", algorithm=MD5-sess",
    })
    void theClientPassesOverWhatItCannotAnswer(String challenge) {
        assertThat(client("anna", "secret").answer(List.of(challenge), "INVITE", URI, false)).isEmpty();
        assertThat(client("anna", "secret").answer(
                List.of(challenge, "Digest realm=\"a\", nonce=\"n\", qop=\"auth-int,auth\""), "INVITE", URI, false)).isPresent();
    }

    @Test
    void theClientAnswersItsRealmOnly() {
        var client = new DigestClient(new Account("anna", "secret", Optional.of("b")), () -> "c");
        List<String> challenges = List.of("Digest realm=\"a\", nonce=\"n\", algorithm=SHA-256", "Digest realm=\"b\", nonce=\"m\"");
        assertThat(client.answer(challenges, "INVITE", URI, false).orElseThrow()).contains("realm=\"b\"", "nonce=\"m\"");
        assertThat(client.answer(challenges.subList(0, 1), "INVITE", URI, false)).isEmpty();
    }

    /** RFC 7616 section 3.9.1, whose challenges have the order of preference of RFC 8760. */
    @ParameterizedTest
    @CsvSource({
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
    })
    void answersTheExampleOfRfc7616(String algorithm, String response) {
        var client = new DigestClient(
                new Account("Mufasa", "Circle of Life", Optional.empty()),
                () -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        String challenge = "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=" + algorithm
                + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
                + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
        assertThat(client.answer(List.of(challenge), "GET", "/dir/index.html", false)).contains(
                "Digest username=\"Mufasa\", realm=\"http-auth@example.org\","
                        + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\", algorithm=" + algorithm
                        + ", qop=auth, nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", response=\""
                        + response + "\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"");
    }

    /** RFC 2617 section 3.5, and RFC 2069 with the figures of its erratum 749. */
    @Test
    void answersTheExamplesOfOlderRfcs() {
        var client = new DigestClient(
                new Account("Mufasa", "Circle Of Life", Optional.empty()), () -> "0a4f113b");
        String challenge = "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"";
        assertThat(client.answer(List.of(challenge + ", qop=\"auth,auth-int\""), "GET", "/dir/index.html", false).orElseThrow())
                .contains("response=\"6629fae49393a05397450978507c4ef1\"");
        var older = new DigestClient(new Account("Mufasa", "CircleOfLife", Optional.empty()), () -> "");
        assertThat(older.answer(List.of(challenge), "GET", "/dir/index.html", false).orElseThrow())
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"").doesNotContain("qop");
    }
}
