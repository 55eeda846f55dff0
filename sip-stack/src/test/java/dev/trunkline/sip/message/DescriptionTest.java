package dev.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionTest {
    private static final String MIXED = "multipart/mixed;boundary=x";
    private static final String SDP = part("application/sdp", "", "v=0\r\n");
    private static final String ISUP = part("application/isup; version=itu-t92+", "Content-Disposition: signal; handling=optional\r\n"
            + "Content-Transfer-Encoding: binary\r\n", "\u0001\u0000`");

    private static String part(String type, String more, String body) {
        return "--x\r\nContent-Type: " + type + "\r\n" + more + "\r\n" + body + "\r\n";
    }

    private static Description read(String type, String more, String body) {
        String head = "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\n"
                + "Call-ID: c\r\nCSeq: 1 INVITE\r\nContact: <sip:a@b>\r\nMax-Forwards: 70\r\n" + more
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "\r\n";
        return Messages.request(head + body).description();
    }

    private static Description parts(String... parts) {
        return read(MIXED, "", String.join("", parts) + "--x--\r\n");
    }

    private static void isSdp(Description description, String text) {
        assertThat(description).isEqualTo(new Description.Sdp(text));
    }

    private static void isNotUnderstood(Description description, String type) {
        assertThat(description).isInstanceOfSatisfying(Description.NotUnderstood.class,
                not -> assertThat(not.contentType()).isEqualTo(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/sdp", "Application/SDP", "application/sdp;charset=utf-8", " application / sdp ",
        "APPLICATION/sdp ; x=\"a;b\""})
    void aBodyOfSdpIsTheDescription(String type) {
        isSdp(read(type, "", "v=0\r\n"), "v=0\r\n");
    }

    @Test
    void noBodyIsNoDescription() {
        assertThat(read("", "", "")).isEqualTo(new Description.None());
        assertThat(read(MIXED, "", "")).isEqualTo(new Description.None());
    }

    @Test
    void anotherBodyIsNotUnderstoodUnlessItIsOptional() {
        isNotUnderstood(read("application/isup", "", "x"), "application/isup");
        isNotUnderstood(read("", "", "x"), "");
        isNotUnderstood(read("application/isup", "Content-Disposition: signal;handling=required\r\n", "x"), "application/isup");
        assertThat(read("application/isup", "Content-Disposition: signal ; HANDLING = \"Optional\"\r\n", "x"))
                .isEqualTo(new Description.None());
    }

    @Test
    void sdpBesideOptionalIsupIsTheDescriptionInEitherOrder() {
        isSdp(parts(SDP, ISUP), "v=0\r\n");
        isSdp(parts(ISUP, SDP), "v=0\r\n");
    }

    @Test
    void anUnknownPartIsRequiredUnlessItSaysOtherwise() {
        Description description = parts(SDP, part("application/isup", "", "x"));
        isNotUnderstood(description, "application/isup");
        // A receiver that cannot reject the message, such as one of an ACK, still finds the SDP.
        assertThat(description.sdp()).contains("v=0\r\n");
        isNotUnderstood(parts(SDP, part("application/isup", "Content-Disposition: signal\r\n", "x")), "application/isup");
        isNotUnderstood(parts(SDP, part("application/isup", "Content-Disposition: signal; handling=\r\n", "x")), "application/isup");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Geolocation|<cid:loc@probe>", "Geolocation|<sip:a@b>, <cid:loc@probe>;inserted-by=\"x\"",
        "geolocation|<CID:loc@probe>", "Call-Info|<cid:loc@probe>;purpose=EmergencyCallData.DeviceInfo", "Alert-Info|<cid:loc@probe>"})
    void aLocationThatAHeaderRefersToIsPassedOver(String name, String value) {
        String location = part("application/pidf+xml", "Content-ID: <loc@probe>\r\n", "<presence/>");
        isSdp(read(MIXED, name + ": " + value + "\r\n", SDP + location + "--x--"), "v=0\r\n");
        isNotUnderstood(read(MIXED, name + ": <cid:other@probe>\r\n", SDP + location + "--x--"), "application/pidf+xml");
        isNotUnderstood(read(MIXED, name + ": <cid:>\r\n", SDP + part("application/pidf+xml", "", "x") + "--x--"), "application/pidf+xml");
        isNotUnderstood(parts(SDP, location), "application/pidf+xml");
    }

    @Test
    void aPartByReferenceIsPassedOver() {
        isSdp(parts(SDP, part("application/pidf+xml", "Content-Disposition: by-reference\r\n", "<presence/>")), "v=0\r\n");
    }

    @Test
    void partsWithoutSdpAreNoDescriptionIfAllAreOptional() {
        assertThat(parts(ISUP)).isEqualTo(new Description.None());
        isNotUnderstood(parts(part("text/plain", "", "hello")), "text/plain");
    }

    @Test
    void ofAnAlternativeTheLastSdpCountsAndTheOthersNeedNotBeUnderstood() {
        String alternative = "--x\r\nContent-Type: multipart/alternative;boundary=y\r\n\r\n--y\r\nContent-Type: application/sdpng\r\n\r\nng\r\n"
                + "--y\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=1\r\n--y\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=2\r\n"
                + "--y\r\nContent-Type: application/other\r\n\r\no\r\n--y--\r\n";
        isSdp(parts(alternative, ISUP), "v=0\r\ns=2");
        isNotUnderstood(parts(SDP, alternative.replace("application/sdp\r", "application/x\r")), "application/sdpng");
    }

    @Test
    void whatAnOptionalMultipartHoldsIsOptional() {
        String inner = "--x\r\nContent-Type: multipart/mixed;boundary=y\r\nContent-Disposition: signal;handling=optional\r\n\r\n"
                + "--y\r\nContent-Type: application/isup\r\n\r\n1\r\n--y\r\nContent-Type: application/qsig\r\n\r\n2\r\n--y--\r\n";
        isSdp(parts(inner, SDP), "v=0\r\n");
        isNotUnderstood(parts(inner.replace("optional", "required"), SDP), "application/isup");
    }

    @Test
    void theFirstSdpOfTheSessionCounts() {
        isSdp(parts(part("application/sdp", "Content-Disposition: session\r\n", "v=0\r\n"), part("application/sdp", "", "v=1\r\n")), "v=0\r\n");
        isSdp(parts(part("application/sdp", "Content-Disposition: early-session;handling=optional\r\n", "v=1\r\n"), SDP), "v=0\r\n");
        isNotUnderstood(parts(part("application/sdp", "Content-Disposition: early-session\r\n", "v=1\r\n"), SDP), "application/sdp");
    }

    @Test
    void emptyPartsArePassedOver() {
        isSdp(parts(part("application/isup", "", ""), SDP, "--x\r\n\r\n"), "v=0\r\n");
        assertThat(parts(part("application/sdp", "", ""))).isEqualTo(new Description.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: Quoted-Printable", "Content-Encoding: gzip"})
    void anSdpThatIsEncodedIsNotUnderstood(String header) {
        isNotUnderstood(parts(part("application/sdp", header + "\r\n", "dj0wDQo=")), "application/sdp");
    }

    @Test
    void partsThatCannotBeToldApartAreDamaged() {
        assertThat(read("multipart/mixed", "", SDP + "--x--")).isEqualTo(new Description.Damaged());
        assertThat(read("multipart/mixed;boundary=other", "", SDP + "--x--")).isEqualTo(new Description.Damaged());
        assertThat(read(MIXED, "", "--x--")).isEqualTo(new Description.Damaged());
        assertThat(parts(ISUP.repeat(MessageLimits.PARTS + 1))).isEqualTo(new Description.Damaged());
        assertThat(read(MIXED, "Content-Disposition: x;handling=optional\r\n", "--x--")).isEqualTo(new Description.None());
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/mixed;boundary=\"x\"", "MULTIPART/Mixed ; Boundary = x", "multipart/related;type=\"a/b;c\";boundary=x",
        "multipart/unheard-of;boundary=x"})
    void theTypeOfTheWholeIsReadHoweverItIsWritten(String type) {
        isSdp(read(type, "", SDP + ISUP + "--x--\r\n"), "v=0\r\n");
    }
}
