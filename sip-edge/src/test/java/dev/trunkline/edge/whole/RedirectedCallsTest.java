package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallerIdPlace;
import dev.trunkline.events.CallerIdPolicy;
import dev.trunkline.events.Dialling;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.NumberForm;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.destinations.Redirects;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Outbound calls whose other side answers 3xx, by a trunk that follows it. */
class RedirectedCallsTest extends WithGateways {
    private static final String TRUNK = "follows";

    @BeforeAll
    void announce() throws Exception {
        outbound.announce(new OutboundTrunk(TRUNK, TRUNK, Optional.empty(),
                List.of(OutboundStates.gateway(gateway.host(), gateway.port()),
                        new TrunkGateway(second.host(), OptionalInt.of(second.port()), Optional.of("udp"), 1, 1)),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                new CallerIdPolicy(CallerIdPlace.FROM, Optional.empty(), false, Optional.empty(), Optional.empty()),
                new Dialling(NumberForm.AS_DIALLED, Optional.of("BE"), "", "", Optional.of(true)), List.of(), SrtpUse.OFF,
                OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        outbound.await(TRUNK, "edge-1", state -> state.gateways().stream().allMatch(asked -> asked.status().orElse(0) == 200));
    }

    private Message redirected(CallRouted route, String contacts) throws Exception {
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "302 Moved Temporarily", "phone", "Contact: " + contacts + "\r\n", "");
        gateway.await("ACK");
        return invite;
    }

    private Message awaitAnother(PlayedGateway at, String user) throws Exception {
        while (true) {
            Message invite = at.await("INVITE");
            if (invite.text().startsWith("INVITE sip:" + user + "@" + at.host())) {
                return invite;
            }
        }
    }

    @Test
    void contactsAreCalledInOrderInOneDialogsNameUntilOneAnswers() throws Exception {
        CallRouted route = GivenLegs.redirected(TRUNK, Redirects.ALL);
        Envelope ready = GivenLegs.dial(suite, route);
        Message first = redirected(route, "<sip:203@%s>;q=0.2, <sip:202@%s>;q=0.8".formatted(second.host(), gateway.host()));
        Message busy = awaitAnother(gateway, "202");
        assertThat(busy.header("Call-ID")).isEqualTo(first.header("Call-ID"));
        assertThat(busy.header("From")).isEqualTo(first.header("From"));
        assertThat(busy.header("To")).isEqualTo(first.header("To"));
        assertThat(busy.header("CSeq")).contains("2 INVITE");
        assertThat(busy.body()).isEqualTo(first.body());
        gateway.answer(busy, "486 Busy Here", "other", "", "");
        gateway.await("ACK");

        Message last = awaitAnother(second, "203");
        assertThat(last.header("CSeq")).contains("3 INVITE");
        second.accept(last, "third");
        assertThat(second.await("ACK").header("CSeq")).contains("3 ACK");
        suite.await(ready, CallAnswered.class);
        second.send(last, "third", "BYE", 1, "");
        second.await(200);
        assertThat(ended(ready).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
    }

    @Test
    void byAnyOtherTrunkARedirectionIsARefusal() throws Exception {
        CallRouted route = GivenLegs.route("out", 30);
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "302 Moved Temporarily", "phone",
                "Contact: <sip:+881612345678@%s:%d>\r\n".formatted(second.host(), second.port()), "");
        gateway.await("ACK");
        assertThat(failed(ready).status()).isEqualTo(302);
        assertThat(ended(ready).reason()).isEqualTo(EndReason.CALLEE_UNREACHABLE);
        assertThat(second.hears(route.invite().sipCallId())).isFalse();
    }

    @Test
    void whereItsTrunkMayNotCallNobodyIsCalledAndTheReasonIsSaid() throws Exception {
        CallRouted route = GivenLegs.redirected(TRUNK, Redirects.ALL);
        Envelope ready = GivenLegs.dial(suite, route);
        redirected(route, "<sip:+3290012345@%s>".formatted(gateway.host()));
        var failed = failed(ready);
        assertThat(failed.status()).isEqualTo(302);
        assertThat(failed.detail()).contains("destination-forbidden").doesNotContain("3290012345");
        assertThat(gateway.hears("+3290012345")).isFalse();
        assertThat(ended(ready).reason()).isEqualTo(EndReason.CALLEE_UNREACHABLE);
    }

    @Test
    void aCallThatIsGivenUpWhileItsTargetRedirectsGoesNowhere() throws Exception {
        CallRouted route = GivenLegs.redirected(TRUNK, Redirects.ALL);
        Envelope ready = GivenLegs.dial(suite, route);
        Message invite = awaitInvite(gateway, route);
        gateway.answer(invite, "180 Ringing", "phone", "", "");
        suite.await(ready, LegRinging.class);
        suite.say(ready, new EndCall(ready.callId(), EndReason.REQUESTED, "test", "enough"));
        gateway.answer(gateway.await("CANCEL"), "200 OK", "phone", "", "");
        gateway.answer(invite, "302 Moved Temporarily", "phone", "Contact: <sip:209@%s>\r\n".formatted(gateway.host()), "");
        gateway.await("ACK");
        assertThat(ended(ready).reason()).isEqualTo(EndReason.REQUESTED);
        assertThat(gateway.hears("sip:209@")).isFalse();
    }
}
