package dev.trunkline.router.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Caller;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.router.routing.Decision;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DecisionEventsTest {
    private static final Instant CAME = Instant.parse("2026-11-18T10:00:00Z");
    private static final Instant REFUSED = CAME.plusMillis(70);
    private static final OrganisationRef BAKERY = new OrganisationRef("o-1", "bakery");
    private static final RuleRef ORDERS = new RuleRef("r-1", "orders");
    private static final TrunkRef PBX = new TrunkRef("t-1", "pbx");

    private final DecisionEvents events = new DecisionEvents(
            new SealedCallers(new Sealer(new byte[32], new SecureRandom())), Clock.fixed(REFUSED, ZoneOffset.UTC));

    @Test
    void aRefusalCarriesTheWholeCall() {
        CallRejected rejected = rejected(new Decision.Refuse(
                RefusalReason.WEBHOOK_FAILED, OptionalInt.of(486), Optional.of(BAKERY), Optional.of("+3225550100"),
                Optional.of(ORDERS), Optional.empty(), List.of()));

        CallSummary whole = rejected.summary().orElseThrow();
        assertThat(rejected.status()).isEqualTo(486);
        assertThat(whole.direction()).isEqualTo(CallDirection.INBOUND);
        assertThat(whole.purpose()).contains(CallPurpose.TRIAL);
        assertThat(whole.trunk()).isEqualTo(PBX);
        assertThat(whole.called()).isEqualTo("+3225550100");
        assertThat(whole.caller()).isEqualTo("0123456789abcdef");
        assertThat(whole.organisation()).contains(BAKERY);
        assertThat(whole.number()).contains("+3225550100");
        assertThat(whole.rule()).contains(ORDERS);
        assertThat(whole.room()).isEmpty();
        assertThat(whole.receivedAt()).isEqualTo(CAME);
        assertThat(whole.endedAt()).isEqualTo(REFUSED);
        assertThat(whole.talkMillis()).isZero();
        assertThat(whole.answeredAt()).isEmpty();
    }

    @Test
    void aRefusalBeforeAnybodyIsFoundCarriesWhatTheInviteSaid() {
        CallRejected rejected = rejected(new Decision.Refuse(
                RefusalReason.NUMBER_UNKNOWN, OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of("The trunk's own list of numbers does not include the called number."), List.of()));

        CallSummary whole = rejected.summary().orElseThrow();
        assertThat(whole.organisation()).isEmpty();
        assertThat(whole.number()).isEmpty();
        assertThat(whole.rule()).isEmpty();
        assertThat(rejected.text()).isEqualTo("The trunk's own list of numbers does not include the called number.");
        assertThat(rejected.status()).isEqualTo(404);
    }

    private CallRejected rejected(Decision.Refuse refuse) {
        var invite = new InviteReceived(
                new CallId(new UUID(1, 2)), "edge-1", PBX, "sip-1", "+3225550100", "02 555 01 00",
                new Caller("0123456789abcdef", false), "sealed", "", "192.0.2.1:5060", CAME, CAME.plusSeconds(2),
                Optional.empty(), Optional.of(CallPurpose.TRIAL), Optional.empty());
        return (CallRejected) events.of(invite, new Asked(refuse, Optional.empty()));
    }
}
