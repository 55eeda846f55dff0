package dev.trunkline.sip.message;

import static dev.trunkline.sip.message.Messages.SOUND;
import static dev.trunkline.sip.message.Messages.outcome;
import static dev.trunkline.sip.message.Messages.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRulesTest {

    private static String startingWith(String line) {
        return line + SOUND.substring(SOUND.indexOf("\r\n"));
    }

    @Test
    void aSoundRequestIsTaken() {
        assertThat(outcome(SOUND)).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sip:a@b;tag=1", "tel:+32475112233;tag=1", "Anna <sip:a@b>;tag=1", "J\u00c3\u00bcrgen (Sales) <sip:a@b>;tag=1",
        "<sip:+32;phone-context=be@b>;tag=1", "\"\" <sip:a@b>", "<sip:anonymous@anonymous.invalid>;tag=x;y=\"z;w\"",
        "caller<sip:a@b>", "Anna B <sip:a@b> ;  tag  =  1", "\"a;b\" <sip:a@b>", "\"a,b\" <sip:a@b>", "\"a<b\" <sip:a@b>",
        "\"a>b\" <sip:a@b>", "\"a\\\\\" <sip:a@b>", "\"a\\\"\" <sip:a@b>", "<sips:a@b>", "<SIP:a@b>", "<sip:b>", "sip:b",
        "<sip:a:pw@b>", "<sip:a@b:5060;x=y?h=v>", "<sip:a@[2001:db8::1]:5060>", "<http://www.example.com>;tag=2",
        "isbn:2983792873", "<name:John_Smith>", "<sip:a@b>;x", "<sip:a@b>;x;y;z", "<sip:a@b>;x=", "<sip:a@b>;x=\"\"",
        "J\u00fcrgen <sip:a@b>", "a.b-c!%*_+`'~ <sip:a@b>", "<sip:a%40b@c>", "<sip:a;b=c@d;e=f>;g=h", "(x) <sip:a@b>",
        "<tel:+32-475;ext=1;phone-context=x>;tag=1", "\"\u00c3\u0028\" <sip:a@b>", "[x] {y} <sip:a@b>", "<sip:a?b@c>",
        "<urn:service:sos>", "\"BEL:\\\u0007 DEL:\\\u007f\" <sip:a@b>", "<sip:a@b>;tag=x;tag=y", "'x' <sip:a@b>"})
    void whoCallsMayBeWrittenInManyWays(String from) {
        assertThat(outcome(with("From", "From: " + from))).isEqualTo("taken");
        assertThat(outcome(with("From", "f :\r\n " + from))).isEqualTo("taken");
        assertThat(outcome(with("From", "FROM\t:\t" + from + " \t "))).isEqualTo("taken");
        assertThat(outcome(with("To", "t:" + from))).isEqualTo("taken");
        assertThat(outcome(with("Contact", "Contact: " + from + ",\r\n\t" + from))).isEqualTo("taken");
        assertThat(outcome(with("Contact", "m: " + from + "\r\nContact: " + from))).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x", "sip:", "\"Anna <sip:a@b>", "Bell, Anna <sip:a@b>", "< sip:a@b >", "<sip:a@b", "<sip:a@b>;;tag=1",
        "<<sip:a@b>>", "sip:a@b?x=y", "<sip:a@b>;=1", "<sip:a b@c>", "<sip:a@b >", "sip:a b", "<>", "<sip:>", "a\"b <sip:a@b>",
        "\"a\" b\" <sip:a@b>", "<sip:a@b>;", "<sip:a@b>;x y=1", "<sip:a@b>;x\"y\"=1", "sip:a@b,sip:c@d x", "<1sip:a@b>",
        "<:a@b>", "<sip a@b>", "a;b <sip:a@b>", "a\\b <sip:a@b>", "\u0001 <sip:a@b>", "<sip:a@b>x", "<sip:a\u0001@b>",
        "<sip:a@b><sip:c@d>", "\"\\\" <sip:a@b>", "<sip:\"a\"@b>", "<sip:a@b>;<x>", "sip:a@b>", ";tag=1", ",", "\"", "<", ">",
        "<sip:a@b>;tag=\"x", "*"})
    void butNotInAnyWay(String from) {
        assertThat(outcome(with("From", "From: " + from))).isEqualTo("400 From is not an address");
        assertThat(outcome(with("To", "To:\r\n " + from))).isEqualTo("400 To is not an address");
        assertThat(outcome(with("Contact", "m: " + from))).isEqualTo("400 Contact is not an address");
        assertThat(outcome(with("Contact", "Contact: <sip:a@b>," + from))).isEqualTo("400 Contact is not an address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<sip:a@b>,", ",<sip:a@b>", "<sip:a@b>,,<sip:a@b>", "*,*"})
    void aContactIsNotEmpty(String contact) {
        assertThat(outcome(with("Contact", "Contact: " + contact))).isEqualTo("400 Contact is not an address");
    }

    @Test
    void allContactsAreARegistrarsAffair() {
        String register = with("Contact", "Contact: *").replace("INVITE", "REGISTER");
        assertThat(outcome(register)).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"From", "To", "Call-ID", "CSeq"})
    void whatNamesARequestMustBeThereExactlyOnce(String name) {
        String flaw = "400 " + name + " must occur exactly once";
        String line = SOUND.substring(SOUND.indexOf("\r\n" + name + ": ") + 2);
        line = line.substring(0, line.indexOf("\r\n"));
        assertThat(outcome(with(name, ""))).isEqualTo(flaw);
        assertThat(outcome(with(name, name + ":"))).isEqualTo(flaw);
        assertThat(outcome(with(name, name + ": \t\r\n "))).isEqualTo(flaw);
        assertThat(outcome(with(name, line + "\r\n" + line))).isEqualTo(flaw);
        assertThat(outcome(with(name, line + "\r\n" + line.toLowerCase()))).isEqualTo(flaw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 INVITE", "7\tINVITE", "0007   INVITE", "2147483647 INVITE", "7\r\n INVITE", "0000000007 INVITE"})
    void aSequenceNumberFits(String cseq) {
        assertThat(outcome(with("CSeq", "CSeq: " + cseq))).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x INVITE", "2147483648 INVITE", "-1 INVITE", "7", "INVITE", "7INVITE", "7 INVITE x", "+7 INVITE",
        "99999999999 INVITE", "00000000007 INVITE", "7 ", "0x7 INVITE", "7 INV;TE", "\u0667 INVITE"})
    void orIsRefused(String cseq) {
        assertThat(outcome(with("CSeq", "CSeq: " + cseq)))
                .isEqualTo("400 CSeq is not a number below 2^31 and a method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7 BYE", "7 invite", "7 INVITES", "7 INVIT"})
    void aSequenceNumberNamesTheMethod(String cseq) {
        assertThat(outcome(with("CSeq", "CSeq: " + cseq))).isEqualTo("400 CSeq names another method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Max-Forwards: 0", "max-forwards:255", "MAX-FORWARDS : 0068", "Max-Forwards: 00000070"})
    void hopsMayBeMissingAndFit(String line) {
        assertThat(outcome(with("Max-Forwards", line))).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "-1", "x", "", "7 0", "1e1", "99999999999", "70;x", "+1"})
    void orAreRefused(String hops) {
        assertThat(outcome(with("Max-Forwards", "Max-Forwards: " + hops)))
                .isEqualTo("400 Max-Forwards is not a number from 0 to 255");
    }

    @Test
    void hopsMayNotBeThereTwice() {
        assertThat(outcome(with("Max-Forwards", "Max-Forwards: 70\r\nMax-Forwards: 70")))
                .isEqualTo("400 Max-Forwards must occur only once");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SIP/2.0/UDP a", "SIP/2.0/TCP a:5060", "SIP/2.0/TLS a:1", "sip/2.0/udp a:65535;branch=x", "SIP/2.0/SCTP a",
        "SIP/2.0/UNKNOWN a", "SIP / 2.0 / UDP a : 5060 ; branch = x", "SIP/2.0/UDP\ta", "SIP/2.0/UDP [2001:db8::1]",
        "SIP/2.0/UDP [::ffff:192.0.2.1]:5060;x", "SIP/2.0/UDP 192.0.2.1;rport;branch=x", "SIP/2.0/UDP a_b-c.d",
        "SIP/2.0/UDP a;x=\"y;z,w\"", "SIP/2.0/WS a.invalid;branch=z9hG4bK", "SIP/2.0/UDP a;received=192.0.2.1;maddr=x;ttl=1",
        "SIP/2.0/UDP a;received=[::1];rport=5", "SIP\r\n /2.0\r\n /UDP\r\n a\r\n ;branch=x", "SIP/2.0/UDP a , SIP/2.0/TCP b",
        "SIP/2.0/UDP a;branch=", "SIP/2.0/UDP a;branch", "SIP/2.0/UDP a;rport=", "SIP/2.0/UDP a."})
    void aViaMayBeWrittenInManyWays(String via) {
        assertThat(outcome(with("Via", "Via: " + via))).isEqualTo("taken");
        assertThat(outcome(with("Via", "v:" + via + "\r\nVIA :" + via))).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SIP/2.0/UDP a;;b", "SIP/2.0 a", "x", "SIP/2.0/UDP a b", "SIP/2.0/UDP a:x", "SIP/2.0/UDP a:65536", "SIP/2.0/UDP a:0", "",
        "SIP/2.0/UDP", "SIP/2.0/UDP ", "SIP/2.0/UDP ;branch=x", "SIP/2.0/UDP :5060", "SIP/3.0/UDP a", "HTTP/2.0/UDP a",
        "SIP/2.0/ a", "SIP/2.0//UDP a", "SIP/2.0/UDPa", "SIP/2.0/U,DP a", "SIP/2.0/UDP a,", ",SIP/2.0/UDP a",
        "SIP/2.0/UDP a,,SIP/2.0/UDP b", "SIP/2.0/UDP [::1", "SIP/2.0/UDP ::1", "SIP/2.0/UDP []", "SIP/2.0/UDP [g]",
        "SIP/2.0/UDP a;x=\"y", "SIP/2.0/UDP a;x=<y", "SIP/2.0/UDP a:99999999999", "SIP/2.0/UDP a:-1", "SIP/2.0/UDP a@b",
        "SIP/2.0/UDP a;=x", "SIP/2.0/UDP a;", "SIP/2.0/UDP a:", "SIP/2.0/UDP a:5060 x", "SIP/2.0/UDP \u00e9", "SIP/2.0/UDP <a>"})
    void aDamagedViaIsRefused(String via) {
        assertThat(outcome(with("Via", "Via: " + via))).isEqualTo("400 Via is damaged");
        assertThat(outcome(with("Via", "Via: SIP/2.0/UDP a\r\nv: " + via))).isEqualTo("400 Via is damaged");
    }

    @Test
    void withoutAViaNobodyIsAnswered() {
        assertThat(outcome(with("Via", ""))).isEqualTo("ignored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Length: 2", "l:2", "L : 0002", "Content-Length: 2\r\nl: 02", "Content-Length: 0",
        "Content-Length:\r\n 2", "content-LENGTH: 1"})
    void aLengthFitsTheBody(String line) {
        assertThat(outcome(with("Content-Length", line))).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "99999999999", "2\r\nl: 1", "+2", "", "2 2", "2,2", "0x2", "1.5", "1234567890"})
    void aLengthIsOneNumber(String length) {
        assertThat(outcome(with("Content-Length", "Content-Length: " + length)))
                .isEqualTo("400 Content-Length is not one number");
    }

    @Test
    void aLengthIsNotBeyondTheEnd() {
        assertThat(outcome(with("Content-Length", "l: 3"))).isEqualTo("400 the body is shorter than Content-Length");
        assertThat(outcome(with("Content-Length", "l: 65536"))).startsWith("413 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "INVITE sip:a@b SIP/2.0", "INVITE sip:b sip/2.0", "INVITE sips:a@b Sip/2.0", "INVITE tel:+32475 SIP/2.0",
        "INVITE sip:user;par=u%40example.net@example.com SIP/2.0", "INVITE sip:a?b@c SIP/2.0", "INVITE sip:a@[::1]:5060 SIP/2.0",
        "INVITE soap.beep://192.0.2.103:3002 SIP/2.0", "INVITE urn:service:sos SIP/2.0", "INVITE sip:a@b;c=d;lr SIP/2.0",
        "INVITE nobodyKnowsThisScheme:totallyopaque?x SIP/2.0", "INVITE sip:a:b@c SIP/2.0", "INVITE SIP:a%00@b SIP/2.0"})
    void aRequestLineIsThreeWords(String line) {
        assertThat(outcome(startingWith(line))).isEqualTo("taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "INVITE  sip:a@b SIP/2.0", "INVITE sip:a@b  SIP/2.0", "INVITE sip:a@b SIP/2.0 ", "INVITE sip:a b@c SIP/2.0", "INVITE  ",
        "INVITE sip:a@b", "INVITE SIP/2.0", "INV;TE sip:a@b SIP/2.0", "INV\u00efTE sip:a@b SIP/2.0", "INVITE\t sip:a@b SIP/2.0",
        "INVITE sip:a@b x SIP/2.0"})
    void andThreeWordsAlone(String line) {
        assertThat(outcome(startingWith(line)))
                .isEqualTo("400 the request line is not method, one space, URI, one space, version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE <sip:a@b> SIP/2.0", "INVITE a@b SIP/2.0", "INVITE :a@b SIP/2.0", "INVITE sip: SIP/2.0",
        "INVITE sip:a\tb SIP/2.0", "INVITE sip:a\"b@c SIP/2.0", "INVITE 1:2 SIP/2.0", "INVITE sip:a\u0000@b SIP/2.0"})
    void aRequestUriIsAUri(String line) {
        assertThat(outcome(startingWith(line))).isEqualTo("400 the Request-URI is not a URI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:a@b?Route=%3Csip:x%3E", "sips:b?x", "sip:a@b;c?d=e"})
    void aRequestUriHasNoHeaders(String uri) {
        assertThat(outcome(startingWith("INVITE " + uri + " SIP/2.0"))).isEqualTo("400 the Request-URI has headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:a@", "sip:;x", "sips:a@;lr", "sip:a@:5060"})
    void aRequestUriOfSipHasAHost(String uri) {
        assertThat(outcome(startingWith("INVITE " + uri + " SIP/2.0"))).isEqualTo("400 the Request-URI has no host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIP/3.0", "SIP/7.0", "SIP/2.1", "sip/1.0", "SIP/02.0", "SIP/2.00"})
    void anotherVersionIsToldWhichItIs(String version) {
        assertThat(outcome(startingWith("INVITE sip:a@b " + version))).isEqualTo("505 only SIP/2.0 is supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "SIP/", "SIP/2", "SIP/x.y", "SIP/2.", "SIP/.0", "2.0", "SIP/2.0.0"})
    void whatIsNoVersionIsRefused(String version) {
        assertThat(outcome(startingWith("INVITE sip:a@b " + version))).isEqualTo("400 the request line does not end in a version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", "X Y: z", "\u0001: x", ": x", "X;y: z", "\u00fc: x", "X\"Y\": z"})
    void aFieldHasAName(String line) {
        assertThat(outcome(with("Max-Forwards", line))).isEqualTo("400 a header field has no name");
    }

    @Test
    void nothingIsFoldedIntoTheRequestLine() {
        assertThat(outcome(SOUND.replace("SIP/2.0\r\nVia", "SIP/2.0\r\n X: y\r\nVia"))).isEqualTo("400 a header field has no name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: a\nY: b", "X: a\rb", "X: a\n\nb", "X:\n y", "X: a\r\r", "X: \n"})
    void aLineThatTwoMightReadDifferentlyIsRefused(String line) {
        assertThat(outcome(with("Max-Forwards", line))).isEqualTo("400 a line does not end in CR LF");
    }

    @Test
    void aMessageWithoutAnyCrIsReadByItsLineFeeds() {
        String bare = SOUND.replace("\r\n", "\n");
        assertThat(outcome(bare)).isEqualTo("taken");
        assertThat(Messages.request(bare).body()).isEqualTo("v=");
        assertThat(Messages.request(bare).from().user()).isEqualTo("+32475112233");
        assertThat(outcome(bare.replace("Max-Forwards: 70\n", "Max-Forwards: 70\r\n")))
                .isEqualTo("400 a line does not end in CR LF");
        assertThat(outcome(bare.replace("Max-Forwards: 70\n", "X: y\rZ: w\n"))).isEqualTo("400 a line does not end in CR LF");
    }

    @Test
    void aHeaderSectionHasAnEnd() {
        String head = SOUND.substring(0, SOUND.indexOf("\r\n\r\n"));
        assertThat(outcome(head)).isEqualTo("400 the header section has no end");
        assertThat(outcome(head + "\r\n")).isEqualTo("400 the header section has no end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X", "x-y", "!", "a%41b", "X.Y", "~`'"})
    void whatNobodyKnowsMaySayWhatItLikes(String name) {
        for (String value : new String[] {"", "y", ";;,,;;,;", "\"", "<", "\u0000\u0001", "\u00ff\u00fe", "a:b:c", "\\"}) {
            String request = with("Max-Forwards", name + ": " + value);
            assertThat(outcome(request)).isEqualTo("taken");
            assertThat(Messages.request(request).headers().first(name)).contains(value);
        }
    }

    @Test
    void damagedAcksAndKeepAlivesAndOtherProtocolsGetNoAnswer() {
        assertThat(outcome(SOUND.replace("INVITE sip", "ACK sip"))).isEqualTo("ignored");
        assertThat(outcome("\r\n\r\n")).isEqualTo("ignored");
        assertThat(outcome("")).isEqualTo("ignored");
        assertThat(outcome("\u0000\u0001\u0000\u0000!\u0012\u00a4B")).isEqualTo("ignored");
        assertThat(outcome("\u0080\u0000abc")).isEqualTo("ignored");
        assertThat(outcome("\u0016\u0003\u0001")).isEqualTo("ignored");
        assertThat(outcome("hello")).isEqualTo("ignored");
        assertThat(outcome("GET / HTTP/1.1\r\nHost: x\r\n\r\n")).isEqualTo("ignored");
    }

    @Test
    void lineEndsBeforeAMessageArePassedOver() {
        assertThat(outcome("\r\n\r\n\n" + SOUND)).isEqualTo("taken");
        assertThat(Messages.request("\r\n" + SOUND).callId()).isEqualTo("a@b");
    }
}
