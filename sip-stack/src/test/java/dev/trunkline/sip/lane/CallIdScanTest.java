package dev.trunkline.sip.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallIdScanTest {
    private static final long SEED = 7;

    private static OptionalLong of(String message) {
        return CallIdScan.of(message.getBytes(StandardCharsets.ISO_8859_1), SEED);
    }

    private static long hash(String callId) {
        byte[] octets = callId.getBytes(StandardCharsets.ISO_8859_1);
        return CallIdScan.hash(octets, 0, octets.length, SEED);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Call-ID: a@b\r\n", "call-id:a@b\r\n", "CALL-ID \t:  a@b \t\r\n", "i: a@b\r\n", "I:a@b\r\n", "Call-ID:\r\n a@b\r\n",
        "Via: x\r\nCall-ID: a@b\r\n", "Via: x\r\n Call-ID: no\r\nCall-ID: a@b\r\nCall-ID: other\r\n", "Call-ID: a@b"
    })
    void findsItHoweverItIsWritten(String headers) {
        assertThat(of("INVITE sip:a SIP/2.0\r\n" + headers + "\r\n")).hasValue(hash("a@b"));
        assertThat(of("\r\n\r\nSIP/2.0 200 OK\r\n" + headers + "\r\n")).hasValue(hash("a@b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "\r\n\r\n", "INVITE", "INVITE sip:a SIP/2.0\r\n\r\nCall-ID: in the body\r\n", "Call-ID: in the first line\r\n\r\n",
        "INVITE sip:a SIP/2.0\r\nCall-IDs: a\r\nIn: b\r\nX-Call-ID: c\r\n\r\n", "x\r\ni", "x\r\nCall-ID"
    })
    void findsNoneWhereThereIsNone(String message) {
        assertThat(of(message)).isEmpty();
    }

    @Test
    void aValueThatNeverEndsIsReadOnce() {
        assertThat(of("x\r\n" + "i:" + " ".repeat(60_000))).hasValue(hash(""));
        assertThat(of("x\r\n" + "\u00ff".repeat(65_000))).isEmpty();
    }
}
