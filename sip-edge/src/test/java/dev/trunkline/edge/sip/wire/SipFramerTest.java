package dev.trunkline.edge.sip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipFramerTest {
    private static final int LONGEST = 1000;
    private final SipFramer framer = new SipFramer(LONGEST);

    private static String message(String headers, String body) {
        return "MESSAGE sip:a@b SIP/2.0\r\nCall-ID: 1\r\n" + headers + "\r\n" + body;
    }

    private List<Frame> feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        framer.add(bytes, bytes.length);
        var frames = new ArrayList<Frame>();
        for (Optional<Frame> frame = framer.next(); frame.isPresent(); frame = framer.next()) {
            frames.add(frame.get());
        }
        return frames;
    }

    private static List<String> texts(List<Frame> frames) {
        return frames.stream()
                .map(frame -> switch (frame) {
                    case Frame.Message(var bytes) -> new String(bytes, StandardCharsets.ISO_8859_1);
                    case Frame.Ping() -> "ping";
                    case Frame.Broken(var fault, var bytes) -> fault + " " + bytes.length;
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 3", "l:3", "CONTENT-LENGTH :  3  ", "Content-Length:\r\n 3", "l: 003",
        "l: 3\r\nContent-Length: 3"})
    void theBodyIsAsLongAsItsFieldSays(String field) {
        String whole = message(field + "\r\n", "abc");
        assertThat(texts(feed(whole + whole))).containsExactly(whole, whole);
    }

    @Test
    void withoutALengthThereIsNoBody() {
        String whole = message("", "");
        assertThat(texts(feed(whole + whole))).containsExactly(whole, whole);
    }

    @Test
    void aFoldedLineIsNoField() {
        String whole = message("Subject: x\r\n l: 5\r\n", "");
        assertThat(texts(feed(whole))).containsExactly(whole);
    }

    @Test
    void howItIsCutIntoPiecesDoesNotMatter() {
        String stream = message("l: 5\r\n", "\r\n\r\n.") + "\r\n\r\n" + message("", "") + "\r\n" + message("l: 1\r\n", "x");
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var fresh = new SipFramerTest();
            var seen = new ArrayList<String>();
            for (int at = 0; at < stream.length(); ) {
                int to = Math.min(stream.length(), at + 1 + random.nextInt(9));
                seen.addAll(texts(fresh.feed(stream.substring(at, to))));
                at = to;
            }
            assertThat(seen).containsExactly(
                    message("l: 5\r\n", "\r\n\r\n."), "ping", message("", ""), message("l: 1\r\n", "x"));
        }
    }

    @Test
    void everyPairOfLineEndsBetweenMessagesIsAPing() {
        assertThat(texts(feed("\r\n\r\n\r\n\r\n"))).containsExactly("ping", "ping");
        assertThat(texts(feed("\r\n"))).isEmpty();
        assertThat(framer.inMessage()).isFalse();
        assertThat(texts(feed("\r\n"))).containsExactly("ping");
    }

    @ParameterizedTest
    @CsvSource({"-1", "3x", "''", "99999999999999999999", "0x3", "'3, 3'"})
    void aLengthThatIsNoneBreaksTheStream(String length) {
        List<Frame> frames = feed(message("Content-Length: " + length + "\r\n", "abc"));
        assertThat(texts(frames)).singleElement().asString().startsWith("WRONG_LENGTH");
        assertThat(feed(message("", ""))).isEmpty();
    }

    @Test
    void twoLengthsThatDifferBreakTheStream() {
        assertThat(texts(feed(message("l: 3\r\nContent-Length: 4\r\n", "abcd")))).singleElement().asString()
                .startsWith("WRONG_LENGTH");
    }

    @Test
    void noMessageIsLongerThanAllowed() {
        assertThat(texts(feed(message("l: 1000\r\n", "")))).singleElement().asString().startsWith("TOO_LONG");
    }

    @Test
    void aHeaderSectionWithoutEndIsCutOff() {
        assertThat(feed("MESSAGE sip:a@b SIP/2.0\r\n")).isEmpty();
        var seen = new ArrayList<Frame>();
        for (int i = 0; i < 100 && seen.isEmpty(); i++) {
            seen.addAll(feed("X-Long: 0123456789\r\n"));
        }
        assertThat(texts(seen)).containsExactly("TOO_LONG 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0016\u0003\u0001\u0002", "GET / HTTP/1.1\r\n", "\u0000\u0001\u0000\u0000", "\u0080abc", "hello\r\n"})
    void whatIsNoSipIsCutOffAtOnce(String garbage) {
        assertThat(texts(feed(garbage))).containsExactly("NOT_SIP 0");
    }

    @Test
    void knowsWhetherAMessageIsHalf() {
        assertThat(framer.inMessage()).isFalse();
        feed("INV");
        assertThat(framer.inMessage()).isTrue();
    }
}
