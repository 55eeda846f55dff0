package dev.trunkline.sip.register;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterAnswerTest {
    private static RegisterAnswer answer(int status, String... headers) {
        String text = "SIP/2.0 " + status + " x\r\nVia: SIP/2.0/UDP Edge.example:5060;branch=z9hG4bK1;rport=5060\r\n"
                + "From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: c\r\nCSeq: 1 REGISTER\r\n"
                + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList()) + "Content-Length: 0\r\n\r\n";
        var source = new PacketSource(InetAddress.getLoopbackAddress(), 5060, SipTransportKind.UDP);
        Parsed parsed = MessageParser.parse(text.getBytes(StandardCharsets.UTF_8), source);
        return RegisterAnswer.of(((Parsed.Response) parsed).response(), Duration.ofSeconds(300), "us");
    }

    private static Duration granted(String... headers) {
        return ((RegisterAnswer.Accepted) answer(200, headers)).granted();
    }

    @Test
    void ofSeveralBindingsOursCounts() {
        assertThat(granted("Contact: <sip:us@phone.example>;expires=10, <sip:us@edge.example:5060>;expires=60", "Expires: 7"))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(granted("Contact: <sip:them@edge.example:5060>;expires=10", "Contact: <sip:us@edge.example:5060;ob>;q=1;expires=61"))
                .isEqualTo(Duration.ofSeconds(61));
    }

    @Test
    void aBindingThatTheRegistrarRewroteIsOursIfItIsTheOnlyOne() {
        assertThat(granted("Contact: <sip:us@203.0.113.9:40000>;expires=50")).isEqualTo(Duration.ofSeconds(50));
        assertThat(granted("Contact: <sip:us@203.0.113.9:40000>;expires=50, <sip:x@y>;expires=40", "Expires: 30"))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void withoutAWordItIsWhatWasAskedFor() {
        assertThat(granted()).isEqualTo(Duration.ofSeconds(300));
        assertThat(granted("Contact: <sip:us@edge.example:5060>")).isEqualTo(Duration.ofSeconds(300));
        assertThat(granted("Contact: <sip:us@edge.example:5060>;expires=soon", "Expires: later")).isEqualTo(Duration.ofSeconds(300));
        assertThat(granted("Contact: <sip:us@edge.example:5060>;expires=0")).isEqualTo(Duration.ZERO);
    }

    @Test
    void noMoreThanADayIsBelieved() {
        assertThat(granted("Expires: 9999999999")).isEqualTo(Duration.ofDays(1));
        assertThat(granted("Expires: 99999999999999999999999")).isEqualTo(Duration.ofDays(1));
        assertThat(answer(423, "Min-Expires: 4294967295")).isEqualTo(new RegisterAnswer.TooBrief(423, Duration.ofDays(1)));
    }

    @Test
    void theServiceRouteIsKeptInItsOrder() {
        assertThat(((RegisterAnswer.Accepted) answer(200, "Service-Route: <sip:one;lr>, <sip:two;lr>", "Service-Route: nonsense",
                "Service-Route: <sip:three;lr>")).serviceRoute()).containsExactly("<sip:one;lr>", "<sip:two;lr>", "<sip:three;lr>");
    }

    @Test
    void tooBriefNeedsAMinimum() {
        assertThat(answer(423, "Min-Expires: 120")).isEqualTo(new RegisterAnswer.TooBrief(423, Duration.ofSeconds(120)));
        assertThat(answer(423)).isEqualTo(new RegisterAnswer.Failed(423, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"403, forbids", "404, does not know the user", "405, not a registrar", "501, not a registrar"})
    void whatWillBeRefusedAgainIsSaidInWords(int status, String words) {
        assertThat(answer(status)).isInstanceOfSatisfying(RegisterAnswer.Refused.class, refused -> assertThat(refused.why()).contains(words));
    }

    @Test
    void theRestMayGoWellAnotherTime() {
        assertThat(answer(503, "Retry-After: 18000;duration=3600 (I am busy)"))
                .isEqualTo(new RegisterAnswer.Failed(503, Optional.of(Duration.ofHours(5))));
        assertThat(answer(302)).isEqualTo(new RegisterAnswer.Failed(302, Optional.empty()));
        assertThat(answer(600)).isEqualTo(new RegisterAnswer.Failed(600, Optional.empty()));
    }
}
