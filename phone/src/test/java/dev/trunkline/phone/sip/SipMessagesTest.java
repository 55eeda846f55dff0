package dev.trunkline.phone.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipMessagesTest {

    private static SipMessage parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return SipParser.parse(bytes, bytes.length);
    }

    @Test
    void readsARequestInCompactFormAndFolded() {
        SipRequest request = (SipRequest) parse("\r\nINVITE sip:1@h SIP/2.0\r\nv: SIP/2.0/UDP a;branch=z9hG4bK1,\r\n SIP/2.0/UDP b;branch=z9hG4bK2\r\n"
                + "f: <sip:2@h>;tag=x\r\nTO :  <sip:1@h>\r\ni: id\r\nCSeq: 7\tINVITE\r\nl: 3\r\n\r\nabcd");

        assertThat(request.method()).isEqualTo("INVITE");
        assertThat(request.uri()).isEqualTo("sip:1@h");
        assertThat(request.headers().elements("Via")).containsExactly("SIP/2.0/UDP a;branch=z9hG4bK1", "SIP/2.0/UDP b;branch=z9hG4bK2");
        assertThat(request.branch()).isEqualTo("z9hG4bK1");
        assertThat(request.headers().first("to")).contains("<sip:1@h>");
        assertThat(request.callId()).isEqualTo("id");
        assertThat(request.cseq()).isEqualTo(7);
        assertThat(request.cseqMethod()).isEqualTo("INVITE");
        assertThat(request.body()).isEqualTo("abc");
    }

    @Test
    void readsAResponseWithoutLengthOrReason() {
        SipResponse response = (SipResponse) parse("SIP/2.0 200 \nCSeq: 1 BYE\n\nrest");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.reason()).isEmpty();
        assertThat(response.body()).isEqualTo("rest");
        assertThat(response.ok()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "INVITE sip:1@h SIP/2.0\r\nCSeq: 1 INVITE\r\n",
        "INVITE sip:1@h SIP/3.0\r\n\r\n",
        "INVITE sip:1@h\r\n\r\n",
        "SIP/2.0 99 No\r\n\r\n",
        "SIP/2.0 xyz No\r\n\r\n",
        "BYE sip:1@h SIP/2.0\r\nno colon\r\n\r\n",
        "BYE sip:1@h SIP/2.0\r\n: empty\r\n\r\n",
        "BYE sip:1@h SIP/2.0\r\nContent-Length: 5\r\n\r\nabcd",
        "BYE sip:1@h SIP/2.0\r\nContent-Length: -1\r\n\r\n",
        "BYE sip:1@h SIP/2.0\r\nContent-Length: many\r\n\r\n"
    })
    void refusesWhatIsNoSip(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(SipParseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "INVITE", "one INVITE", "1 2 INVITE", "99999999999 INVITE"})
    void refusesABadSequence(String cseq) {
        SipMessage message = parse("BYE sip:1@h SIP/2.0\r\nCSeq: " + cseq + "\r\n\r\n");
        assertThatThrownBy(message::cseq).isInstanceOf(SipParseException.class);
    }

    @Test
    void writesWhatItReads() {
        SipRequest request = new SipRequest("INFO", "sip:1@h", Headers.none().with("CSeq", "2 INFO").with("Call-ID", "x"), "é");

        String text = new String(request.toBytes(), StandardCharsets.UTF_8);
        assertThat(text).isEqualTo("INFO sip:1@h SIP/2.0\r\nCSeq: 2 INFO\r\nCall-ID: x\r\nContent-Length: 2\r\n\r\né");
        assertThat(parse(text)).isEqualTo(request);
    }

    @Test
    void lendsItselfToNoInjection() {
        assertThatThrownBy(() -> new Header("X", "a\r\nVia: b")).hasMessageContaining("line break");
        assertThatThrownBy(() -> new Header("X: y", "a")).hasMessageContaining("name");
        assertThatThrownBy(() -> Headers.none().require("To")).hasMessage("no To header");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<sip:a@h>;tag=1 | sip:a@h",
        "\"A <x>, \\\" B\" <sip:a@h;lr>;tag=1 | sip:a@h;lr",
        "sip:a@h;tag=1 | sip:a@h",
        "Ann <sip:a@h> | sip:a@h"
    })
    void readsTheUriOfAnAddress(String address, String uri) {
        assertThat(SipUri.ofAddress(address)).isEqualTo(uri);
    }

    @Test
    void readsParametersOfTheHeaderOnly() {
        assertThat(SipUri.parameter("<sip:a@h;tag=no>;TAG=yes", "tag")).contains("yes");
        assertThat(SipUri.parameter("<sip:a@h;tag=no>", "tag")).isEmpty();
        assertThat(SipUri.parameter("SIP/2.0/UDP h;rport;branch=b", "rport")).contains("");
    }

    @ParameterizedTest
    @CsvSource({"sip:127.0.0.2, 127.0.0.2, 5060", "sip:u:p@127.0.0.2:5070;lr, 127.0.0.2, 5070", "sip:[::1]:5061, 0:0:0:0:0:0:0:1, 5061", "sips:u@127.0.0.3?x=y, 127.0.0.3, 5060"})
    void findsTheDestination(String uri, String host, int port) {
        InetSocketAddress destination = SipUri.destination(uri);
        assertThat(destination.getAddress().getHostAddress()).isEqualTo(host);
        assertThat(destination.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tel:+32", "sip:", "sip:h:99999", ""})
    void refusesWhatIsNoDestination(String uri) {
        assertThatThrownBy(() -> SipUri.destination(uri)).isInstanceOf(SipParseException.class);
    }

    @Test
    void makesADialogOfAnAnswer() {
        SipRequest invite = new SipRequest("INVITE", "sip:1@h", Headers.none().with("From", "<sip:2@h>;tag=a").with("Call-ID", "id").with("CSeq", "4 INVITE"), "");
        SipResponse answer = new SipResponse(200, "OK", Headers.none()
                .with("To", "<sip:1@h>;tag=b").with("Contact", "\"x, y\" <sip:1@127.0.0.1:9>;expires=1")
                .with("Record-Route", "<sip:p1;lr>,<sip:p2;lr>").with("Record-Route", "<sip:p3;lr>"), "");

        Dialog dialog = Dialog.of(invite, answer).advanced();
        assertThat(dialog).isEqualTo(new Dialog("id", "<sip:2@h>;tag=a", "<sip:1@h>;tag=b", "sip:1@127.0.0.1:9", List.of("<sip:p3;lr>", "<sip:p2;lr>", "<sip:p1;lr>"), 5));
        assertThat(dialog.remoteTag()).isEqualTo("b");
        assertThat(dialog.request("BYE", "SIP/2.0/UDP h", 5, List.of(), "").headers().all("Route")).containsExactly("<sip:p3;lr>", "<sip:p2;lr>", "<sip:p1;lr>");
        assertThat(dialog.refreshedBy(new SipResponse(200, "OK", Headers.none().with("Contact", "<sip:new@h>"), "")).target()).isEqualTo("sip:new@h");
    }
}
