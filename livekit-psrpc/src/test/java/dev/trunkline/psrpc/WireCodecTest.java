package dev.trunkline.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireCodecTest {
    private static final ByteString PAYLOAD = ByteString.copyFromUtf8("payload");

    private static void staysTheSame(Wire message) throws WireFormatException {
        assertThat(WireCodec.decode(WireCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void aRequestStaysTheSame() throws WireFormatException {
        staysTheSame(new Wire.Request("REQ_1", "CLI_1", 1_700_000_000_000_000_001L, 1_700_000_030_000_000_001L, false, Map.of("traceparent", "00-1"), PAYLOAD));
        staysTheSame(new Wire.Request("REQ_1", "CLI_1", 1, 2, true, Map.of(), ByteString.EMPTY));
    }

    @Test
    void aResponseStaysTheSame() throws WireFormatException {
        staysTheSame(new Wire.Response("REQ_1", "SRV_1", 5, Optional.empty(), PAYLOAD));
        var details = List.of(new ErrorDetail("type.googleapis.com/livekit.SIPStatus", ByteString.copyFrom(new byte[] {8, (byte) 0xe6, 3})));
        staysTheSame(new Wire.Response("REQ_1", "SRV_1", 5, Optional.of(new Wire.Failure("resource_exhausted", "busy", details)), ByteString.EMPTY));
    }

    @Test
    void claimAndGrantStayTheSame() throws WireFormatException {
        staysTheSame(new Wire.Claim("REQ_1", "SRV_1", 0.25f));
        staysTheSame(new Wire.Grant("REQ_1", "SRV_1"));
    }

    @Test
    void theOctetsAreThoseOfGo() throws WireFormatException {
        // proto.Marshal of internal.Msg with an internal.ClaimRequest {"R", "S", 1}
        byte[] go = HexFormat.of().parseHex(
                "0a29" + HexFormat.of().formatHex("type.googleapis.com/internal.ClaimRequest".getBytes(StandardCharsets.UTF_8))
                        + "120b0a01521201531d0000803f");
        assertThat(WireCodec.decode(go)).isEqualTo(new Wire.Claim("R", "S", 1f));
        assertThat(WireCodec.encode(new Wire.Claim("R", "S", 1f))).isEqualTo(go);
    }

    @Test
    void anErrorWithoutAWordStillIsOne() throws WireFormatException {
        var silent = new Wire.Response("REQ_1", "SRV_1", 5, Optional.of(new Wire.Failure("not_found", "", List.of())), ByteString.EMPTY);
        assertThat(((Wire.Response) WireCodec.decode(WireCodec.encode(silent))).error()).isPresent();
    }

    @Test
    void whatIsTooLongIsNotRead() {
        assertThatThrownBy(() -> WireCodec.decode(new byte[WireCodec.MOST_OCTETS + 1]))
                .isInstanceOf(WireFormatException.class);
        var longId = new Wire.Grant("R".repeat(WireCodec.LONGEST_ID + 1), "S");
        assertThatThrownBy(() -> WireCodec.decode(WireCodec.encode(longId))).isInstanceOf(WireFormatException.class);
        var details = Collections.nCopies(WireCodec.MOST_DETAILS + 1, new ErrorDetail("t", ByteString.EMPTY));
        var chatty = new Wire.Response("R", "S", 1, Optional.of(new Wire.Failure("internal", "x", details)), ByteString.EMPTY);
        assertThatThrownBy(() -> WireCodec.decode(WireCodec.encode(chatty))).isInstanceOf(WireFormatException.class);
    }

    @Test
    void aMessageWithoutIdsIsNone() {
        assertThatThrownBy(() -> WireCodec.decode(WireCodec.encode(new Wire.Grant("", "S")))).isInstanceOf(WireFormatException.class);
        assertThatThrownBy(() -> WireCodec.decode(new byte[0])).isInstanceOf(WireFormatException.class);
    }

    @Test
    void whateverOctetsComeNothingElseIsThrown() {
        var random = new Random(12);
        byte[] whole = WireCodec.encode(new Wire.Request("REQ_1", "CLI_1", 1, 2, false, Map.of("a", "b"), PAYLOAD));
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = whole.clone();
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            try {
                assertThat(WireCodec.decode(Arrays.copyOf(octets, random.nextInt(octets.length) + 1))).isNotNull();
            } catch (WireFormatException e) {
                assertThat(e).hasMessageNotContaining("payload");
            }
        }
    }
}
