package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Trunk;
import dev.trunkline.sip.StreamPhone;
import dev.trunkline.sip.certificates.Authority;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Whole calls by each transport and both families of addresses, through one edge with several listeners. */
@TestInstance(Lifecycle.PER_CLASS)
class ListenersTest {
    private static final int UDP = 22540;
    private static final int TCP = 22542;
    private static final int TLS = 22544;

    private KafkaOfTests kafka;
    private PlayedSuite suite;
    private RunningEdge edge;
    private Authority authority;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        kafka = new KafkaOfTests(22530);
        suite = new PlayedSuite(kafka.address);
        suite.trunk(new Trunk("t1", "demo", List.of("127.0.0.1/32", "::1"), Optional.of("BE"), List.of()));
        authority = new Authority("Test CA");
        authority.issue("edge", Duration.ofDays(1), "127.0.0.1")
                .write(folder.resolve("chain.pem"), folder.resolve("key.pem"));
        edge = new RunningEdge(kafka.address.bootstrapServers(), "edge-l", UDP, Map.of(
                "trunkline.sip.listen", "udp:127.0.0.1:" + UDP + "=sip.example.com:5070,udp:[::1]:" + UDP
                        + ",tcp:127.0.0.1:" + TCP + ",tcp:[::1]:" + TCP + ",tls:127.0.0.1:" + TLS + "=tls.example.com",
                "trunkline.sip.advertised-networks", "::1/128=2001:db8::5",
                "trunkline.sip.tls.certificate", folder.resolve("chain.pem").toString(),
                "trunkline.sip.tls.key", folder.resolve("key.pem").toString()));
    }

    @AfterAll
    void stop() {
        edge.close();
        suite.close();
        kafka.close();
    }

    /**
     * Places a call that rings, is answered and is hung up by the suite. The BYE must use the connection on which the
     * INVITE arrived.
     */
    private String wholeCall(StreamPhone phone, String uri) throws Exception {
        String callId = "call-" + System.nanoTime();
        phone.write(phone.request("INVITE", uri, callId, "", 1, "", UdpPhone.SDP));
        Envelope invite = suite.awaitInvite(callId);
        suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
        String answer = phone.await("SIP/2.0 200");
        phone.write(phone.request("ACK", uri, callId, found(answer, "To: .*;tag=(\\S+)"), 1, "", ""));
        suite.await(invite, CallAnswered.class);
        suite.say(invite, new EndCall(invite.callId(), EndReason.ROOM_CLOSED, "media-relay", ""));
        String bye = phone.await("BYE");
        phone.write("SIP/2.0 200 OK\r\n" + bye.lines()
                .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq): .*"))
                .map(line -> line + "\r\n")
                .reduce("", String::concat) + "Content-Length: 0\r\n\r\n");
        suite.await(invite, CallEnded.class);
        return found(answer, "Contact: (.*)") + " " + found(bye, "Via: (.*?);");
    }

    private static String found(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + text);
        }
        return matcher.group(1).strip();
    }

    @Test
    void aCallByTcp() throws Exception {
        try (var phone = StreamPhone.tcp("127.0.0.1", TCP)) {
            assertThat(wholeCall(phone, "sip:+3225550100@127.0.0.1")).isEqualTo(
                    "<sip:trunkline@127.0.0.1:22542;transport=tcp> SIP/2.0/TCP 127.0.0.1:22542");
        }
    }

    @Test
    void aCallByTcpOverIpv6() throws Exception {
        try (var phone = StreamPhone.tcp("::1", TCP)) {
            assertThat(wholeCall(phone, "sip:+3225550100@[::1]:22542")).isEqualTo(
                    "<sip:trunkline@[2001:db8::5]:22542;transport=tcp> SIP/2.0/TCP [2001:db8::5]:22542");
        }
    }

    @Test
    void aCallByTls() throws Exception {
        try (var phone = StreamPhone.tls(TLS, authority, Optional.empty())) {
            assertThat(wholeCall(phone, "sip:+3225550100@127.0.0.1")).isEqualTo(
                    "<sip:trunkline@tls.example.com:22544;transport=tls> SIP/2.0/TLS tls.example.com:22544");
        }
    }

    @Test
    void aCallBySips() throws Exception {
        try (var phone = StreamPhone.tls(TLS, authority, Optional.empty())) {
            assertThat(wholeCall(phone, "sips:+3225550100@127.0.0.1")).isEqualTo(
                    "<sips:trunkline@tls.example.com:22544> SIP/2.0/TLS tls.example.com:22544");
        }
    }

    @Test
    void callsByUdpOverBothFamilies() throws Exception {
        assertThat(byUdp("127.0.0.1")).isEqualTo("<sip:trunkline@sip.example.com:5070> SIP/2.0/UDP sip.example.com:5070");
        assertThat(byUdp("::1")).isEqualTo("<sip:trunkline@[2001:db8::5]:22540> SIP/2.0/UDP [2001:db8::5]:22540");
    }

    private String byUdp(String host) throws Exception {
        try (var phone = new UdpPhone(host, host, UDP)) {
            UdpPhone.Leg leg = phone.leg().invite();
            Envelope invite = suite.awaitInvite(leg);
            suite.mediaReady(suite.admit(invite, AnswerPolicy.IMMEDIATE), 0, PlayedSuite.ANSWER);
            var answer = leg.await(200);
            leg.ack();
            suite.await(invite, CallAnswered.class);
            suite.say(invite, new EndCall(invite.callId(), EndReason.ROOM_CLOSED, "media-relay", ""));
            var bye = leg.awaitRequest("BYE");
            leg.ok(bye);
            return answer.header("Contact").orElseThrow() + " " + bye.header("Via").orElseThrow().replaceAll(";.*", "");
        }
    }

    @Test
    void keepAlivesByUdpAndStunCostNothingAndGetNothing() throws Exception {
        try (var phone = new UdpPhone("127.0.0.1", UDP)) {
            phone.send("\r\n\r\n");
            phone.send("\0");
            phone.send("\0\u0001\0\0!\u0012\u00a4B0123456789ab");
            assertThat(phone.receive(Duration.ofMillis(200))).isEmpty();
            UdpPhone.Leg leg = phone.leg();
            leg.send("OPTIONS", "", "");
            leg.await(200);
        }
    }
}
