package dev.trunkline.sip.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Passes each message of RFC 4475 through the parser alone; docs/rfc4475.md gives the expected results. */
class Rfc4475Test {
    private static final PacketSource SOURCE =
            new PacketSource(InetAddress.ofLiteral("203.0.113.5"), 4711, SipTransportKind.UDP);

    private static Map<String, String> document() throws Exception {
        return Files.readAllLines(Path.of("docs/rfc4475.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| message"))
                .map(line -> List.of(line.split("\\|")))
                .collect(Collectors.toMap(cells -> cells.get(1).strip(), cells -> cells.get(5).strip()));
    }

    static Stream<String> names() {
        return TortureMessages.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void itComesToWhatTheDocumentSays(String name) throws Exception {
        String said = document().get(name);
        String found = switch (MessageParser.parse(TortureMessages.of(name, 5060), SOURCE)) {
            case Parsed.Request request -> "request: " + request.request().method();
            case Parsed.Response response -> "response: " + response.response().status();
            case Parsed.Refused refused -> refused.flaw().status() + ": " + refused.flaw().text();
            case Parsed.Ignored ignored -> "ignored: " + ignored.why();
        };
        assertThat(found).isEqualTo(said);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aRefusalSaysWhichRequestItIsOf(String name) {
        byte[] octets = TortureMessages.of(name, 5060);
        if (MessageParser.parse(octets, SOURCE) instanceof Parsed.Refused refused) {
            String reply = new String(refused.reply(), StandardCharsets.ISO_8859_1);
            assertThat(reply)
                    .startsWith("SIP/2.0 " + refused.flaw().status() + " ")
                    .contains("\r\nVia: ", "\r\nCSeq: ", ";received=203.0.113.5", "\r\nWarning: 399 ")
                    .endsWith("Content-Length: 0\r\n\r\n");
        }
    }

    @Test
    void theDocumentHasThemAll() throws Exception {
        assertThat(document().keySet()).containsExactlyInAnyOrderElementsOf(TortureMessages.NAMES).hasSize(49);
    }
}
