package dev.trunkline.edge.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallerIdPlace;
import dev.trunkline.events.CallerIdPolicy;
import dev.trunkline.events.Dialling;
import dev.trunkline.events.GatewayState;
import dev.trunkline.events.NumberForm;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.RegistrationState;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.TrunkRegistration;
import dev.trunkline.events.privacy.TrunkAccount;
import dev.trunkline.sip.gateway.Gateway;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownOutboundTest {
    private static KnownOutbound known(String id, String host, Optional<String> inbound, String username, Optional<String> domain) {
        var trunk = new OutboundTrunk(
                id, id, Optional.empty(), List.of(new TrunkGateway(host, OptionalInt.empty(), Optional.empty(), 0, 1)),
                Optional.of(new TrunkGateway("proxy.example", OptionalInt.of(5070), Optional.of("tcp"), 0, 1)), inbound, Optional.empty(),
                Optional.of(new TrunkRegistration(300, Optional.empty())),
                new CallerIdPolicy(CallerIdPlace.FROM, Optional.empty(), false, Optional.empty(), domain),
                new Dialling(NumberForm.E164, Optional.empty(), "", "", Optional.empty()), List.of(), SrtpUse.OFF, OptionalInt.empty(), OptionalInt.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
        return new KnownOutbound(trunk, Optional.of(new TrunkAccount(
                username, Optional.of("secret"), Optional.empty(), Optional.empty(), Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "anna, '', sip:anna@gw.example, anna",
        "anna, carrier.example, sip:anna@carrier.example, anna",
        "anna@own.example, '', sip:anna@own.example, anna",
        "an na#1, '', sip:an%20na%231@gw.example, an%20na%231",
        "+3225550100, '', sip:+3225550100@gw.example, +3225550100",
    })
    void theAccountIsWrittenAsAUriHasIt(String username, String domain, String from, String contact) {
        KnownOutbound known = known("t", "gw.example", Optional.empty(), username, Optional.of(domain).filter(text -> !text.isEmpty()));
        Gateway gateway = known.gateways().getFirst();
        assertThat(known.from(gateway)).isEqualTo(from);
        assertThat(known.contactUser()).isEqualTo(contact);
        assertThat(known.routes()).containsExactly("<sip:proxy.example:5070;transport=tcp;lr>");
        assertThat(known.toString()).doesNotContain("secret");
    }

    @Test
    void addressesOfAllPlacesAreLetInAndCallsAreThoseOfTheInboundTrunk() {
        InetAddress shared = InetAddress.ofLiteral("192.0.2.1");
        GatewayAddresses addresses = GatewayAddresses.of(
                List.of(known("one", "a.example", Optional.of("in-1"), "a", Optional.empty()),
                        known("two", "b.example", Optional.empty(), "b", Optional.empty())),
                place -> Set.of(place.host().equals("proxy.example") ? shared : InetAddress.ofLiteral("192.0.2." + (place.host().charAt(0) - 'a' + 2))));
        assertThat(addresses.inbound()).containsOnlyKeys(
                shared, InetAddress.ofLiteral("192.0.2.2"), InetAddress.ofLiteral("192.0.2.3"));
        assertThat(addresses.inbound().get(shared)).containsExactly("in-1");
        assertThat(addresses.inbound().get(InetAddress.ofLiteral("192.0.2.3"))).isEmpty();
    }

    @Test
    void whatIsAmissIsSaidInWords() {
        KnownOutbound known = known("t", "a.example", Optional.empty(), "a", Optional.empty());
        var now = Instant.EPOCH;
        var state = new OutboundTrunkState("edge", known.trunk().ref(),
                List.of(new GatewayState("a.example", false, OptionalInt.of(408), OptionalInt.empty(), now),
                        new GatewayState("b.example", true, OptionalInt.of(200), OptionalInt.of(3), now)),
                Optional.of(new RegistrationState(false, Optional.empty(), OptionalInt.of(403), Optional.of("it is forbidden"), now)), now);
        assertThat(Complaints.of(state)).containsExactly("t: gateway a.example is down", "t: not registered, it is forbidden");
    }
}
