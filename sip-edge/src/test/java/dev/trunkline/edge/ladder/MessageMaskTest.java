package dev.trunkline.edge.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageMaskTest {
    private static final String INVITE = """
            INVITE sip:+3225550100@203.0.113.7;user=phone SIP/2.0
            Via: SIP/2.0/UDP 198.51.100.4:5060;branch=z9hG4bK-32470123456-1;rport
            From: "Ann O\\"Hara" <sip:+32470123456@pbx.example;user=phone>;tag=a1
            To: Front Desk <sip:+3225550100@203.0.113.7>
            Call-ID: 0470123456-77@pbx
            CSeq: 1 INVITE
            Contact: <sip:ann.ohara:secret@198.51.100.4>
            P-Asserted-Identity: "Ann" <sip:+32470123456@pbx.example>,
              <tel:+32470123456;phone-context=pbx.example>
            Authorization: Digest username="ann", response="0badc0de"
            X-Account: customer-4711
            Subject: about my divorce
            User-Agent: pbx/1.0
            Content-Type: application/sdp
            Content-Length: 300

            v=0
            o=ann 1 1 IN IP4 198.51.100.4
            s=Call of Ann
            i=private
            c=IN IP4 198.51.100.4
            t=0 0
            m=audio 4000 RTP/SAVP 8 101
            a=rtpmap:8 PCMA/8000
            a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj
            a=ice-pwd:verysecretpassword
            """.replace("\n", "\r\n");

    private static MessageMask.Masked masked(String text, int most, List<String> known) {
        return MessageMask.of(text.getBytes(StandardCharsets.UTF_8), most, known);
    }

    @Test
    void nothingIsLeftOfWhoCallsNorOfWhatIsSecret() {
        String text = masked(INVITE, 10_000, List.of()).text();
        assertThat(text).doesNotContain("32470123456", "470123456", "Ann", "ann", "Hara", "secret", "0badc0de", "4711", "divorce", "private", "d0Rmdmc", "+3225550100");
    }

    @Test
    void whatSaysHowTheCallWentIsLeft() {
        String text = masked(INVITE, 10_000, List.of()).text();
        assertThat(text).startsWith("INVITE sip:xxxxxxx100@203.0.113.7;user=phone SIP/2.0\r\n").contains(
                "From: \"…\" <sip:xxxxxxxx456@pbx.example;user=phone>;tag=a1\r\n", "To: … <sip:xxxxxxx100@203.0.113.7>\r\n", "CSeq: 1 INVITE\r\n",
                "Contact: <sip:…@198.51.100.4>\r\n", "Authorization: …\r\n", "X-Account: …\r\n", "User-Agent: pbx/1.0\r\n",
                "<tel:xxxxxxxx456;phone-context=pbx.example>", "o=- 1 1 IN IP4 198.51.100.4\r\n", "a=rtpmap:8 PCMA/8000\r\n", "a=crypto:…\r\n",
                "m=audio 4000 RTP/SAVP 8 101\r\n", "branch=z9hG4bK-");
    }

    @Test
    void aNumberOfTheCallIsMaskedInItsOtherMessagesToo() {
        MessageMask.Masked first = masked(INVITE, 10_000, List.of());
        String bye = "BYE sip:x@pbx SIP/2.0\r\nFrom: <sip:pbx.example>;tag=a1\r\nCall-ID: 0470123456-77@pbx\r\nReason: Q.850;text=\"+32470123456 left\"\r\n\r\n";
        assertThat(masked(bye, 10_000, first.numbers()).text()).doesNotContain("470123456").contains("Reason: Q.850");
    }

    @Test
    void whatIsTooLongIsCut() {
        MessageMask.Masked cut = masked(INVITE, 200, List.of());
        assertThat(cut.cut()).isTrue();
        assertThat(cut.text().length()).isLessThan(260);
        assertThat(masked(INVITE, 10_000, List.of()).cut()).isFalse();
    }

    @Test
    void anotherBodyIsItsLengthAndItsType() {
        assertThat(masked("INFO sip:a SIP/2.0\r\nContent-Type: application/dtmf-relay\r\n\r\nSignal=5\r\n", 10_000, List.of()).text())
                .doesNotContain("Signal").contains("application/dtmf-relay");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sip:pbx.example|sip:pbx.example",
        "<sip:anonymous@anonymous.invalid>;tag=1|<sip:anonymous@anonymous.invalid>;tag=1",
        "<SIP:+1-212-555-0199@pbx>|<SIP:xxxxxxxx199@pbx>",
        "<sip:bob@pbx?Replaces=abc%3Bto-tag%3D1>|<sip:…@pbx?…>",
        "Bob Jones <sip:bob@pbx>, Ann <sips:ann@pbx>|… <sip:…@pbx>, … <sips:…@pbx>",
        "tel:+32470123456|tel:xxxxxxxx456",
        "\"open quote <sip:bob@pbx>|\"…\"",
    })
    void addressesLoseWhoTheyAreOf(String address, String masked) {
        assertThat(AddressMask.of(address)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n\r\n", "SIP/2.0 200", "INVITE", "x\r\n :\r\n", "\"", "<", "sip:", "A: <sip:@>\r\n\r\n"})
    void damagedOnesAreMaskedAllTheSame(String text) {
        assertThat(masked(text, 100, List.of()).text()).endsWith("\r\n");
    }
}
