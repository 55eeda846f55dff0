package dev.trunkline.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every header at its greatest length, filled with everything that nests or repeats, on a small stack: once at 64 KiB, where
 * limits stop it, and once just below the limit of a header field, where scanners must process all of it.
 */
class HostileSizesTest {
    private static final List<String> NAMES = List.of("Via", "From", "To", "Call-ID", "CSeq", "Contact", "Max-Forwards",
            "Content-Length", "Content-Type", "Route", "Record-Route", "Accept", "Allow", "Authorization",
            "Proxy-Authorization", "Content-Disposition", "Content-Encoding", "Date", "Diversion", "Event", "Expires",
            "History-Info", "Identity", "Min-SE", "P-Asserted-Identity", "Privacy", "Proxy-Require", "RAck", "Reason",
            "Refer-To", "Referred-By", "Remote-Party-ID", "Replaces", "Require", "Session-Expires", "Subject",
            "Subscription-State", "Supported", "Timestamp", "User-Agent", "Warning", "X-Any", "v", "f", "t", "i", "m", "l", "c");
    private static final List<String> PIECES = List.of(";", ",", "\"", "<", "(", "\\", " ", "7", "\u00c3\u00bc", "\0",
            "\r\n ", "\t", ">", "=", ":", "@", "%", "?", "a", "[", "]", "/", "\u00ff", ";a=b", "<sip:a@b>,", "SIP/2.0/UDP a,",
            "\"\\\"\" ", ";x=\"", "a ", "sip:", "\r", "\n", "\"<", "<\"", ";tag=1", "--x\r\n ");
    private static final int WHOLE = 64_000;
    private static final int FIELD = 8_150;

    static Stream<String> names() {
        return NAMES.stream();
    }

    private static byte[] message(String method, String field, String value) {
        String head = method + " sip:a@b SIP/2.0\r\n";
        for (String line : List.of("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1", "From: <sip:a@b>;tag=1", "To: <sip:c@d>",
                "Call-ID: x", "CSeq: 1 " + method, "Contact: <sip:a@b>", "Content-Type: application/sdp")) {
            if (!line.regionMatches(true, 0, field + ":", 0, field.length() + 1)) {
                head += line + "\r\n";
            }
        }
        return (head + field + ": " + value + "\r\n\r\nv=0").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String filled(String begin, String piece, int length) {
        return begin + piece.repeat(length / piece.length());
    }

    @ParameterizedTest
    @MethodSource("names")
    void aHeaderOfOnePieceOverAndOver(String name) throws Exception {
        Everything.onSmallStack(() -> {
            for (String piece : PIECES) {
                for (String begin : List.of("", "<sip:a@b>", "SIP/2.0/UDP a", "\"", "1 ", "multipart/mixed;boundary=x")) {
                    Everything.read(message("INVITE", name, filled(begin, piece, WHOLE)));
                    Everything.read(message("INVITE", name, filled(begin, piece, FIELD - begin.length())));
                }
                Everything.read(message("ACK", name, filled("", piece, FIELD)));
            }
            return true;
        });
    }

    @Test
    void aRequestLineOfOnePieceOverAndOver() throws Exception {
        Everything.onSmallStack(() -> {
            String rest = new String(message("INVITE", "X", "y"), StandardCharsets.ISO_8859_1).substring(21);
            for (String piece : PIECES) {
                for (int length : List.of(2_000, WHOLE)) {
                    for (String line : List.of(filled("INVITE sip:a@b", piece, length) + " SIP/2.0",
                            filled("INVITE ", piece, length) + " SIP/2.0", filled("", piece, length) + " sip:a@b SIP/2.0",
                            "INVITE sip:a@b SIP/2.0" + filled("", piece, length), filled("INVITE tel:", piece, length) + " SIP/2.0",
                            filled("SIP/2.0 200 ", piece, length))) {
                        Everything.read((line + rest).getBytes(StandardCharsets.ISO_8859_1));
                    }
                }
            }
            return true;
        });
    }

    @Test
    void tenThousandOfEverythingThatRepeats() throws Exception {
        Everything.onSmallStack(() -> {
            for (String line : List.of("X: y", "Via: SIP/2.0/UDP a", "Route: <sip:a>", "Record-Route: <sip:a>", "f: <sip:a@b>",
                    "l: 3", "m: <sip:a@b>", "no colon", ":", " ", " x", "a:")) {
                assertThat(Everything.read(message("INVITE", "X-First", "y" + ("\r\n" + line).repeat(10_000))))
                        .isInstanceOf(Parsed.Refused.class);
            }
            for (int lines : List.of(30_000, 60_000)) {
                Everything.read(message("INVITE", "X", "y" + "\r\na:".repeat(lines / 4)));
                Everything.read(("INVITE sip:a@b SIP/2.0" + "\na:".repeat(lines)).getBytes(StandardCharsets.ISO_8859_1));
                Everything.read(("INVITE sip:a@b SIP/2.0" + "\r\n".repeat(lines)).getBytes(StandardCharsets.ISO_8859_1));
                Everything.read("\r\n".repeat(lines).getBytes(StandardCharsets.ISO_8859_1));
            }
            return true;
        });
    }

    @Test
    void partsWithoutEnd() throws Exception {
        Everything.onSmallStack(() -> {
            for (String piece : List.of("--x\r\n", "--x\r\n\r\n", "--x\r\nContent-Type: multipart/mixed;boundary=x\r\n\r\n", "--x",
                    "--", "\r\n", "--x--\r\n", "\n--x\n", "--x\r\nContent-Type: multipart/mixed;boundary=x", "a: b\r\n", " ", "\0")) {
                Everything.read((new String(message("INVITE", "Content-Type", "multipart/mixed;boundary=x"),
                        StandardCharsets.ISO_8859_1) + "\r\n" + filled("", piece, WHOLE)).getBytes(StandardCharsets.ISO_8859_1));
            }
            return true;
        });
    }
}
