package dev.trunkline.edge.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.edge.Requests;
import dev.trunkline.events.CallId;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.message.Party;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealedHeadsTest {
    private static final CallId CALL = CallId.of("01900000-0000-7000-8000-000000000001");
    private static final CallId OTHER = CallId.of("01900000-0000-7000-8000-000000000002");
    private static final Party ANNA = Requests.from("0475112233", "pbx", "Anna");

    private final SealedHeads heads = new SealedHeads(new Sealer(new byte[32], new SecureRandom()));

    @Test
    void anInviteIsKeptAsFarAsAnAnswerRepeatsIt() {
        var invite = Requests.invite(ANNA, Map.of("X-Secret", List.of("not repeated")), List.of());
        String sealed = heads.seal(CALL, invite, "us").orElseThrow();

        assertThat(sealed).doesNotContain("0475112233");
        assertThat(new String(heads.open(CALL, sealed), StandardCharsets.UTF_8))
                .startsWith("INVITE ")
                .contains("\r\nVia: ", "0475112233", ";tag=us\r\n", "Call-ID: " + invite.callId() + "\r\n")
                .doesNotContain("X-Secret", "v=0");
    }

    @Test
    void itOpensForItsCallAlone() {
        String sealed = heads.seal(CALL, Requests.invite(ANNA, Map.of(), List.of()), "us").orElseThrow();

        assertThatThrownBy(() -> heads.open(OTHER, sealed)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void ofWhatCameByAConnectionNothingIsKept() {
        var source = new PacketSource(InetAddress.ofLiteral("203.0.113.5"), 5066, SipTransportKind.TCP);

        assertThat(heads.seal(CALL, Requests.request("INVITE", "sip:1@edge", ANNA, Map.of(), source), "us")).isEmpty();
    }

    @Test
    void whatIsVeryLongIsNotKept() {
        String via = "SIP/2.0/UDP proxy.example;branch=z9hG4bK" + "x".repeat(1_500);
        var invite = Requests.invite(ANNA, Map.of("Via", List.of(via, via, via)), List.of());

        assertThat(heads.seal(CALL, invite, "us")).isEmpty();
    }
}
