package dev.trunkline.edge.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.events.CallerIdPlace;
import dev.trunkline.events.CallerIdPolicy;
import dev.trunkline.events.Dialling;
import dev.trunkline.events.NumberForm;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.TrunkRegistration;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.events.privacy.DialTarget;
import dev.trunkline.events.privacy.TrunkAccount;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InviteWriterTest {
    private static final InviteWriter WRITER = new InviteWriter(new TimerPolicy(1800, 90));

    private static OutgoingRequest written(CallerIdPolicy policy, DialTarget target, Optional<String> account, boolean registered) {
        var trunk = new OutboundTrunk("t", "t", Optional.empty(),
                List.of(new TrunkGateway("gw.example", OptionalInt.of(5080), Optional.of("tcp"), 0, 1)),
                Optional.of(new TrunkGateway("proxy.example", OptionalInt.empty(), Optional.empty(), 0, 1)), Optional.empty(),
                Optional.empty(), registered ? Optional.of(new TrunkRegistration(300, Optional.empty())) : Optional.empty(), policy,
                new Dialling(NumberForm.E164, Optional.empty(), "", "", Optional.empty()), List.of(), SrtpUse.OFF, OptionalInt.empty(),
                OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        var known = new KnownOutbound(trunk, account.map(name -> new TrunkAccount(
                name, Optional.of("secret"), Optional.empty(), Optional.empty(), Optional.empty())));
        return WRITER.written(new UsableTrunk(known, known.gateways(), Optional.empty()), "call@suite", "tag", target, "v=0\r\n").getFirst();
    }

    private static CallerIdPolicy in(CallerIdPlace place) {
        return new CallerIdPolicy(place, Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    private static String header(OutgoingRequest request, String name) {
        return request.headers().stream().filter(header -> header.name().equals(name)).map(SipHeader::value).collect(Collectors.joining());
    }

    private static DialTarget target(Map<String, String> headers) {
        return new DialTarget("+3225550111", "+3225550100", headers);
    }

    @Test
    void goesToTheGatewayByTheProxy() {
        OutgoingRequest invite = written(in(CallerIdPlace.FROM), target(Map.of()), Optional.empty(), false);
        assertThat(invite.requestUri()).isEqualTo("sip:+3225550111@gw.example:5080;transport=tcp");
        assertThat(invite.toUri()).isEqualTo("sip:+3225550111@gw.example");
        assertThat(invite.routes()).containsExactly("<sip:proxy.example;lr>");
        assertThat(invite.fromUri()).isEqualTo("sip:+3225550100@gw.example");
        assertThat(invite.contactUser()).isEmpty();
        assertThat(header(invite, "Session-Expires")).isEqualTo("1800");
        assertThat(header(invite, "Supported")).isEqualTo("timer");
        assertThat(header(invite, "Allow")).contains("INVITE", "UPDATE");
        assertThat(invite.sdp()).contains("v=0\r\n");
    }

    @Test
    void asksForALongerIntervalWhereThatIsWanted() {
        OutgoingRequest invite = written(in(CallerIdPlace.FROM), target(Map.of("X-Ticket", "1")), Optional.empty(), false)
                .again(2, List.of(new SipHeader("Authorization", "Digest x")));
        OutgoingRequest raised = WRITER.raised(invite, 3600);
        assertThat(header(raised, "Session-Expires")).isEqualTo("3600");
        assertThat(header(raised, "Min-SE")).isEqualTo("3600");
        assertThat(header(raised, "X-Ticket")).isEqualTo("1");
        assertThat(header(raised, "Authorization")).as("made anew").isEmpty();
        assertThat(raised.cseq()).isEqualTo(3);
        assertThat(List.of(raised.requestUri(), raised.callId(), raised.fromTag(), raised.sdp()))
                .isEqualTo(List.of(invite.requestUri(), invite.callId(), invite.fromTag(), invite.sdp()));
        OutgoingRequest shorter = WRITER.raised(invite, 120);
        assertThat(header(shorter, "Session-Expires")).as("what we wanted is long enough").isEqualTo("1800");
        assertThat(header(shorter, "Min-SE")).isEqualTo("120");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "P_ASSERTED_IDENTITY | P-Asserted-Identity | <sip:+3225550100@gw.example>",
        "P_PREFERRED_IDENTITY | P-Preferred-Identity | <sip:+3225550100@gw.example>",
        "REMOTE_PARTY_ID | Remote-Party-ID | <sip:+3225550100@gw.example>;party=calling;screen=yes;privacy=off",
        "DIVERSION | Diversion | <sip:+3225550100@gw.example>;reason=unconditional"
    })
    void theNumberStandsWhereTheTrunkWantsIt(CallerIdPlace place, String name, String value) {
        OutgoingRequest invite = written(in(place), target(Map.of()), Optional.of("anna"), false);
        assertThat(header(invite, name)).isEqualTo(value);
        assertThat(invite.fromUri()).isEqualTo("sip:anna@gw.example");
    }

    @Test
    void fromHasTheUserAndTheDomainThatThePolicyNames() {
        var policy = new CallerIdPolicy(CallerIdPlace.P_ASSERTED_IDENTITY, Optional.empty(), false, Optional.of("trunk 1"), Optional.of("us.example"));
        OutgoingRequest invite = written(policy, target(Map.of()), Optional.of("anna"), false);
        assertThat(invite.fromUri()).isEqualTo("sip:trunk%201@us.example");
        assertThat(header(invite, "P-Asserted-Identity")).isEqualTo("<sip:+3225550100@us.example>");
    }

    @Test
    void theNameThatIsGivenStandsInFrom() {
        var named = new DialTarget("+3225550111", "+3225550100", Map.of(), new DialExtras("Acme", "", false, DialExtras.NO_HEADERS, Map.of()), Optional.empty());
        OutgoingRequest invite = written(in(CallerIdPlace.FROM), named, Optional.empty(), false);
        assertThat(invite.fromName()).isEqualTo("Acme");
        assertThat(WRITER.raised(invite, 3600).fromName()).isEqualTo("Acme");
        assertThat(written(in(CallerIdPlace.FROM), target(Map.of()), Optional.empty(), false).fromName()).isEmpty();
    }

    @Test
    void withoutANumberNobodyIsShown() {
        var nobody = new DialTarget("+3225550111", "", Map.of());
        assertThat(written(in(CallerIdPlace.FROM), nobody, Optional.empty(), false).fromUri()).isEqualTo("sip:anonymous@gw.example");
        OutgoingRequest invite = written(in(CallerIdPlace.P_ASSERTED_IDENTITY), nobody, Optional.of("anna@carrier.example"), false);
        assertThat(invite.fromUri()).isEqualTo("sip:anna@carrier.example");
        assertThat(header(invite, "P-Asserted-Identity")).isEmpty();
    }

    @Test
    void whoIsRegisteredIsReachedAsAtItsRegistrar() {
        assertThat(written(in(CallerIdPlace.FROM), target(Map.of()), Optional.of("anna"), true).contactUser()).contains("anna");
    }

    @Test
    void whatIsDialledCannotEndTheUri() {
        var odd = new DialTarget("1>\r\nX: y@z", "", Map.of());
        assertThat(written(in(CallerIdPlace.FROM), odd, Optional.empty(), false).requestUri())
                .isEqualTo("sip:1%3E%0D%0AX%3A%20y%40z@gw.example:5080;transport=tcp");
    }

    @Test
    void furtherHeadersGoAlongThatDoNoHarm() {
        OutgoingRequest invite = written(in(CallerIdPlace.FROM), target(Map.of(
                "X-Ticket", "4711", "Via", "evil", "content-LENGTH", "9", "X-Broken", "a\r\nX: b", "X Y", "z", "", "z",
                "X-Long", "x".repeat(FurtherHeaders.LONGEST_VALUE + 1))), Optional.empty(), false);
        assertThat(header(invite, "X-Ticket")).isEqualTo("4711");
        assertThat(invite.headers()).extracting(SipHeader::name).containsExactly("Allow", "Supported", "Session-Expires", "X-Ticket");
    }

    @Test
    void thereAreNoMoreThanSoMany() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("X-" + i, "v");
        }
        assertThat(written(in(CallerIdPlace.FROM), target(many), Optional.empty(), false).headers()).hasSize(3 + FurtherHeaders.MOST_HEADERS);
    }
}
