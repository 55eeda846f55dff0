package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.trunks.With;
import dev.trunkline.edge.whole.UdpPhone.Leg;
import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.TrunkUser;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the edge believes, on real sockets: credentials, strangers, quotas, host names. */
@TestInstance(Lifecycle.PER_CLASS)
class TrustTest {
    private static final int SIP = 22010;
    private static final PhoneCredentials ANNA = new PhoneCredentials("anna", "secret");
    private static final PhoneCredentials ROAMER = new PhoneCredentials("roamer", "hidden");

    private KafkaOfTests kafka;
    private PlayedSuite suite;
    private RunningEdge edge;
    private volatile String hostAddress = "127.0.0.53";

    @BeforeAll
    void start() throws Exception {
        kafka = new KafkaOfTests(22000);
        suite = new PlayedSuite(kafka.address);
        var seals = new SealedTrunkUsers(new Sealer(RunningEdge.SEAL_KEY, new SecureRandom()));
        suite.trunk(With.users(trunk("gated", "127.0.0.50/32"), seals.seal("gated", List.of(user(ANNA)))));
        suite.trunk(With.users(trunk("roaming"), seals.seal("roaming", List.of(user(ROAMER)))));
        suite.trunk(With.quota(trunk("slow", "127.0.0.51/32"), OptionalInt.of(2), OptionalInt.empty()));
        suite.trunk(With.quota(trunk("small", "127.0.0.52/32"), OptionalInt.empty(), OptionalInt.of(1)));
        suite.trunk(trunk("plain", "127.0.0.55/32"));
        suite.trunk(trunk("named", "pbx.carrier.example", "gone.carrier.example"));
        edge = new RunningEdge(kafka.address.bootstrapServers(), "edge-1", SIP,
                Map.of("trunkline.sip.t1", "0.1S", "trunkline.sip.drain", "0.2S", "trunkline.sip.host-names", "0.05S",
                        "trunkline.sip.strangers.per-source", "50", "trunkline.sip.digest.first-wait", "0.2S"),
                this::resolve);
    }

    @AfterAll
    void stop() {
        edge.close();
        suite.close();
        kafka.close();
    }

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        if (!name.equals("pbx.carrier.example")) {
            throw new UnknownHostException(name);
        }
        return List.of(InetAddress.ofLiteral(hostAddress));
    }

    private static Trunk trunk(String id, String... addresses) {
        return new Trunk(id, id, List.of(addresses), Optional.of("BE"), List.of());
    }

    private static TrunkUser user(PhoneCredentials phone) throws Exception {
        String text = phone.username() + ":trunkline:" + phone.password();
        return new TrunkUser(phone.username(), "trunkline", Optional.of(PhoneCredentials.hash("MD5", text)),
                Optional.of(PhoneCredentials.hash("SHA-256", text)));
    }

    private static UdpPhone at(String address) throws Exception {
        return new UdpPhone(address, SIP);
    }

    /** Sends an INVITE without credentials and returns the challenge. */
    private static Message challenged(Leg leg) throws Exception {
        leg.invite();
        Message refusal = leg.await(401);
        leg.ackRefusal(refusal);
        return refusal;
    }

    /** Calls and answers the challenge. @return the status of the final response */
    private static int finalStatus(UdpPhone phone, PhoneCredentials who) throws Exception {
        Leg leg = phone.leg();
        callWith(leg, answer(leg, who, challenged(leg), 0));
        Message refusal = phone.await(message -> message.status() >= 300
                && message.header("Call-ID").orElse("").equals(leg.callId)
                && message.header("CSeq").orElse("").equals(leg.cseq + " INVITE"), "a refusal");
        leg.ackRefusal(refusal);
        return refusal.status();
    }

    private static String answer(Leg leg, PhoneCredentials who, Message refusal, int which) throws Exception {
        return who.authorization(PhoneCredentials.challenges(refusal).get(which), "INVITE", leg.remoteTarget, 1);
    }

    /** Sends the INVITE again with an answer to the challenge. */
    private static void callWith(Leg leg, String authorization) throws Exception {
        leg.cseq++;
        leg.invite(authorization, UdpPhone.SDP);
    }

    private Envelope admittedCall(Leg leg, PhoneCredentials who) throws Exception {
        callWith(leg, answer(leg, who, challenged(leg), 0));
        Envelope invite = suite.awaitInvite(leg);
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        leg.await(200);
        leg.ack();
        return invite;
    }

    private static boolean silent(UdpPhone phone) throws Exception {
        return phone.receive(Duration.ofMillis(300)).isEmpty();
    }

    @Test
    void challengesWithSha256AndThenMd5() throws Exception {
        try (UdpPhone phone = at("127.0.0.50")) {
            Message refusal = challenged(phone.leg());
            assertThat(PhoneCredentials.challenges(refusal)).satisfiesExactly(
                    first -> assertThat(first).startsWith("Digest realm=\"trunkline\"").contains("qop=\"auth\"", "algorithm=SHA-256"),
                    second -> assertThat(second).contains("qop=\"auth\"", "algorithm=MD5"));
            assertThat(refusal.header("Reason")).contains("SIP;cause=401;text=\"credentials-missing\"");
            assertThat(refusal.tag("To")).isPresent();
            assertThat(silent(phone)).as("said once: whose address it is may not have asked").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void takesTheCallOfWhoAnswersRight(int which) throws Exception {
        try (UdpPhone phone = at("127.0.0.50")) {
            Leg leg = phone.leg();
            callWith(leg, answer(leg, ANNA, challenged(leg), which));
            leg.await(100);
            Envelope invite = suite.awaitInvite(leg);
            assertThat(((InviteReceived) invite.record()).trunk().id()).isEqualTo("gated");
            leg.cancel();
            leg.await(487);
            suite.await(invite, CallEnded.class);
            assertThat(suite.raw).noneMatch(record -> record.contains("secret") || record.contains("anna"));
        }
    }

    @Test
    void refusesAReplayAndAnOldCount() throws Exception {
        try (UdpPhone phone = at("127.0.0.50")) {
            Leg leg = phone.leg();
            String answer = answer(leg, ANNA, challenged(leg), 0);
            callWith(leg, answer);
            Envelope invite = suite.awaitInvite(leg);
            Leg replay = phone.leg();
            replay.invite(answer, UdpPhone.SDP);
            Message again = replay.await(401);
            assertThat(PhoneCredentials.challenges(again)).allMatch(challenge -> challenge.contains("stale=true"));
            assertThat(edge.count("trunkline_edge_credentials", "outcome", "replayed")).isPositive();
            leg.cancel();
            leg.await(487);
            suite.await(invite, CallEnded.class);
        }
    }

    @Test
    void refusesAWrongPasswordAndTellsTheSuite() throws Exception {
        try (UdpPhone phone = at("127.0.0.50")) {
            Leg leg = phone.leg();
            callWith(leg, answer(leg, new PhoneCredentials("anna", "guess"), challenged(leg), 0));
            Message refusal = leg.await(403);
            leg.ackRefusal(refusal);
            assertThat(refusal.header("Reason")).contains("SIP;cause=403;text=\"credentials-wrong\"");
            Envelope said = suite.await(envelope -> envelope.record() instanceof CallRejected rejected
                    && rejected.reason() == RefusalReason.CREDENTIALS_WRONG && rejected.trunk().id().equals("gated"), "the refusal");
            assertThat(((CallRejected) said.record()).called()).isEqualTo("+3225550100");
            // The wait doubles with each wrong answer, so even a slow machine eventually sees a right answer rejected without a
            // check.
            int right = 0;
            for (int i = 0; i < 8 && right != 403; i++) {
                assertThat(finalStatus(phone, new PhoneCredentials("anna", "guess"))).isEqualTo(403);
                right = i < 2 ? 0 : finalStatus(phone, ANNA);
            }
            assertThat(right).as("status of a right answer directly after wrong ones").isEqualTo(403);
            assertThat(edge.count("trunkline_edge_credentials", "outcome", "throttled")).isPositive();
            Instant end = Instant.now().plusSeconds(60);
            while (right == 403 && Instant.now().isBefore(end)) {
                Thread.sleep(50);
                right = finalStatus(phone, ANNA);
            }
            // The credentials were accepted; the 503 is there because nobody decides the call in this test.
            assertThat(right).as("status of a right answer after the wait").isEqualTo(503);
        }
    }

    @Test
    void anAnswerForAnotherNumberIsABadRequest() throws Exception {
        try (UdpPhone phone = at("127.0.0.50")) {
            Leg leg = phone.leg();
            Message refusal = challenged(leg);
            callWith(leg, ANNA.authorization(
                    PhoneCredentials.challenges(refusal).getFirst(), "INVITE", "sip:+3225559999@127.0.0.1", 1));
            assertThat(leg.await(400).header("Reason").orElse("")).contains("another Request-URI");
        }
    }

    @Test
    void aRoamingTrunkCallsFromAnywhere() throws Exception {
        try (UdpPhone phone = at("127.0.0.60"); UdpPhone elsewhere = at("127.0.0.61")) {
            Leg leg = phone.leg();
            Envelope invite = admittedCall(leg, ROAMER);
            assertThat(((InviteReceived) invite.record()).trunk().id()).isEqualTo("roaming");
            leg.send("INFO", "", "");
            leg.await(200);
            // Another sender that knows the dialog must authenticate.
            elsewhere.send(leg.request("BYE", leg.cseq + 1, "z9hG4bK-foreign" + leg.number, "", ""));
            elsewhere.await(message -> message.status() == 401, "a 401");
            leg.send("BYE", "", "");
            leg.await(200);
            suite.await(invite, CallEnded.class);
        }
    }

    @Test
    void anotherTrunkCannotTouchACall() throws Exception {
        try (UdpPhone phone = at("127.0.0.55"); UdpPhone thief = at("127.0.0.51")) {
            Leg leg = phone.leg().invite();
            Envelope invite = suite.awaitInvite(leg);
            Envelope admitted = suite.admit(invite, AnswerPolicy.IMMEDIATE);
            leg.await(180);
            thief.send(leg.request("CANCEL", leg.cseq, leg.branch(), "", ""));
            thief.await(message -> message.status() == 403, "403 to its CANCEL");
            suite.mediaReady(admitted, 0, PlayedSuite.ANSWER);
            leg.await(200);
            // The edge must not take this for the caller's ACK.
            thief.send(leg.request("ACK", leg.cseq, "z9hG4bK-ack" + leg.number, "", ""));
            leg.await(200);
            leg.ack();
            int cseq = leg.cseq + 5;
            for (String method : List.of("BYE", "INVITE", "UPDATE", "INFO", "PRACK")) {
                thief.send(leg.request(method, cseq, "z9hG4bK-" + method + leg.number, "", ""));
                thief.await(message -> message.status() == 403 && message.header("CSeq").orElse("").endsWith(method),
                        "403 to its " + method);
                assertThat(edge.count("trunkline_edge_foreign_requests", "method", method)).isPositive();
            }
            assertThat(edge.count("trunkline_edge_foreign_requests", "method", "ACK")).isEqualTo(1);
            leg.send("BYE", "", "");
            phone.await(message -> message.status() == 200 && message.header("CSeq").orElse("").endsWith("BYE"), "200 to the BYE");
            assertThat(((CallEnded) suite.await(invite, CallEnded.class).record()).reason())
                    .isEqualTo(dev.trunkline.events.EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    void strangersHearLittle() throws Exception {
        try (UdpPhone phone = at("127.0.0.62")) {
            phone.leg().send("OPTIONS", "", "");
            phone.await(message -> message.status() == 401, "a 401");
            phone.leg().send("REGISTER", "", "");
            phone.await(message -> message.status() == 405, "a 405");
            phone.leg().send("SUBSCRIBE", "", "");
            phone.leg().send("OPTIONS", "User-Agent: friendly-scanner\r\n", "");
            phone.leg().invite("User-Agent: SIPVicious 0.3\r\n", UdpPhone.SDP);
            Leg nobody = phone.leg();
            nobody.toTag = "made-up";
            nobody.send("BYE", "", "");
            assertThat(silent(phone)).isTrue();
            assertThat(edge.count("trunkline_edge_dropped_packets", "reason", "scanner")).isGreaterThanOrEqualTo(2);
            assertThat(edge.count("trunkline_edge_dropped_packets", "reason", "strangers-method")).isPositive();
            for (int i = 0; i < 300; i++) {
                phone.leg().send("REGISTER", "", "");
            }
            Thread.sleep(300);
            assertThat(edge.count("trunkline_edge_dropped_packets", "reason", "strangers-rate")).isPositive();
        }
    }

    @Test
    void aGuessOfAStrangerFillsNoTopic() throws Exception {
        try (UdpPhone phone = at("127.0.0.63")) {
            Leg leg = phone.leg();
            int before = suite.raw.size();
            callWith(leg, answer(leg, new PhoneCredentials("guess", "guess"), challenged(leg), 0));
            leg.ackRefusal(leg.await(403));
            Thread.sleep(300);
            assertThat(suite.raw.subList(before, suite.raw.size())).noneMatch(record -> record.contains("credentials-wrong"));
        }
    }

    @Test
    void strangersByTcpAreChallengedToo() throws Exception {
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress("127.0.0.64", 0));
            socket.connect(new InetSocketAddress("127.0.0.1", SIP), 5_000);
            socket.setSoTimeout(10_000);
            String options = "OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.64:" + socket.getLocalPort()
                    + ";branch=z9hG4bK-tcp%d\r\nMax-Forwards: 70\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: tcp\r\n"
                    + "CSeq: 1 OPTIONS\r\nUser-Agent: %s\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(options.formatted(1, "sipvicious").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(options.formatted(2, "PBX").getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[4_096];
            int length = socket.getInputStream().read(buffer);
            String answer = new String(buffer, 0, length, StandardCharsets.UTF_8);
            assertThat(answer).startsWith("SIP/2.0 401").contains("z9hG4bK-tcp2").doesNotContain("z9hG4bK-tcp1");
        }
    }

    @Test
    void whatTheTrunkVerifiedGoesToTheRoom() throws Exception {
        try (UdpPhone phone = at("127.0.0.55")) {
            Leg leg = phone.leg().invite("Identity: eyJhbGciOiJFUzI1NiJ9.e30.c2ln;info=<https://cert.example/a.pem>;ppt=shaken\r\n"
                    + "P-Asserted-Identity: <sip:+32475112233;verstat=TN-Validation-Passed@carrier.example;user=phone>\r\n"
                    + "P-Attestation-Indicator: A\r\nVerstat: forged\r\nAuthorization: Digest realm=\"a\", username=\"b\"\r\n",
                    UdpPhone.SDP);
            Envelope envelope = suite.awaitInvite(leg);
            var invite = (InviteReceived) envelope.record();
            CallerSecrets secrets = new SealedCallers(new Sealer(RunningEdge.SEAL_KEY, new SecureRandom()))
                    .open(invite.callId(), invite.sealed());
            assertThat(secrets.number()).isEqualTo("+32475112233");
            assertThat(secrets.headers())
                    .containsEntry("verstat", "TN-Validation-Passed")
                    .containsEntry("p-attestation-indicator", "A")
                    .containsEntry("identity", "eyJhbGciOiJFUzI1NiJ9.e30.c2ln;info=<https://cert.example/a.pem>;ppt=shaken")
                    .doesNotContainKey("authorization");
            leg.cancel();
            leg.await(487);
        }
    }

    @Test
    void aTrunkOverItsRateIsRefused() throws Exception {
        try (UdpPhone phone = at("127.0.0.51")) {
            List<Leg> legs = List.of(phone.leg(), phone.leg(), phone.leg(), phone.leg(), phone.leg());
            for (Leg leg : legs) {
                leg.invite();
            }
            Message refusal = phone.await(message -> message.status() == 503, "a 503");
            assertThat(refusal.header("Reason")).contains("SIP;cause=503;text=\"trunk-quota\"");
            assertThat(refusal.header("Retry-After")).contains("1");
            assertThat(edge.count("trunkline_edge_quota_refusals", "trunk", "slow", "quota", "invites-per-second")).isPositive();
        }
    }

    @Test
    void aTrunkHasSoManyCallsThatRing() throws Exception {
        try (UdpPhone phone = at("127.0.0.52")) {
            Leg first = phone.leg().invite();
            suite.admit(suite.awaitInvite(first), AnswerPolicy.ON_AGENT);
            first.await(180);
            Leg second = phone.leg().invite();
            assertThat(second.await(503).header("Reason")).contains("SIP;cause=503;text=\"trunk-quota\"");
            first.cancel();
            first.await(487);
            Leg third = phone.leg().invite();
            Envelope invite = suite.awaitInvite(third);
            suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
            third.await(200);
            third.ack();
            Leg fourth = phone.leg().invite();
            fourth.await(100);
            suite.awaitInvite(fourth);
            fourth.cancel();
            third.send("BYE", "", "");
            third.await(200);
        }
    }

    @Test
    void aTrunkIsWhereItsNameIs() throws Exception {
        assertThat(edge.edge.unresolved()).containsExactly("gone.carrier.example");
        try (UdpPhone here = at("127.0.0.53"); UdpPhone moved = at("127.0.0.54")) {
            here.leg().send("OPTIONS", "", "");
            here.await(message -> message.status() == 200, "a 200");
            moved.leg().send("OPTIONS", "", "");
            moved.await(message -> message.status() == 401, "a stranger's 401");
            hostAddress = "127.0.0.54";
            Optional<Message> answer = Optional.empty();
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() < end && answer.filter(message -> message.status() == 200).isEmpty()) {
                Thread.sleep(20);
                moved.leg().send("OPTIONS", "", "");
                answer = moved.receive(Duration.ofMillis(200));
            }
            assertThat(answer.map(Message::status)).contains(200);
        }
    }
}
