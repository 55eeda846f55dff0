package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.events.CallCommand;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CompleteTransfer;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An outbound call that speaks with its parent's agent first. */
class ConsultationTest {
    private static final LegFacts WARM = warm(false);

    private static LegFacts warm(boolean agentsStay) {
        return GivenLeg.facts(
                GivenLeg.leg(Optional.of(GivenLeg.PARENT), Optional.of("transfer-1"), OptionalInt.empty(), agentsStay).consulting());
    }

    private static CallInput complete(String transfer) {
        return Given.told(new CompleteTransfer(Given.CALL, transfer, "media-relay"));
    }

    private static CallInput end(EndReason reason, String detail) {
        return Given.told(new EndCall(Given.CALL, reason, "media-relay", detail));
    }

    private static List<CallEvent> told(Seen seen) {
        return seen.each(Effect.TellParent.class).map(Effect.TellParent::event).toList();
    }

    private static TransferFailed failed(Seen seen) {
        return (TransferFailed) told(seen).getFirst();
    }

    @Test
    void itsAnswerJoinsNobody() {
        Seen seen = Seen.of(GivenLeg.calling(WARM), GivenLeg.accepted(Optional.of(GivenLeg.ANSWER)));
        assertThat(told(seen)).containsExactly(new TransferConsulting(GivenLeg.PARENT, "transfer-1", Given.CALL));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAgentHasTheTwoJoined(boolean agentsStay) {
        Seen seen = Seen.of(GivenLeg.up(warm(agentsStay)), complete("transfer-1"));
        assertThat(told(seen)).containsExactly(new TransferSucceeded(
                GivenLeg.PARENT, "transfer-1", TransferWay.WARM, Optional.of(Given.CALL), agentsStay));
        assertThat(((CallState.Up) seen.state()).session().leg()).hasValueSatisfying(leg -> assertThat(leg.isConsulting()).isFalse());
    }

    @Test
    void theyAreJoinedOnce() {
        assertThat(told(Seen.of(GivenLeg.up(WARM), complete("transfer-1"), complete("transfer-1")))).isEmpty();
    }

    @Test
    void anotherTransferJoinsNobody() {
        Seen seen = Seen.of(GivenLeg.up(WARM), complete("transfer-2"));
        assertThat(told(seen)).isEmpty();
        assertThat(((CallState.Up) seen.state()).session().leg()).hasValueSatisfying(leg -> assertThat(leg.isConsulting()).isTrue());
    }

    @Test
    void aLegThatIsJoinedAlreadyTellsNothing() {
        assertThat(told(Seen.of(GivenLeg.up(GivenLeg.transferring()), complete("transfer-1")))).isEmpty();
    }

    @Test
    void oneThatRingsIsNotJoined() {
        assertThat(told(Seen.of(GivenLeg.calling(WARM), complete("transfer-1")))).isEmpty();
    }

    @Test
    void theTargetHangsUp() {
        Seen seen = Seen.of(GivenLeg.up(WARM), new CallInput.Bye(1));
        assertThat(seen.state()).isInstanceOf(Ended.class);
        assertThat(failed(seen)).isEqualTo(new TransferFailed(
                GivenLeg.PARENT, "transfer-1", Optional.of(TransferWay.WARM), Optional.of(Given.CALL), OptionalInt.empty(),
                EndReason.CALLEE_HUNG_UP.sentence(), List.of()));
    }

    @Test
    void whatBecameOfItIsSaidBeforeTheLastEvent() {
        List<Effect> effects = Seen.of(GivenLeg.up(WARM), new CallInput.Bye(1)).step().effects();
        assertThat(effects.getFirst()).isInstanceOf(Effect.TellParent.class);
    }

    @ParameterizedTest
    @CsvSource({"CALLEE_DECLINED, 603", "REQUESTED, ", "TOO_LONG, "})
    void itIsEndedWithTheReasonThatIsGiven(EndReason reason, Integer status) {
        Seen seen = Seen.of(GivenLeg.up(WARM), end(reason, "One sentence."));
        assertThat(failed(seen).detail()).isEqualTo("One sentence.");
        assertThat(failed(seen).status()).isEqualTo(status == null ? OptionalInt.empty() : OptionalInt.of(status));
        assertThat(((CallEnded) seen.published().getLast()).reason()).isEqualTo(reason);
    }

    @Test
    void itFailsTooWhereTheEndComesFromElsewhere() {
        assertThat(failed(Seen.of(GivenLeg.up(WARM), new CallInput.Drain())).detail()).isEqualTo(EndReason.SHUTDOWN.sentence());
        assertThat(failed(new Seen(Given.MACHINE.giveUp(GivenLeg.up(WARM)))).detail()).isEqualTo(EndReason.EDGE_LOST.sentence());
        var ended = new CallEnded(Given.CALL, "media-relay", EndReason.LIVEKIT_LOST, "", true, 0, Optional.empty());
        assertThat(failed(Seen.of(GivenLeg.up(WARM), Given.told(ended))).detail()).isEqualTo(EndReason.LIVEKIT_LOST.sentence());
    }

    @Test
    void ofAParentThatIsOverNothingIsSaid() {
        Seen seen = Seen.of(GivenLeg.up(WARM), new CallInput.PartnerLeft());
        assertThat(seen.state()).isInstanceOf(Ended.class);
        assertThat(told(seen)).isEmpty();
    }

    @Test
    void itEndsWithTheRelayOfItsParentFromTheBeginningOn() {
        var orphaned = new CallInput.ParentOrphaned();
        assertThat(failed(Seen.of(GivenLeg.up(WARM), orphaned)).detail()).isEqualTo(Consultation.ORPHANED);
        assertThat(failed(Seen.of(GivenLeg.calling(WARM), orphaned)).detail()).isEqualTo(Consultation.ORPHANED);
        assertThat(failed(Seen.of(GivenLeg.offering(WARM), orphaned)).detail()).isEqualTo(Consultation.ORPHANED);
    }

    @Test
    void aLegThatIsJoinedOutlivesTheRelayOfItsParent() {
        var orphaned = new CallInput.ParentOrphaned();
        assertThat(Seen.of(GivenLeg.up(WARM), complete("transfer-1"), orphaned).state()).isInstanceOf(CallState.Up.class);
        for (CallState state : List.of(
                GivenLeg.up(GivenLeg.transferring()), GivenLeg.calling(GivenLeg.transferring()), GivenLeg.offering(GivenLeg.transferring()))) {
            assertThat(Seen.of(state, orphaned).state()).isEqualTo(state);
        }
    }

    @Test
    void oneThatNobodyAnswersFailsAsAnyLeg() {
        assertThat(failed(Seen.of(GivenLeg.calling(WARM), GivenLeg.failed(486)))).satisfies(failed -> {
            assertThat(failed.status()).hasValue(486);
            assertThat(failed.way()).contains(TransferWay.WARM);
        });
    }

    @Test
    void afterItWasJoinedItsEndIsThatOfAnyLeg() {
        assertThat(told(Seen.of(GivenLeg.up(WARM), complete("transfer-1"), new CallInput.Bye(1)))).isEmpty();
    }

    @Test
    void aCallThatCameInKnowsNoCommandOfThatKind() {
        CallCommand command = new CompleteTransfer(Given.CALL, "transfer-1", "media-relay");
        assertThat(Seen.of(Given.up(), Given.told(command)).state()).isEqualTo(Given.up());
    }

    @Test
    void onlyATransferSpeaksWithAnAgent() {
        OutgoingLeg dialled = GivenLeg.leg(Optional.empty(), Optional.empty(), OptionalInt.empty(), false).consulting();
        assertThat(dialled.isConsulting()).isFalse();
    }
}
