package dev.trunkline.sip.message;

import static dev.trunkline.sip.message.Messages.SOUND;
import static dev.trunkline.sip.message.Messages.outcome;
import static dev.trunkline.sip.message.Messages.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each limit: a message exactly at the limit is accepted, one that exceeds it by one is not. */
class MessageLimitsTest {

    private static String uri(int octets) {
        return SOUND.replace("INVITE sip:+3225550100@edge.example", "INVITE sip:" + "a".repeat(octets - 6) + "@b");
    }

    @Test
    void aRequestUri() {
        assertThat(outcome(uri(MessageLimits.REQUEST_URI))).isEqualTo("taken");
        assertThat(outcome(uri(MessageLimits.REQUEST_URI + 1)))
                .isEqualTo("414 the Request-URI is longer than 2048 octets");
    }

    @Test
    void headerFields() {
        int others = 8;
        assertThat(outcome(with("Max-Forwards", "Max-Forwards: 70" + "\r\nX: y".repeat(MessageLimits.HEADER_FIELDS - others))))
                .isEqualTo("taken");
        assertThat(outcome(with("Max-Forwards", "Max-Forwards: 70" + "\r\nX: y".repeat(MessageLimits.HEADER_FIELDS - others + 1))))
                .isEqualTo("513 the message has more than 1024 header fields");
    }

    @Test
    void aHeaderField() {
        assertThat(outcome(with("Max-Forwards", "X: " + "y".repeat(MessageLimits.HEADER_FIELD - 3)))).isEqualTo("taken");
        assertThat(outcome(with("Max-Forwards", "X: " + "y".repeat(MessageLimits.HEADER_FIELD - 2))))
                .isEqualTo("513 a header field is longer than 8192 octets");
        assertThat(outcome(with("Max-Forwards", "X: " + "\r\n " + "y".repeat(MessageLimits.HEADER_FIELD - 2))))
                .isEqualTo("513 a header field is longer than 8192 octets");
    }

    @Test
    void foldedLines() {
        assertThat(outcome(with("Max-Forwards", "X: y" + "\r\n z".repeat(MessageLimits.FOLDED_LINES)))).isEqualTo("taken");
        assertThat(outcome(with("Max-Forwards", "X: y" + "\r\n z".repeat(MessageLimits.FOLDED_LINES + 1))))
                .isEqualTo("400 a header field has more than 64 lines");
    }

    @Test
    void vias() {
        assertThat(outcome(with("Via", "Via: a" + ", SIP/2.0/UDP a".repeat(MessageLimits.VIAS)).replace("Via: a, ", "Via: ")))
                .isEqualTo("taken");
        assertThat(outcome(with("Via", "Via: SIP/2.0/UDP a" + ", SIP/2.0/UDP a".repeat(MessageLimits.VIAS))))
                .isEqualTo("400 there are more than 100 Via values");
        assertThat(outcome(with("Via", "Via: SIP/2.0/UDP a" + "\r\nVia: SIP/2.0/UDP a".repeat(MessageLimits.VIAS))))
                .isEqualTo("400 there are more than 100 Via values");
    }

    @Test
    void routes() {
        for (String name : List.of("Route", "Record-Route")) {
            assertThat(outcome(with("Max-Forwards", name + ": <sip:a;lr>" + ", <sip:a;lr>".repeat(MessageLimits.ROUTES - 1))))
                    .isEqualTo("taken");
            assertThat(outcome(with("Max-Forwards", name + ": <sip:a;lr>" + ", <sip:a;lr>".repeat(MessageLimits.ROUTES))))
                    .isEqualTo("400 there are more than 100 " + name + " values");
        }
    }

    @Test
    void recordRoutesOfAResponse() {
        String many = "Record-Route: <sip:a;lr>" + ", <sip:a;lr>".repeat(MessageLimits.ROUTES - 1);
        assertThat(outcome(with(Messages.ANSWER, "Contact", many))).isEqualTo("taken");
        assertThat(outcome(with(Messages.ANSWER, "Contact", many + "\r\nRecord-Route: <sip:b>"))).isEqualTo("ignored");
    }

    @Test
    void contacts() {
        assertThat(outcome(with("Contact", "m: <sip:a@b>" + ",<sip:a@b>".repeat(MessageLimits.VALUES - 1)))).isEqualTo("taken");
        assertThat(outcome(with("Contact", "m: <sip:a@b>" + ",<sip:a@b>".repeat(MessageLimits.VALUES))))
                .isEqualTo("400 Contact is not an address");
    }

    @Test
    void parameters() {
        assertThat(outcome(with("From", "f: <sip:a@b>" + ";x=y".repeat(MessageLimits.PARAMETERS)))).isEqualTo("taken");
        assertThat(outcome(with("From", "f: <sip:a@b>" + ";x=y".repeat(MessageLimits.PARAMETERS + 1))))
                .isEqualTo("400 From is not an address");
        assertThat(outcome(with("Via", "v: SIP/2.0/UDP a" + ";x".repeat(MessageLimits.PARAMETERS)))).isEqualTo("taken");
        assertThat(outcome(with("Via", "v: SIP/2.0/UDP a" + ";x".repeat(MessageLimits.PARAMETERS + 1))))
                .isEqualTo("400 Via is damaged");
    }

    @Test
    void aWholeMessage() {
        String head = with("Content-Length", "X: y").replace("\r\n\r\nv=", "\r\n\r\n");
        int rest = MessageLimits.MESSAGE - head.length();
        assertThat(outcome(head + "x".repeat(rest))).isEqualTo("taken");
        assertThat(outcome(head + "x".repeat(rest + 1))).isEqualTo("513 the message is larger than 65535 octets");
        // The result is the same if the header section alone is too large but the headers to echo are not.
        String wide = SOUND.replace("\r\n\r\nv=", ("\r\nX: " + "y".repeat(8000)).repeat(9) + "\r\n\r\nv=");
        assertThat(outcome(wide)).isEqualTo("513 the message is larger than 65535 octets");
    }

    @Test
    void whatIsBehindTheMessageDoesNotCount() {
        assertThat(outcome(SOUND + "x".repeat(70_000))).isEqualTo("taken");
    }

    @Test
    void aViaThatIsTooLongIsNotEchoed() {
        assertThat(outcome(with("Via", "Via: SIP/2.0/UDP a;x=" + "y".repeat(9000)))).isEqualTo("ignored");
    }

    @Test
    void valuesAndParametersOfOtherHeadersAreCut() {
        SipRequest many = Messages.request(with("Max-Forwards", "P-Asserted-Identity: <sip:a@b>" + ",<sip:a@b>".repeat(300)
                + "\r\nDiversion: <sip:a@b>" + ";x".repeat(65) + ", <sip:c@d>"));
        assertThat(NameAddr.all(many.headers().values("P-Asserted-Identity"))).hasSize(MessageLimits.VALUES);
        assertThat(many.headers().list("P-Asserted-Identity")).hasSize(MessageLimits.VALUES);
        assertThat(NameAddr.all(many.headers().values("Diversion"))).extracting(NameAddr::user).containsExactly("c");
    }
}
