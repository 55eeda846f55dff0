package dev.trunkline.edge.dialog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.edge.Requests;
import dev.trunkline.edge.refresh.SessionTimer;
import dev.trunkline.events.CallId;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingRequest.Hop;
import dev.trunkline.sip.message.SipUri;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialogTest {

    private static Dialog dialog(String... recordRoutes) {
        return Dialog.answering(
                Requests.invite(Requests.from("anna", "pbx", ""), Map.of(), List.of(recordRoutes)), "tag");
    }

    @Test
    void itsRequestsGoToTheRemoteTarget() {
        OutgoingRequest bye = dialog().request("BYE", List.of());
        assertThat(bye.requestUri()).isEqualTo("sip:anna@192.0.2.1:5062");
        assertThat(bye.routes()).isEmpty();
        assertThat(bye.fromUri()).isEqualTo("sip:+3225550100@edge");
        assertThat(bye.fromTag()).isEqualTo("tag");
        assertThat(bye.toUri()).isEqualTo("sip:anna@pbx");
        assertThat(bye.toTag()).isEqualTo("fromtag");
        assertThat(bye.cseq()).isEqualTo(1);
        assertThat(dialog().sent().request("BYE", List.of()).cseq()).isEqualTo(2);
    }

    @Test
    void aLooseRouterIsPassedThrough() {
        OutgoingRequest bye = dialog("<sip:p1;lr>", "<sip:p2;lr>").request("BYE", List.of());
        assertThat(bye.requestUri()).isEqualTo("sip:anna@192.0.2.1:5062");
        assertThat(bye.routes()).containsExactly("<sip:p1;lr>", "<sip:p2;lr>");
    }

    @Test
    void aStrictRouterGetsTheRequestUri() {
        OutgoingRequest bye = dialog("<sip:p1>", "<sip:p2;lr>").request("BYE", List.of());
        assertThat(bye.requestUri()).isEqualTo("sip:p1");
        assertThat(bye.routes()).containsExactly("<sip:p2;lr>", "<sip:anna@192.0.2.1:5062>");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:a@192.168.1.5, true", "sip:a@10.1.1.1:5080, true", "sip:a@[fd00::1], true", "sip:a@100.64.3.4, true",
        "sip:a@198.51.100.1, false", "sip:a@pbx.example, false", "sip:a@[2001:db8::1], false",
    })
    void aTargetBehindANatIsReachedWhereItCameFrom(String target, boolean natted) {
        Dialog moved = dialog().received(8, Optional.of(target));
        assertThat(moved.request("BYE", List.of()).hop())
                .isEqualTo(natted ? Optional.of(new Hop("203.0.113.5", 5066)) : Optional.empty());
    }

    @Test
    void survivesItsSeal() {
        var seals = new SealedDialogs(new Sealer(new byte[32], new SecureRandom()), EventJson.MAPPER);
        CallId call = CallId.of("01900000-0000-7000-8000-000000000001");
        String sealed = seals.seal(call, dialog("<sip:p1;lr>"));
        assertThat(sealed).doesNotContain("anna");
        assertThat(seals.open(call, sealed)).isEqualTo(dialog("<sip:p1;lr>"));
        CallId another = CallId.of("01900000-0000-7000-8000-000000000002");
        assertThatThrownBy(() -> seals.open(another, sealed)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void carriesItsSessionTimerAndOpensWhatAnOlderEdgeSealed() throws Exception {
        Dialog timed = dialog().with(Optional.of(new SessionTimer(600, 90, true)));
        String json = EventJson.MAPPER.writeValueAsString(timed);
        assertThat(EventJson.MAPPER.readValue(json, Dialog.class)).isEqualTo(timed);
        var old = (ObjectNode) EventJson.MAPPER.readTree(EventJson.MAPPER.writeValueAsString(dialog()));
        old.remove(List.of("timer", "methods"));
        assertThat(EventJson.MAPPER.treeToValue(old, Dialog.class)).isEqualTo(dialog());
    }

    @Test
    void countsOnFarEnoughWhereAnotherProcessLeftOff() {
        assertThat(dialog().takenUp(Duration.ofMinutes(2)).request("BYE", List.of()).cseq()).isEqualTo(122);
    }

    @ParameterizedTest
    @CsvSource({
        "sip:host, host, -1, false", "sip:u@host:5070;lr, host, 5070, true", "<sip:u@[::1]:5070;lr=on>, ::1, 5070, true",
        "sips:[2001:db8::1], 2001:db8::1, -1, false", "\"N\" <sip:h;LR>;tag=1, h, -1, true", "sip:h:x, h, -1, false",
    })
    void readsUris(String text, String host, int port, boolean loose) {
        SipUri uri = SipUri.parse(text);
        assertThat(uri.host()).isEqualTo(host);
        assertThat(uri.port()).isEqualTo(port < 0 ? OptionalInt.empty() : OptionalInt.of(port));
        assertThat(uri.loose()).isEqualTo(loose);
    }
}
