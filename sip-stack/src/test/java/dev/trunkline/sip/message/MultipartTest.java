package dev.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
    private static final String TYPE = "multipart/mixed;boundary=x";

    private static List<Multipart.Part> parts(String type, String body) {
        return Multipart.leaves(type, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void partsAreFoundWithTheirTypeAndDisposition() {
        var parts = parts("Multipart/Mixed ; BOUNDARY=\"a b\"", "preamble\r\n--a b\r\nContent-Type: application/SDP;x=y\r\n"
                + "Content-Disposition: session\r\n\r\nv=0\r\no=-\r\n\r\n--a b \r\nc:application/isup; version=x\r\n"
                + "Content-Disposition: signal ; handling = Optional\r\n\r\n\u0001\u0000\u00ff\r\n--a b--\r\nepilogue\r\n--a b\r\n");
        assertThat(parts).extracting(Multipart.Part::contentType).containsExactly("application/sdp", "application/isup");
        assertThat(parts).extracting(Multipart.Part::disposition).containsExactly("session", "signal");
        assertThat(parts).extracting(Multipart.Part::required).containsExactly(true, false);
        assertThat(parts.getFirst().text()).isEqualTo("v=0\r\no=-\r\n");
        assertThat(parts.getLast().octets()).isEqualTo(new byte[] {1, 0, -1});
    }

    @Test
    void partsWithinPartsStandInTheirPlace() {
        String inner = "Content-Type: multipart/alternative;boundary=y\r\n\r\n--y\r\nContent-Type: b/b\r\n\r\n2\r\n--y\r\n"
                + "Content-Type: c/c\r\n\r\n3\r\n--y--";
        var parts = parts(TYPE, "--x\r\nContent-Type: a/a\r\n\r\n1\r\n--x\r\n" + inner + "\r\n--x\r\n\r\n4\r\n--x--");
        assertThat(parts).extracting(Multipart.Part::text).containsExactly("1", "2", "3", "4");
        assertThat(parts).extracting(Multipart.Part::contentType).containsExactly("a/a", "b/b", "c/c", "text/plain");
    }

    @Test
    void depthAndCountAreBounded() {
        String body = "deep";
        for (int i = 0; i < 10; i++) {
            body = "--" + i + "\r\nContent-Type: " + (i == 0 ? "a/a" : "multipart/mixed;boundary=" + (i - 1)) + "\r\n\r\n" + body
                    + "\r\n--" + i + "--";
        }
        assertThat(parts("multipart/mixed;boundary=9", body)).singleElement()
                .satisfies(part -> assertThat(part.contentType()).isEqualTo("multipart/mixed"));
        assertThat(parts(TYPE, "--x\r\n\r\na\r\n".repeat(MessageLimits.PARTS) + "--x--")).hasSize(MessageLimits.PARTS);
        assertThat(parts(TYPE, "--x\r\n\r\na\r\n".repeat(MessageLimits.PARTS + 1) + "--x--")).isEmpty();
    }

    @Test
    void lineFeedsAloneAndAMissingEndAreForgiven() {
        assertThat(parts(TYPE, "--x\nContent-Type: a/a\n\none\n--x\n\ntwo\n--x--\n")).extracting(Multipart.Part::text)
                .containsExactly("one", "two");
        assertThat(parts(TYPE, "--x\r\n\r\none")).extracting(Multipart.Part::text).containsExactly("one");
    }

    @Test
    void whatLooksLikeADelimiterAndIsNoneIsText() {
        assertThat(parts(TYPE, "--x\r\n\r\n--xy\r\n-x\r\n --x\r\na--x\r\n--x--")).extracting(Multipart.Part::text)
                .containsExactly("--xy\r\n-x\r\n --x\r\na--x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/sdp", "multipart/mixed", "multipart/mixed;boundary=", "multipart/mixed;boundary=\"\"", "",
        "multipart/mixed;boundary=0123456789012345678901234567890123456789012345678901234567890123456789x", "multipart;boundary=x"})
    void whatHasNoBoundaryHasNoParts(String type) {
        assertThat(parts(type, "--x\r\n\r\na\r\n--x--")).isEmpty();
        assertThat(parts(TYPE, "no part")).isEmpty();
    }

    @Test
    void aMessageFindsItsParts() {
        SipRequest invite = Messages.request(Messages.with("Content-Length",
                        "Content-Type: multipart/mixed;\r\n boundary=x").replace("\r\n\r\nv=",
                        "\r\n\r\n--x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--x--\r\n"));
        assertThat(invite.contentType()).isEqualTo("multipart/mixed");
        assertThat(invite.parts()).extracting(Multipart.Part::text).containsExactly("v=0");
        assertThat(Messages.request(Messages.SOUND).parts()).isEmpty();
    }
}
