package dev.trunkline.sip.message;

import static dev.trunkline.sip.message.Messages.ANSWER;
import static dev.trunkline.sip.message.Messages.SOUND;
import static dev.trunkline.sip.message.Messages.outcome;
import static dev.trunkline.sip.message.Messages.request;
import static dev.trunkline.sip.message.Messages.response;
import static dev.trunkline.sip.message.Messages.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.torture.TortureMessages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading of an accepted message. */
class MessageReadingTest {

    @Test
    void aRequestSaysWhatItSays() {
        SipRequest invite = request(SOUND);
        assertThat(invite.method()).isSameAs(SipRequest.INVITE);
        assertThat(invite.requestUri()).isEqualTo("sip:+3225550100@edge.example");
        assertThat(invite.requestUser()).isEqualTo("+3225550100");
        assertThat(invite.callId()).isEqualTo("a@b");
        assertThat(invite.cseq()).isEqualTo(7);
        assertThat(invite.from()).isEqualTo(new Party("sip:+32475112233@pbx.example;user=phone", "+32475112233", "pbx.example",
                Optional.of("Anna \"A\" <x>, B"), Optional.of("1")));
        assertThat(invite.to().tag()).isEmpty();
        assertThat(invite.inDialog()).isFalse();
        assertThat(invite.via()).isEqualTo(new Via(SipTransportKind.UDP, "192.0.2.1:5060", 5060, "z9hG4bK1", true));
        assertThat(invite.branch()).isEqualTo("z9hG4bK1");
        assertThat(invite.contact()).contains("sip:anna@[2001:db8::1]:5062;ob");
        assertThat(invite.body()).isEqualTo("v=");
        assertThat(invite.contentType()).isEmpty();
        assertThat(invite.source()).isEqualTo(Messages.SOURCE);
        assertThat(invite.octets()).isEqualTo(Messages.octets(SOUND));
        assertThat(invite).hasToString("INVITE 7");
    }

    @Test
    void aFoldedMessageSaysTheSame() {
        SipRequest invite = MessageParser.parse(TortureMessages.of("wsinv", 5060), Messages.SOURCE) instanceof Parsed.Request taken
                ? taken.request()
                : null;
        assertThat(invite.to().tag()).contains("1918181833n");
        assertThat(invite.to().uri()).isEqualTo("sip:vera@desk.example.com");
        assertThat(invite.from().displayName()).contains("J Rosen \\\"");
        assertThat(invite.from().tag()).contains("98asjd8");
        assertThat(invite.cseq()).isEqualTo(9);
        assertThat(invite.via()).isEqualTo(new Via(SipTransportKind.UDP, "192.0.2.2:5060", 5060, "390skdjuw", false));
        assertThat(invite.headers().first("NewFangledHeader")).contains("newfangled value continued newfangled value");
        assertThat(invite.headers().first("Max-Forwards")).contains("0068");
        assertThat(invite.headers().first("Subject")).contains("");
        assertThat(invite.headers().values("Via")).hasSize(2);
        assertThat(invite.headers().list("Via")).hasSize(3);
        assertThat(invite.contact()).contains("sip:jrosen@example.com");
        assertThat(invite.sdp()).hasValueSatisfying(sdp -> assertThat(sdp).startsWith("v=0\r\n"));
        assertThat(invite.headers().names()).contains("Via", "Contact", "Subject", "UnknownHeaderWithUnusualValue");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SIP/2.0/UDP a | UDP | a | 5060 | '' | false",
        "SIP/2.0/TCP A.Example:5062;branch=z9hG4bKx | TCP | a.example:5062 | 5062 | z9hG4bKx | false",
        "SIP/2.0/TLS a;rport;branch=Q | TLS | a | 5061 | Q | true",
        "sip/2.0/tls a:5060;RPORT=77;BRANCH=q | TLS | a:5060 | 5060 | q | true",
        "SIP/2.0/SCTP a;branch=x;branch=y | UDP | a | 5060 | x | false",
        "SIP/2.0/UDP [2001:DB8::1];branch | UDP | [2001:db8::1] | 5060 | '' | false",
        "SIP / 2.0 / UDP a : 5070 ; branch = q ; rport , SIP/2.0/TCP b | UDP | a:5070 | 5070 | q | true",
        "SIP/2.0/UDP a;x=\"branch=no\";branch=yes;maddr=b;received=c | UDP | a | 5060 | yes | false",
    })
    void aViaIsRead(String text, SipTransportKind transport, String sentBy, int port, String branch, boolean rport) {
        assertThat(request(with("Via", "Via: " + text)).via()).isEqualTo(new Via(transport, sentBy, port, branch, rport));
        assertThat(request(with("Via", "v:" + text + "\r\nVia: SIP/2.0/TCP z")).via().sentBy()).isEqualTo(sentBy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<sip:a@B.Example:5060;x=y>;tag=T | sip:a@B.Example:5060;x=y | a | b.example | | T",
        "sip:a@b;tag=T;x | sip:a@b | a | b | | T",
        "Anna Maria <sips:a:secret@b> | sips:a:secret@b | a | b | Anna Maria |",
        "\"A \\\\ B\" <sip:b>;TAG=t | sip:b | '' | b | A \\ B | t",
        "\"\" <sip:a@[2001:db8::1]>;tag | sip:a@[2001:db8::1] | a | 2001:db8::1 | |",
        "<tel:+32475;phone-context=x>;tag=\"q\" | tel:+32475;phone-context=x | +32475;phone-context=x | '' | | q",
        "<http://a@b>;tag=1 | http://a@b | '' | '' | | 1",
        "urn:service:sos | urn:service:sos | '' | '' | |",
        "caller<sip:a@b>;a=b;tag= x | sip:a@b | a | b | caller | x",
        "\"tag=no;x\" <sip:a;tag=no@b;tag=no>;tag=yes | sip:a;tag=no@b;tag=no | a;tag=no | b | tag=no;x | yes",
    })
    void aPartyIsRead(String text, String uri, String user, String host, String name, String tag) {
        Party party = new Party(uri, user, host, Optional.ofNullable(name), Optional.ofNullable(tag));
        assertThat(request(with("From", "From: " + text)).from()).isEqualTo(party);
        assertThat(request(with("To", "t:\r\n\t" + text)).to()).isEqualTo(party);
        assertThat(request(with("To", "To: " + text)).inDialog()).isEqualTo(tag != null);
        assertThat(party).hasToString("Party[…]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sip:a@b;expires=60 | sip:a@b", "<sip:a@b;x>;y, <sip:c@d> | sip:a@b;x", "\"a,b\" <sips:a@b> | sips:a@b",
        "A <tel:+32> | tel:+32", "<http://x> |",
    })
    void aContactIsRead(String text, String uri) {
        assertThat(request(with("Contact", "m: " + text)).contact()).isEqualTo(Optional.ofNullable(uri));
    }

    @Test
    void aContactMayBeMissing() {
        assertThat(request(with("Contact", "")).contact()).isEmpty();
        assertThat(request(with("Contact", "m: *").replace("INVITE", "REGISTER")).contact()).isEmpty();
    }

    @Test
    void headersAreFoundByEitherName() {
        SipRequest invite = request(with("Max-Forwards", "k: timer, 100rel\r\nSUPPORTED: Path\r\nx:1800;refresher=uac\r\n"
                + "o: refer\r\nr: <sip:a@b>\r\nb: <sip:c@d>\r\ny: id\r\nu: presence\r\nc: text/plain\r\ne: gzip\r\nX: 1"));
        assertThat(invite.headers().values("supported")).containsExactly("timer, 100rel", "Path");
        assertThat(invite.headers().tokens("Supported")).containsExactly("timer", "100rel", "path");
        assertThat(invite.headers().first("Session-Expires")).contains("1800;refresher=uac");
        assertThat(invite.headers().first("Event")).contains("refer");
        assertThat(invite.headers().first("refer-to")).contains("<sip:a@b>");
        assertThat(invite.headers().first("Referred-By")).contains("<sip:c@d>");
        assertThat(invite.headers().first("Identity")).contains("id");
        assertThat(invite.headers().first("Allow-Events")).contains("presence");
        assertThat(invite.headers().first("Content-Encoding")).contains("gzip");
        assertThat(invite.headers().first("Nothing")).isEmpty();
        assertThat(invite.headers().values("Nothing")).isEmpty();
        assertThat(invite.headers().names()).contains("Supported", "SUPPORTED", "Session-Expires", "Event");
    }

    @Test
    void aListIsCutWhereItsHeaderSaysSo() {
        SipRequest invite = request(with("Max-Forwards", "Route: <sip:a;x=\",\">, \"b,c\" <sip:d,e@f> ,,\r\nRoute:<sip:g>\r\n"
                + "Date: Sat, 13 Nov 2010 23:29:00 GMT"));
        assertThat(invite.headers().list("Route")).containsExactly("<sip:a;x=\",\">", "\"b,c\" <sip:d,e@f>", "<sip:g>");
        assertThat(invite.headers().values("Date")).containsExactly("Sat, 13 Nov 2010 23:29:00 GMT");
    }

    @Test
    void recordRoutesAreInOrderAndReadable() {
        SipRequest invite = request(with("Max-Forwards",
                "Record-Route: <sip:p1;lr>, <sip:p2;lr>\r\nX: y\r\nrecord-route: nonsense, <sip:p3>;x"));
        assertThat(invite.recordRoutes()).containsExactly("<sip:p1;lr>", "<sip:p2;lr>", "<sip:p3>;x");
        assertThat(request(SOUND).recordRoutes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "application/sdp | application/sdp | true", "Application / SDP ; charset=x | application/sdp | true",
        "text/plain | text/plain | false", "multipart/mixed;boundary=x | multipart/mixed | false", "'' | '' | false",
    })
    void aBodyIsWhatItsTypeSays(String type, String name, boolean sdp) {
        SipRequest invite = request(with("Content-Length", "c: " + type));
        assertThat(invite.contentType()).isEqualTo(name);
        assertThat(invite.sdp().isPresent()).isEqualTo(sdp);
        assertThat(invite.bodyOctets()).isEqualTo(new byte[] {'v', '='});
        SipRequest without = request(with("Content-Length", "c: " + type + "\r\nl: 0"));
        assertThat(without.contentType()).isEmpty();
        assertThat(without.hasBody()).isFalse();
        assertThat(without.sdp()).isEmpty();
    }

    @Test
    void aBodyEndsWhereItsLengthSays() {
        assertThat(request(SOUND + "more").body()).isEqualTo("v=");
        assertThat(request(with("Content-Length", "l: 1")).body()).isEqualTo("v");
        assertThat(request(with("Content-Length", "")).body()).isEqualTo("v=");
        assertThat(request(with("Content-Length", "") + "\u00c3\u00bc").body()).isEqualTo("v=\u00fc");
    }

    @Test
    void octetsThatAreNoUtf8AreNotLost() {
        SipRequest latin = request(with("From", "From: \"J\u00fcrgen\" <sip:a@b>;tag=1"));
        assertThat(latin.from().displayName()).contains("J\u00fcrgen");
        SipRequest utf8 = request(with("From", "From: \"J\u00c3\u00bcrgen\" <sip:a@b>;tag=1"));
        assertThat(utf8.from().displayName()).contains("J\u00fcrgen");
        assertThat(Messages.text(MessageWriter.response(latin, OutgoingResponse.of(100), Optional.empty())))
                .contains("From: \"J\u00fcrgen\" <sip:a@b>;tag=1\r\n");
    }

    @Test
    void aResponseSaysWhatItSays() {
        SipResponse answer = response(ANSWER);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.accepts()).isTrue();
        assertThat(answer.method()).isEqualTo("INVITE");
        assertThat(answer.cseq()).isEqualTo(8);
        assertThat(answer.fromTag()).isEqualTo("us");
        assertThat(answer.toTag()).isEqualTo("them");
        assertThat(answer.contact()).contains("sip:them@192.0.2.9:5070;transport=tcp");
        assertThat(answer.branch()).isEqualTo("z9hG4bK1");
        assertThat(answer.sdp()).isEmpty();
        assertThat(answer).hasToString("200 to INVITE 8");
        assertThat(response(ANSWER.replace("\r\n", "\n")).cseq()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIP/2.0 100 ", "SIP/2.0 199", "sip/2.0 699 x y  z", "SIP/2.0 200 \u00d0\u0098"})
    void aStatusLineMayHaveAnyReason(String line) {
        assertThat(outcome(line + ANSWER.substring(ANSWER.indexOf("\r\n")))).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIP/2.0 099 x", "SIP/2.0 700 x", "SIP/2.0 4294967301 x", "SIP/2.0 20 OK", "SIP/2.0 2000 OK",
        "SIP/3.0 200 OK", "SIP/2.0  200 OK", "SIP/2.0 OK", "SIP/2.0 -20 OK", "SIP/2.0 200OK", "SIP/2.0"})
    void aDamagedStatusLineIsNobodys(String line) {
        assertThat(outcome(line + ANSWER.substring(ANSWER.indexOf("\r\n")))).isEqualTo("ignored");
    }

    @Test
    void aDamagedResponseIsNobodys() {
        for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq")) {
            String line = ANSWER.substring(ANSWER.indexOf("\r\n" + name + ": ") + 2);
            line = line.substring(0, line.indexOf("\r\n"));
            assertThat(outcome(with(ANSWER, name, ""))).isEqualTo("ignored");
            assertThat(outcome(with(ANSWER, name, name + ":"))).isEqualTo("ignored");
            assertThat(outcome(with(ANSWER, name, line + "\r\n" + line))).as(name).isEqualTo("ignored");
        }
        assertThat(outcome(with(ANSWER, "From", "From: \"x <sip:a@b>"))).isEqualTo("ignored");
        assertThat(outcome(with(ANSWER, "CSeq", "CSeq: 2147483648 INVITE"))).isEqualTo("ignored");
        assertThat(outcome(with(ANSWER, "Via", "Via: SIP/2.0/UDP a, SIP/2.0/UDP b"))).isEqualTo("ignored");
        assertThat(outcome(with(ANSWER, "Content-Length", "l: 1"))).isEqualTo("ignored");
        assertThat(outcome(with(ANSWER, "Content-Length", "l: x"))).isEqualTo("ignored");
        assertThat(outcome(with(ANSWER, "Contact", "X: a\nb"))).isEqualTo("ignored");
        assertThat(outcome(ANSWER.strip())).isEqualTo("ignored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<sip:a@b<c>>", "<sip:a@b", "\"x <sip:a@b>", "<sip:a b@c>", "<>", "", "x", "<sip:a@b>x, <sip:c@d>"})
    void aDamagedContactOfAResponseIsNone(String contact) {
        assertThat(response(with(ANSWER, "Contact", "Contact: " + contact)).contact()).isEmpty();
    }

    @Test
    void manyThreadsReadTheSame() throws Exception {
        byte[] octets = SOUND.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 200; i++) {
            SipRequest invite = ((Parsed.Request) MessageParser.parse(octets, Messages.SOURCE)).request();
            var threads = List.of(Thread.startVirtualThread(invite::from), Thread.startVirtualThread(invite::body));
            assertThat(invite.from().user()).isEqualTo("+32475112233");
            assertThat(invite.body()).isEqualTo("v=");
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
