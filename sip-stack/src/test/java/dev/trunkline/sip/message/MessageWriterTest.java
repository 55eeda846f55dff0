package dev.trunkline.sip.message;

import static dev.trunkline.sip.message.Messages.ANSWER;
import static dev.trunkline.sip.message.Messages.SOUND;
import static dev.trunkline.sip.message.Messages.octets;
import static dev.trunkline.sip.message.Messages.request;
import static dev.trunkline.sip.message.Messages.response;
import static dev.trunkline.sip.message.Messages.text;
import static dev.trunkline.sip.message.Messages.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageWriterTest {
    private static final OutgoingRequest BYE = new OutgoingRequest("BYE", "sip:them@192.0.2.9:5070;transport=tcp",
            List.of("<sip:p1;lr>", "<sip:p2;lr>"), "a@b", "sip:us@edge.example", "us", "sip:them@pbx.example", "them", 9,
            List.of(SipHeader.reason(16, "done")), SipTransportKind.UDP, Optional.empty());

    private static String written(SipRequest request, OutgoingResponse reply) {
        return text(MessageWriter.response(request, reply, Optional.empty()));
    }

    @Test
    void aResponseRepeatsWhatItsRequestSays() {
        SipRequest invite = request(with("Max-Forwards", "Record-Route: <sip:p1;lr>,\r\n <sip:p2;lr>\r\nRecord-Route: <sip:p3;lr>"));
        OutgoingResponse ok = OutgoingResponse.of(200).tagged("us").with(new SipHeader("Allow", "INVITE, ACK"))
                .withSdp("v=0\r\n\u00fc").withContact();
        assertThat(text(MessageWriter.response(invite, ok, Optional.of("<sip:us@198.51.100.1:5060>")))).isEqualTo("""
                SIP/2.0 200 OK\r
                Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport=4711;received=203.0.113.5, SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bK0\r
                From: "Anna \\"A\\" <x>, B" <sip:+32475112233@pbx.example;user=phone>;tag=1\r
                To: <sip:+3225550100@edge.example>;tag=us\r
                Call-ID: a@b\r
                CSeq: 7 INVITE\r
                Record-Route: <sip:p1;lr>, <sip:p2;lr>\r
                Record-Route: <sip:p3;lr>\r
                Allow: INVITE, ACK\r
                Contact: <sip:us@198.51.100.1:5060>\r
                Content-Type: application/sdp\r
                Content-Length: 7\r
                \r
                v=0\r
                \u00c3\u00bc""");
    }

    @ParameterizedTest
    @CsvSource({"100, INVITE, false", "180, INVITE, true", "200, INVITE, true", "302, INVITE, false", "486, INVITE, false",
        "200, BYE, false", "200, OPTIONS, false", "202, REFER, true", "200, SUBSCRIBE, true", "603, INVITE, false"})
    void recordRouteIsRepeatedWhereADialogMayBegin(int status, String method, boolean repeated) {
        SipRequest request = request(with("Max-Forwards", "Record-Route: <sip:p1;lr>").replace("INVITE", method));
        assertThat(written(request, OutgoingResponse.of(status)).contains("Record-Route: <sip:p1;lr>\r\n")).isEqualTo(repeated);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "SIP/2.0/UDP a | SIP/2.0/UDP a;received=203.0.113.5",
        "SIP/2.0/UDP 203.0.113.5;branch=x | SIP/2.0/UDP 203.0.113.5;branch=x",
        "SIP/2.0/UDP 203.0.113.5:5060;rport | SIP/2.0/UDP 203.0.113.5:5060;rport=4711;received=203.0.113.5",
        "SIP/2.0/UDP a;RPORT=1;x | SIP/2.0/UDP a;rport=4711;x;received=203.0.113.5",
        "SIP/2.0/UDP a;rport;rport | SIP/2.0/UDP a;rport=4711;received=203.0.113.5",
        "SIP/2.0/UDP a;received=192.0.2.66;x=y | SIP/2.0/UDP a;x=y;received=203.0.113.5",
        "SIP/2.0/UDP 203.0.113.5;received=192.0.2.66 | SIP/2.0/UDP 203.0.113.5",
        "SIP/2.0/UDP a ; maddr = b ; rport | SIP/2.0/UDP a; maddr = b;rport=4711;received=203.0.113.5",
        "SIP/2.0/UDP a;x=\"rport;received=b\" | SIP/2.0/UDP a;x=\"rport;received=b\";received=203.0.113.5",
        "SIP/2.0/UDP a;rport,SIP/2.0/UDP b;rport | SIP/2.0/UDP a;rport=4711;received=203.0.113.5, SIP/2.0/UDP b;rport",
    })
    void theTopmostViaSaysWhereTheRequestCameFrom(String via, String answered) {
        assertThat(written(request(with("Via", "Via: " + via)), OutgoingResponse.of(180))).contains("\r\nVia: " + answered + "\r\n");
        assertThat(written(request(with("Via", "Via:\r\n " + via + "\r\nv: SIP/2.0/TCP c;rport")), OutgoingResponse.of(486)))
                .contains("\r\nVia: " + answered + "\r\nVia: SIP/2.0/TCP c;rport\r\n");
    }

    @Test
    void anIpv6SourceIsWrittenWithoutItsZone() throws Exception {
        var source = new PacketSource(InetAddress.ofLiteral("fe80::1%1"), 4711, SipTransportKind.TCP);
        SipRequest invite = ((Parsed.Request) MessageParser.parse(octets(SOUND), source)).request();
        assertThat(written(invite, OutgoingResponse.of(180))).contains(";rport=4711;received=fe80:0:0:0:0:0:0:1, ");
    }

    @Test
    void aToTagThatIsThereStays() {
        SipRequest bye = request(with("To", "To: <sip:a@b>;x;TAG=theirs"));
        assertThat(written(bye, OutgoingResponse.of(200).tagged("ours"))).contains("To: <sip:a@b>;x;TAG=theirs\r\n");
        SipRequest none = request(with("To", "To: \"tag=x;tag=y\" <sip:a;tag=z@b>"));
        assertThat(written(none, OutgoingResponse.of(200).tagged("ours"))).contains("<sip:a;tag=z@b>;tag=ours\r\n");
        assertThat(written(none, OutgoingResponse.of(100))).contains("To: \"tag=x;tag=y\" <sip:a;tag=z@b>\r\n");
    }

    @Test
    void aTimestampIsRepeatedByA100() {
        SipRequest invite = request(with("Max-Forwards", "Timestamp: 54.7"));
        assertThat(written(invite, OutgoingResponse.of(100))).contains("\r\nTimestamp: 54.7\r\n");
        assertThat(written(invite, OutgoingResponse.of(180))).doesNotContain("Timestamp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rX-Evil: 1", "a\u0000X-Evil: 1", "\r\n\r\nX-Evil: 1", "\u560d\u560aX-Evil"})
    void noValueEndsALine(String value) {
        OutgoingResponse reply = OutgoingResponse.of(200).tagged(value).with(new SipHeader("X", value));
        byte[] response = MessageWriter.response(request(SOUND), reply, Optional.of(value));
        var evil = new OutgoingRequest("INFO", "sip:" + value, List.of(value), value, value, value, value, value, 1,
                List.of(new SipHeader("X", value)), SipTransportKind.UDP, Optional.empty());
        byte[] request = MessageWriter.request(evil, value, Optional.of(value));
        for (byte[] octets : List.of(response, request)) {
            assertThat(text(octets)).doesNotContain("\nX-Evil", "\rX-Evil", "\u0000").containsOnlyOnce("\r\n\r\n");
            assertThat(text(octets).replace("\r\n", "")).doesNotContain("\r", "\n");
        }
    }

    @Test
    void noNameEndsALine() {
        for (String name : new String[] {"", "X\r\nY", "X Y", "X:", "\u00fc"}) {
            assertThatThrownBy(() -> new SipHeader(name, "y")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatWasReceivedEndsNoLineEither() {
        SipRequest nul = request(with("To", "To: \"a\\\u0000b\r\n c\" <sip:a@b>"));
        assertThat(written(nul, OutgoingResponse.of(200))).contains("To: \"a\\ b c\" <sip:a@b>\r\n");
    }

    @Test
    void aRequestIsWrittenInFull() {
        assertThat(text(MessageWriter.request(BYE, "SIP/2.0/UDP 198.51.100.1:5060;branch=z9hG4bKq;rport", Optional.empty())))
                .isEqualTo("""
                        BYE sip:them@192.0.2.9:5070;transport=tcp SIP/2.0\r
                        Via: SIP/2.0/UDP 198.51.100.1:5060;branch=z9hG4bKq;rport\r
                        Max-Forwards: 70\r
                        Route: <sip:p1;lr>\r
                        Route: <sip:p2;lr>\r
                        From: <sip:us@edge.example>;tag=us\r
                        To: <sip:them@pbx.example>;tag=them\r
                        Call-ID: a@b\r
                        CSeq: 9 BYE\r
                        Reason: SIP;cause=16;text="done"\r
                        Content-Length: 0\r
                        \r
                        """);
    }

    @Test
    void aRequestThatWeWroteIsReadAsItWasMeant() {
        OutgoingRequest update = new OutgoingRequest("UPDATE", "sip:\u00fc \"<>@b", List.of("<sip:p1;lr>"), "c@d", "sip:us@e", "u",
                "tel:+32", "", 2147483647, List.of(new SipHeader("X-\u0041", "\u20ac \ud83d\ude00")), Optional.of("v=0\r\n"), true,
                SipTransportKind.TLS, Optional.empty());
        SipRequest read = request(text(MessageWriter.request(update, "SIP/2.0/TLS e;branch=z9hG4bKb", Optional.of("<sips:us@e>"))));
        assertThat(read.requestUri()).isEqualTo("sip:\u00fc%20%22%3C%3E@b");
        assertThat(read.cseq()).isEqualTo(2147483647);
        assertThat(read.from().tag()).contains("u");
        assertThat(read.to().tag()).isEmpty();
        assertThat(read.to().user()).isEqualTo("+32");
        assertThat(read.headers().first("X-A")).contains("\u20ac \ud83d\ude00");
        assertThat(read.contact()).contains("sips:us@e");
        assertThat(read.sdp()).contains("v=0\r\n");
        assertThat(read.headers().values("Content-Length")).containsExactly("5");
        assertThat(read.via().transport()).isEqualTo(SipTransportKind.TLS);
    }

    @Test
    void whatTheCallerSaysOfItselfIsNotSaidTwice() {
        var notify = new OutgoingRequest("NOTIFY", "sip:a@b", List.of(), "c", "sip:u@e", "u", "sip:a@b", "t", 3,
                List.of(new SipHeader("Max-Forwards", "12"), new SipHeader("Content-Type", "message/sipfrag")),
                Optional.of("SIP/2.0 200 OK\r\n"), false, SipTransportKind.UDP, Optional.empty());
        String written = text(MessageWriter.request(notify, "SIP/2.0/UDP e;branch=z9hG4bKb", Optional.empty()));
        assertThat(written).containsOnlyOnce("Max-Forwards: 12\r\n").containsOnlyOnce("Max-Forwards")
                .containsOnlyOnce("Content-Type").contains("Content-Type: message/sipfrag\r\n");
    }

    @Test
    void anAckAndACancelAreLikeTheirInvite() {
        OutgoingRequest invite = new OutgoingRequest("INVITE", "sip:them@b", List.of("<sip:p1;lr>"), "a@b",
                "sip:us@edge.example", "us", "sip:them@pbx.example", "", 8, List.of(), Optional.of("v=0"), true,
                SipTransportKind.UDP, Optional.empty());
        byte[] sent = MessageWriter.request(invite, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1", Optional.of("<sip:us@e>"));
        String refused = text(MessageWriter.ack(sent, response(ANSWER.replace("200 OK", "486 Busy"))));
        assertThat(refused).isEqualTo("""
                ACK sip:them@b SIP/2.0\r
                Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r
                Max-Forwards: 70\r
                Route: <sip:p1;lr>\r
                From: <sip:us@edge.example>;tag=us\r
                To: <sip:them@pbx.example>;tag=them\r
                Call-ID: a@b\r
                CSeq: 8 ACK\r
                Content-Length: 0\r
                \r
                """);
        assertThat(text(MessageWriter.cancel(sent))).isEqualTo(refused.replace("ACK", "CANCEL").replace(";tag=them", ""));
    }

    @Test
    void aNameInFromIsAQuotedStringOfOneLine() {
        OutgoingRequest named = new OutgoingRequest("INVITE", "sip:them@b", List.of(), "a@b", "sip:us@edge.example", "us",
                "sip:them@pbx.example", "", 8, List.of(), SipTransportKind.UDP, Optional.empty()).named("A \"B\" \\ C\r\nVia: x");
        byte[] sent = MessageWriter.request(named, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1", Optional.empty());
        String from = "From: \"A \\\"B\\\" \\\\ C  Via: x\" <sip:us@edge.example>;tag=us\r\n";
        assertThat(text(sent)).contains(from);
        assertThat(text(MessageWriter.cancel(sent))).contains(from);
        assertThat(text(MessageWriter.request(named.again(9, List.of()), "SIP/2.0/UDP e;branch=z9hG4bK2", Optional.empty()))).contains(from);
    }

    @Test
    void aResponseThatNeverCameIsOneAllTheSame() {
        SipResponse missing = SipResponse.missing(BYE, 408);
        assertThat(missing.status()).isEqualTo(408);
        assertThat(missing.method()).isEqualTo("BYE");
        assertThat(missing.cseq()).isEqualTo(9);
        assertThat(missing.callId()).isEqualTo("a@b");
        assertThat(missing.fromTag()).isEqualTo("us");
        assertThat(missing.toTag()).isEqualTo("them");
        assertThat(missing.branch()).isEmpty();
        assertThat(missing.contact()).isEmpty();
        assertThat(missing.headers().first("Retry-After")).isEmpty();
        assertThat(missing.hasBody()).isFalse();
        var odd = new OutgoingRequest("BYE", "x", List.of(), "", "\"", ";", "<", ">", 1, List.of(), SipTransportKind.TCP, Optional.empty());
        assertThat(SipResponse.missing(odd, 503).from().user()).isEmpty();
        assertThat(SipResponse.missing(odd, 503).callId()).isEmpty();
    }

    @Test
    void everyStatusHasAReason() {
        for (int status = 100; status < 700; status++) {
            assertThat(ReasonPhrases.of(status)).isNotBlank();
        }
        assertThat(ReasonPhrases.of(299)).isEqualTo("OK");
        assertThat(ReasonPhrases.of(499)).isEqualTo("Request Failure");
    }

    @Test
    void aRefusalEchoesWhatItNeedsAndSaysWhy() {
        Parsed parsed = Messages.parse(SOUND.replace("7 INVITE", "7 BYE"));
        String reply = text(((Parsed.Refused) parsed).reply());
        assertThat(reply)
                .startsWith("SIP/2.0 400 Bad Request\r\n")
                .contains("branch=z9hG4bK1;rport=4711;received=203.0.113.5, SIP/2.0/TLS")
                .containsPattern("To: <sip:\\+3225550100@edge.example>;tag=\\w+\r\n")
                .contains("Call-ID: a@b\r\n", "CSeq: 7 BYE\r\n", "Warning: 399 sip-stack \"CSeq names another method\"")
                .endsWith("Content-Length: 0\r\n\r\n");
        assertThat(Messages.parse(SOUND.replace("7 INVITE", "7 BYE"))).usingRecursiveComparison().isEqualTo(parsed);
    }

    @Test
    void aRefusalOfADamagedViaOrLineInjectsNothing() {
        for (String line : new String[] {"Via: SIP/2.0/UDP a;x=\"y;rport", "Via: SIP/2.0/UDP a;;b", "Via: x", "Via: a\nX-Evil: 1",
                "Via: a\rX-Evil: 1;rport", "Via:", "Via: ,", "Via: ;"}) {
            String reply = text(((Parsed.Refused) Messages.parse(with("Via", line))).reply());
            assertThat(reply).contains("\r\nVia: ", ";received=203.0.113.5").doesNotContain("\nX-Evil", "\rX-Evil");
            assertThat(reply.replace("\r\n", "")).doesNotContain("\r", "\n");
        }
    }
}
