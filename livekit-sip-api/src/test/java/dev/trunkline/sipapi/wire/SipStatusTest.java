package dev.trunkline.sipapi.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipStatusTest {
    /** As in LiveKit's {@code livekit/sip.go}; the last status of each class is not in its table. */
    @ParameterizedTest
    @CsvSource({
        "300, INVALID_ARGUMENT", "302, NOT_FOUND", "400, INVALID_ARGUMENT", "401, PERMISSION_DENIED", "403, PERMISSION_DENIED",
        "404, NOT_FOUND", "407, UNAUTHENTICATED", "408, DEADLINE_EXCEEDED", "410, NOT_FOUND", "416, OUT_OF_RANGE",
        "480, RESOURCE_EXHAUSTED", "481, NOT_FOUND", "483, FAILED_PRECONDITION", "486, RESOURCE_EXHAUSTED", "487, ABORTED",
        "488, INVALID_ARGUMENT", "499, INVALID_ARGUMENT", "500, FAILED_PRECONDITION", "503, FAILED_PRECONDITION",
        "504, DEADLINE_EXCEEDED", "513, INVALID_ARGUMENT", "599, FAILED_PRECONDITION", "600, RESOURCE_EXHAUSTED",
        "603, PERMISSION_DENIED", "604, NOT_FOUND", "606, INVALID_ARGUMENT", "608, PERMISSION_DENIED", "699, INVALID_ARGUMENT"})
    void aStatusHasTheCodeThatLiveKitGivesIt(int status, RpcCode code) {
        assertThat(SipStatus.of(status).rpcCode()).isEqualTo(code);
    }

    @Test
    void theErrorCarriesTheStatusAsItsDetail() {
        RpcException busy = SipStatus.of(486).error("INVITE failed: ");
        assertThat(busy).hasMessage("INVITE failed: sip status: 486: Busy Here");
        assertThat(busy.details()).singleElement().satisfies(detail -> {
            assertThat(detail.typeUrl()).isEqualTo("type.googleapis.com/livekit.SIPStatus");
            // code 486, status "Busy Here"
            assertThat(HexFormat.of().formatHex(detail.value().toByteArray())).isEqualTo("08e6031209427573792048657265");
        });
    }
}
