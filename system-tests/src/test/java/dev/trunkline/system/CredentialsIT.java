package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.hostile.RawSip;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A trunk whose calls must authenticate, from the operator's file to SIPp's answer to the challenge. */
@ExtendWith(SuiteExtension.class)
class CredentialsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ADDRESS = "127.0.0.9";
    private static final String CALLER = "+32470810099";
    /** The digest of sipp:trunkline:s3cret. SIPp 3.6 knows MD5 alone, and gives up if another algorithm is offered first. */
    private static final String DIRECTORY = """
            trunks:
              - name: login
                addresses: ["127.0.0.9"]
                country: BE
                users: [{username: sipp, ha1_md5: "%s"}]
            rules:
              - name: login
                organisation: demo
                trunks: [login]
                numbers: ["+3225550101"]
                type: individual
                room_prefix: login
                agents: [{name: demo, metadata: {scenario: echo}}]
                answer_policy: immediate
                patience_seconds: 20
            """;
    private static final String HA1 = "8a4742cf82d5552f809896b0fd3da232";

    private final SuiteUnderTest suite;

    CredentialsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aCallNeedsTheCredentialsOfItsTrunk() throws Exception {
        suite.apply(DIRECTORY.formatted(HA1));
        suite.awaitTrunkAt(ADDRESS);
        int before = suite.events().to(Numbers.IMMEDIATE).size();

        suite.sipp().run("digest", Numbers.IMMEDIATE, 1, "-i", ADDRESS, "-au", "sipp", "-ap", "s3cret");

        List<CallLog> calls = suite.events().to(Numbers.IMMEDIATE);
        assertThat(calls).as("the challenge was no call").hasSize(before + 1);
        CallEnded ended = calls.getLast().assertEnded(EndReason.CALLER_HUNG_UP);
        assertThat(ended.answered()).isTrue();
    }

    @Test
    void aRightPasswordDirectlyAfterAWrongOneIsTaken() throws Exception {
        suite.apply(DIRECTORY.formatted(HA1));
        suite.awaitTrunkAt(ADDRESS);
        try (RawSip phone = RawSip.open(ADDRESS, suite.edge())) {
            String challenge = refused(phone, phone.invite(Numbers.UNKNOWN, CALLER), 401);
            refused(phone, answering(phone, challenge, "0".repeat(32)), 403);
            String again = refused(phone, phone.invite(Numbers.UNKNOWN, CALLER), 401);
            // A caller with the right password is told that nobody has the number.
            refused(phone, answering(phone, again, HA1), 404);
        }
    }

    private static String refused(RawSip phone, String invite, int status) throws IOException {
        phone.send(invite);
        String answer = phone.finalResponse(invite, PATIENCE).orElseThrow(() -> new AssertionError("no answer to " + invite));
        assertThat(RawSip.status(answer)).as(answer).isEqualTo(status);
        phone.send(phone.ack(invite, answer));
        return answer;
    }

    /** Answers by RFC 2617 with MD5; there may be other challenges for other algorithms. */
    private static String answering(RawSip phone, String challenge, String ha1) {
        String header = challenge.lines().filter(line -> line.contains("Digest") && line.contains("MD5")).findFirst().orElseThrow();
        String nonce = parameter(header, "nonce");
        String invite = phone.invite(Numbers.UNKNOWN, CALLER);
        String uri = invite.substring("INVITE ".length(), invite.indexOf(" SIP/2.0"));
        String response = md5(ha1 + ":" + nonce + ":00000001:c:auth:" + md5("INVITE:" + uri));
        String authorization = "Authorization: Digest username=\"sipp\", realm=\"" + parameter(header, "realm") + "\", nonce=\"" + nonce
                + "\", uri=\"" + uri + "\", qop=auth, nc=00000001, cnonce=\"c\", algorithm=MD5, response=\"" + response + "\"\r\n";
        return invite.replace("Max-Forwards: 70\r\n", "Max-Forwards: 70\r\n" + authorization);
    }

    private static String parameter(String header, String name) {
        return header.replaceFirst(".*\\b" + name + "=\"([^\"]*)\".*", "$1");
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
