package dev.trunkline.edge.sip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.sip.HostPort;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestChecksTest {
    private static final String SOUND = """
            INVITE sip:+3225550100@edge.example SIP/2.0\r
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport, SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bK0\r
            Max-Forwards: 70\r
            From: "Anna \\"A\\" <x>, B" <sip:+32475112233@pbx.example;user=phone>;tag=1\r
            To: <sip:+3225550100@edge.example>\r
            Call-ID: a@b\r
            CSeq: 7 INVITE\r
            Contact: <sip:anna@[2001:db8::1]:5062;ob>;+sip.instance="<urn:uuid:0>";expires=60\r
            Content-Length: 2\r
            \r
            v=""";

    private static Optional<Flaw> flaw(String text) {
        return RequestChecks.of(WireMessage.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Optional<Flaw> with(String field, String line) {
        return flaw(SOUND.replaceFirst("(?m)^" + field + ": .*\r\n", java.util.regex.Matcher.quoteReplacement(line)));
    }

    @Test
    void aSoundRequestIsSound() {
        assertThat(flaw(SOUND)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sip:a@b;tag=1", "tel:+32475112233;tag=1", "Anna <sip:a@b>;tag=1", "J\u00c3\u00bcrgen (Sales) <sip:a@b>;tag=1",
        "<sip:+32;phone-context=be@b>;tag=1", "\"\" <sip:a@b>", "<sip:anonymous@anonymous.invalid>;tag=x;y=\"z;w\""})
    void whoCallsMayBeWrittenInManyWays(String from) {
        assertThat(with("From", "From: " + from + "\r\n")).isEmpty();
        assertThat(with("From", "f :\r\n " + from + "\r\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "x", "sip:", "\"Anna <sip:a@b>", "Bell, Anna <sip:a@b>", "< sip:a@b >", "<sip:a@b", "<sip:a@b>;;tag=1", "<<sip:a@b>>",
        "<sip:a@b>\r\nFrom: <sip:a@b>", "sip:a@b?x=y", "<sip:a@b>;=1"})
    void butNotInAnyWay(String from) {
        assertThat(with("From", "From: " + from + "\r\n")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSeq: 7 BYE", "CSeq: x INVITE", "CSeq: 2147483648 INVITE", "CSeq: -1 INVITE", "CSeq: 7",
        "CSeq: 7 INVITE\r\nCSeq: 7 INVITE", "X: y"})
    void aSequenceNumberMustBeThereAndFit(String line) {
        assertThat(with("CSeq", line + "\r\n")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via: SIP/2.0/UDP a;;b", "Via: SIP/2.0 a", "Via: x", "Via: SIP/2.0/UDP a b", "Via: SIP/2.0/UDP a:x", "Via: SIP/2.0/UDP a:65536",
        "Via: SIP/2.0/UDP a:0", "X: y"})
    void aDamagedViaIsRefused(String line) {
        assertThat(with("Via", line + "\r\n")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: a\nY: b", "X: a\rb", " x", "no colon", "X Y: z", "\u0001: x"})
    void aLineThatTwoMightReadDifferentlyIsRefused(String line) {
        assertThat(with("Max-Forwards", "Max-Forwards: 70\r\nX: y\r\n" + (line.startsWith(" ") ? "Y\r\n" : line + "\r\n")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "-1", "x", "99999999999", "2\r\nl: 1", "+2"})
    void aLengthMustFitTheBody(String length) {
        assertThat(with("Content-Length", "Content-Length: " + length + "\r\n")).isPresent();
    }

    @Test
    void aLongNameCostsNoTime() {
        assertThat(with("From", "From: " + "a ".repeat(50_000) + "\u0001 <sip:a@b>\r\n")).isPresent();
    }

    @Test
    void anotherVersionIsToldWhichItIs() {
        assertThat(flaw(SOUND.replaceFirst("SIP/2.0", "SIP/3.0"))).map(Flaw::status).contains(505);
        assertThat(flaw(SOUND.replaceFirst("SIP/2.0", "HTTP/1.1"))).map(Flaw::status).contains(400);
    }

    @Test
    void theAnswerEchoesWhatItNeedsAndSaysWhy() {
        WireMessage request = WireMessage.of(SOUND.replace("7 INVITE", "7 BYE").getBytes(StandardCharsets.ISO_8859_1));
        Flaw flaw = RequestChecks.of(request).orElseThrow();
        String reply = new String(
                FlawReply.to(request, flaw, new HostPort("203.0.113.5", 4711)).orElseThrow(), StandardCharsets.ISO_8859_1);
        assertThat(reply)
                .startsWith("SIP/2.0 400 Bad Request\r\n")
                .contains("branch=z9hG4bK1;rport=4711;received=203.0.113.5, SIP/2.0/TLS")
                .containsPattern("To: <sip:\\+3225550100@edge.example>;tag=\\w+\r\n")
                .contains("Call-ID: a@b\r\n", "CSeq: 7 BYE\r\n", "Warning: 399 trunkline \"CSeq names another method\"")
                .endsWith("Content-Length: 0\r\n\r\n");
        assertThat(FlawReply.to(WireMessage.of(SOUND.replace("INVITE sip", "ACK sip").getBytes(StandardCharsets.US_ASCII)),
                flaw, new HostPort("203.0.113.5", 4711))).isEmpty();
    }
}
