package dev.trunkline.router.dialling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.InboundTrunk;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller's side is asked to call. */
class ReferringTest {
    private final Directory directory = directory(Lines.carrier(), List.of("203.0.113.0/24", "203.0.113.7/32"));

    private static Directory directory(Lines lines, List<String> addresses) {
        Directory without = lines.directory();
        return Directory.of(
                1, without.organisations().values(), List.of(), List.of(),
                List.of(new InboundTrunk("pbx-id", "pbx", addresses, Optional.of("BE"), List.of(), List.of(), List.of())),
                List.of(), without.outbound());
    }

    private static Referring.Decision refer(String to, Directory directory) {
        return new Referring(new Dialler(JsonNodeFactory.instance.objectNode()))
                .decide(Lines.request(to, Optional.empty()), "pbx-id", directory);
    }

    @ParameterizedTest
    @CsvSource({
        "0470123456, tel:+32470123456", "sip:+32470123456@sip.carrier.example, tel:+32470123456",
        "1001, sip:1001@203.0.113.7", "tel:1001, sip:1001@203.0.113.7", "sip:1001@203.0.113.7:5080, sip:1001@203.0.113.7",
        "sip:anna@203.0.113.7, sip:anna@203.0.113.7", "112, sip:112@203.0.113.7",
    })
    void aNumberIsATelUriAndAnExtensionIsAtItsPbx(String to, String uri) {
        assertThat(refer(to, directory)).isInstanceOfSatisfying(Referring.Decision.Refer.class, refer ->
                assertThat(refer.uri()).isEqualTo(uri));
    }

    @ParameterizedTest
    @CsvSource({
        "+33612345678, destination-forbidden", "+3290012345, destination-forbidden", "sip:+32470123456@evil.example, destination-forbidden",
        "sip:1001@evil.example, destination-forbidden", "sip:anna@sip.carrier.example, destination-forbidden", "anna, destination-invalid",
        "'', destination-invalid", "*21*0900123456#, destination-invalid",
    })
    void aForbiddenDestinationIsForbiddenForReferToo(String to, String reason) {
        assertThat(refer(to, directory)).isInstanceOfSatisfying(Referring.Decision.Refuse.class, refused -> {
            assertThat(refused.refusal().reason().code()).isEqualTo(reason);
            assertThat(refused.trace().getLast().step()).isEqualTo(reason);
        });
    }

    @Test
    void anExtensionNeedsNoOutboundTrunkAndANumberDoes() {
        Directory bare = directory(new Lines(), List.of("pbx.example"));

        assertThat(refer("1001", bare)).isInstanceOfSatisfying(Referring.Decision.Refer.class, refer ->
                assertThat(refer.uri()).isEqualTo("sip:1001@pbx.example"));
        assertThat(refer("+32470123456", bare)).isInstanceOfSatisfying(Referring.Decision.Refuse.class, refused ->
                assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.NO_OUTBOUND_TRUNK));
    }

    @Test
    void theGatewayOfAnOutboundTrunkThatLeadsBackGoesBeforeAnAddress() {
        Directory plain = directory(Lines.of("{'name':'back','gateways':[{'host':'second.example','order':2},{'host':'2001:db8::5','order':1}]}"),
                List.of("203.0.113.7/32"));
        OutboundTrunk back = plain.outbound().getFirst();
        Directory linked = Directory.of(1, plain.organisations().values(), List.of(), List.of(),
                List.of(plain.trunk("pbx-id").orElseThrow().trunk()), List.of(), List.of(new OutboundTrunk(
                        back.id(), back.name(), back.organisation(), back.gateways(), back.proxy(), Optional.of("pbx-id"), back.sealedAccount(),
                        back.registration(), back.callerId(), back.dialling(), back.codecs(), back.srtp(), back.callsAtOnce(),
                        back.callsPerSecond(), back.allowed(), back.forbidden(), back.attributesToHeaders())));

        assertThat(refer("1001", linked)).isInstanceOfSatisfying(Referring.Decision.Refer.class, refer ->
                assertThat(refer.uri()).isEqualTo("sip:1001@[2001:db8::5]"));
        assertThat(refer("1001", plain)).isInstanceOfSatisfying(Referring.Decision.Refer.class, refer ->
                assertThat(refer.uri()).isEqualTo("sip:1001@203.0.113.7"));
    }

    @Test
    void whoeverWasCalledIsReferredAtTheTrunkThatWentThere() {
        Referring.Decision decision = new Referring(new Dialler(JsonNodeFactory.instance.objectNode()))
                .decide(Lines.request("1001", Optional.empty()), "carrier-id", directory);

        assertThat(decision).isInstanceOfSatisfying(Referring.Decision.Refer.class, refer ->
                assertThat(refer.uri()).isEqualTo("sip:1001@sip.carrier.example"));
    }

    @ParameterizedTest
    @CsvSource({"1001, sip:1001@pbx.example:5080", "sip:anna@PBX.example, sip:anna@pbx.example:5080"})
    void aGatewaysPortIsNamed(String to, String uri) {
        Directory lines = Lines.of("{'name':'back','gateways':[{'host':'PBX.example','port':5080}]}").directory();

        assertThat(new Referring(new Dialler(JsonNodeFactory.instance.objectNode())).decide(Lines.request(to, Optional.empty()), "back-id", lines))
                .isInstanceOfSatisfying(Referring.Decision.Refer.class, refer -> assertThat(refer.uri()).isEqualTo(uri));
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.0/24", "2001:db8::/64"})
    void aNetworkIsNoPlaceToReferTo(String network) {
        assertThat(refer("1001", directory(Lines.carrier(), List.of(network)))).isInstanceOfSatisfying(Referring.Decision.Refuse.class, refused ->
                assertThat(refused.refusal().detail()).contains("outbound trunk"));
    }
}
