package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScreeningTest {
    private static final TimerPolicy TIMERS = new TimerPolicy(1800, 90);

    private static SipRequest invite(String uri, Map<String, List<String>> headers, String type, String body) {
        return Requests.invite(uri, Requests.from("a", "b", ""), headers, List.of(), type, body);
    }

    private static Optional<Integer> status(SipRequest invite) {
        return Screening.ofInvite(invite, TIMERS).map(OutgoingResponse::status);
    }

    @ParameterizedTest
    @CsvSource({"sip:a@b", "sips:a@b", "tel:+32", "SIP:a@b"})
    void takesKnownSchemes(String uri) {
        assertThat(status(invite(uri, Map.of(), "application/sdp", "v=0"))).isEmpty();
    }

    @Test
    void refusesOthers() {
        assertThat(status(invite("http://x", Map.of(), "", ""))).contains(416);
        assertThat(status(invite("sip:a@b", Map.of("max-forwards", List.of("0")), "", ""))).contains(483);
        assertThat(status(invite("sip:a@b", Map.of(), "text/plain", "hello"))).contains(415);
        assertThat(status(invite("sip:a@b", Map.of("content-encoding", List.of("gzip")), "application/sdp", "x")))
                .contains(415);
    }

    @Test
    void saysWhichExtensionsItLacks() {
        OutgoingResponse reply = Screening.ofInvite(invite("sip:a@b", Map.of("require", List.of("precondition, timer")), "", ""), TIMERS)
                .orElseThrow();
        assertThat(reply.status()).isEqualTo(420);
        assertThat(reply.headers()).contains(new SipHeader("Unsupported", "precondition"));
    }

    @Test
    void refusesTooShortASessionOfThoseWhoUnderstandIt() {
        var headers = Map.of("supported", List.of("timer"), "session-expires", List.of("60"));
        OutgoingResponse reply = Screening.ofInvite(invite("sip:a@b", headers, "", ""), TIMERS).orElseThrow();
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.headers()).contains(new SipHeader("Min-SE", "90"));
        assertThat(status(invite("sip:a@b", Map.of("session-expires", List.of("60")), "", ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=0o=- 1 1 IN IP4 192.0.2.1s=-m=audio 4000 RTP/AVP 0", "hello", "=", "x=1\r\n"})
    void aDescriptionWithoutALineThatCanBeReadIsNoQuestionForOurs(String body) {
        assertThat(status(invite("sip:a@b", Map.of(), "application/sdp", body))).contains(400);
    }

    @Test
    void anInviteWithoutABodyIsAnotherMatter() {
        assertThat(status(invite("sip:a@b", Map.of(), "", ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"application/isup;handling=optional|0", "application/isup|415", "text/plain|415",
        "multipart/mixed;boundary=y|415", "application/sdp|0"})
    void aBodyOfSeveralPartsIsJudgedByThem(String second, int status) {
        String[] typed = second.split(";handling=");
        String body = "--x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--x\r\nContent-Type: " + typed[0] + "\r\n"
                + (typed.length > 1 ? "Content-Disposition: signal;handling=" + typed[1] + "\r\n" : "")
                + "\r\n--y\r\n\r\nhello\r\n--y--\r\n--x--";
        assertThat(status(invite("sip:a@b", Map.of(), "multipart/mixed;boundary=x", body)).orElse(0)).isEqualTo(status);
        assertThat(status(invite("sip:a@b", Map.of(), "multipart/mixed;boundary=z", body))).contains(400);
    }
}
