package dev.trunkline.sipapi.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.LegFailed;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.SipCallIds;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.TrunkRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallBookTest {
    private static final CallId CALL = new CallId(new UUID(0x019A_8C3E_6F00_7A41L, 7));
    private static final String GIVEN = "SCL_a1B2c3D4e5F6";
    private static final Instant START = Instant.parse("2026-03-02T09:15:30Z");

    private final List<String> told = new ArrayList<>();
    private Instant now = START;
    private final CallBook book = new CallBook(
            new CallBook.Listener() {
                @Override
                public void begins(String sipCallId, CallId callId) {
                    told.add("+" + sipCallId);
                }

                @Override
                public void ends(String sipCallId) {
                    told.add("-" + sipCallId);
                }
            },
            () -> now);

    private static InviteReceived invite(Optional<CallPurpose> purpose) {
        return new InviteReceived(
                CALL, "", new TrunkRef("t", "t"), "sip-call-id", "+3225550100", "+3225550100", new Caller("p", false), "v1.sealed", "",
                "", START, START.plusSeconds(2), Optional.empty(), purpose, Optional.empty());
    }

    private static CallRouted route(Optional<String> sipCallId, Optional<CallPurpose> purpose) {
        var limits = new Limits(
                new Limits.CallerRate(10, 60, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty());
        var participant = new ParticipantSettings("", JsonNodeFactory.instance.objectNode(), false, sipCallId, Optional.empty());
        return new CallRouted.Builder(
                        CALL, invite(purpose), new OrganisationRef("o", "o"), "+3225550100", new RuleRef("dial", "dial"), "room")
                .limits(limits)
                .answerPolicy(AnswerPolicy.IMMEDIATE)
                .patienceSeconds(20)
                .participant(Optional.of(participant))
                .build()
                .goingOut(new OutgoingLeg(
                        DialPurpose.DIAL, Optional.empty(), Optional.empty(), "v1.sealed", 30, OptionalInt.empty(), List.of(), SrtpUse.OFF,
                        false, false, Optional.empty(), Optional.empty()));
    }

    private void admitted(Optional<String> sipCallId) {
        CallRouted route = route(sipCallId, Optional.empty());
        book.hears(route);
        book.hears(new CallAdmitted(CALL, route, List.of(), 30));
    }

    private void ended(EndReason reason) {
        book.hears(new CallEnded(CALL, "sip-edge", reason, "", false, 0, Optional.empty()));
    }

    @BeforeEach
    void begin() {
        book.begin();
    }

    @Test
    void ofWhatWasSaidBeforeTheStartOnlyCallsThatAreStillLiveAreTold() {
        var again = new CallBook(
                new CallBook.Listener() {
                    @Override
                    public void begins(String sipCallId, CallId callId) {
                        told.add("+" + sipCallId);
                    }

                    @Override
                    public void ends(String sipCallId) {
                        told.add("-" + sipCallId);
                    }
                },
                () -> now);
        CallRouted route = route(Optional.of(GIVEN), Optional.empty());
        again.hears(new CallAdmitted(CALL, route, List.of(), 30));
        assertThat(told).isEmpty();
        again.begin();
        assertThat(told).containsExactly("+" + GIVEN);
    }

    @Test
    void aCallIsLiveUnderLiveKitsIdFromItsAdmissionToItsEnd() {
        admitted(Optional.of(GIVEN));
        assertThat(book.find(GIVEN)).contains(CALL);
        assertThat(book.size()).isOne();
        ended(EndReason.CALLEE_HUNG_UP);
        assertThat(book.find(GIVEN)).isEmpty();
        assertThat(told).containsExactly("+" + GIVEN, "-" + GIVEN);
    }

    @Test
    void aCallWithoutOneIsLiveUnderTheIdThatFollowsFromOurs() {
        admitted(Optional.empty());
        assertThat(told).containsExactly("+" + SipCallIds.of(CALL));
    }

    @Test
    void anAdmissionThatComesTwiceOrAfterTheEndChangesNothing() {
        admitted(Optional.of(GIVEN));
        admitted(Optional.of(GIVEN));
        ended(EndReason.CALLEE_HUNG_UP);
        admitted(Optional.of(GIVEN));
        assertThat(told).containsExactly("+" + GIVEN, "-" + GIVEN);
    }

    @Test
    void aTrialCallIsNone() {
        CallRouted route = route(Optional.of(GIVEN), Optional.of(CallPurpose.TRIAL));
        book.hears(new CallAdmitted(CALL, route, List.of(), 30));
        assertThat(told).isEmpty();
    }

    @Test
    void whoWaitsHearsOfParticipantAndAnswer() {
        WatchedCall call = book.watch(CALL);
        admitted(Optional.of(GIVEN));
        assertThat(call.participant()).isNotDone();
        book.hears(new MediaReady(CALL, "relay-1", "room", "PA_1", "v=0", "PCMU", 0));
        assertThat(call.participant()).isCompletedWithValue("PA_1");
        assertThat(call.outcome()).isNotDone();
        book.hears(new CallAnswered(CALL, "edge-1", AnswerPolicy.IMMEDIATE, 100, "v1.sealed"));
        assertThat(call.outcome()).isCompletedWithValue(new Outcome.Answered());
        ended(EndReason.CALLEE_HUNG_UP);
        assertThat(call.outcome()).isCompletedWithValue(new Outcome.Answered());
    }

    @Test
    void aLegThatFailsTellsItsStatusWithTheReasonOfTheEnd() {
        WatchedCall call = book.watch(CALL);
        admitted(Optional.of(GIVEN));
        book.hears(new LegFailed(CALL, Optional.empty(), "carrier", 486, "Busy."));
        assertThat(call.outcome()).isNotDone();
        ended(EndReason.CALLEE_BUSY);
        assertThat(call.outcome()).isCompletedWithValue(
                new Outcome.Failed(EndReason.CALLEE_BUSY, OptionalInt.of(486), EndReason.CALLEE_BUSY.sentence()));
        assertThat(call.participant()).isCompletedWithValue("");
    }

    @Test
    void aRefusalTellsItsStatus() {
        WatchedCall call = book.watch(CALL);
        book.hears(CallRejected.of(
                invite(Optional.empty()), RefusalReason.CALLS_OUT_BUSY, OptionalInt.empty(), "rate-limiter", Optional.empty(), List.of()));
        assertThat(call.outcome()).isCompletedWithValue(new Outcome.Refused(486, RefusalReason.CALLS_OUT_BUSY.sentence()));
    }

    @Test
    void whoAsksLateHearsOfWhatHasHappenedForAWhile() {
        admitted(Optional.of(GIVEN));
        ended(EndReason.NO_ANSWER);
        assertThat(book.watch(CALL).outcome()).isDone();
        now = START.plus(Duration.ofMinutes(2));
        ended(EndReason.NO_ANSWER);
        assertThat(book.watch(CALL).outcome()).isNotDone();
        book.forget(CALL);
    }

    @Test
    void aTransferIsToldByItsId() {
        admitted(Optional.of(GIVEN));
        WatchedCall call = book.watch(CALL);
        book.hears(new TransferSucceeded(CALL, "t-1", TransferWay.BRIDGE, Optional.empty(), false));
        book.hears(new TransferFailed(CALL, "t-2", Optional.empty(), Optional.empty(), OptionalInt.of(603), "Declined.", List.of()));
        assertThat(call.transfer("t-1")).isCompletedWithValue(new TransferOutcome.Succeeded());
        assertThat(call.transfer("t-2")).isCompletedWithValue(new TransferOutcome.Failed(OptionalInt.of(603), "Declined."));
        assertThat(call.transfer("t-3")).isNotDone();
        ended(EndReason.CALLER_HUNG_UP);
        assertThat(call.transfer("t-3")).isCompletedWithValue(new TransferOutcome.CallEnded());
        assertThat(call.transfer("t-4")).isCompletedWithValue(new TransferOutcome.CallEnded());
    }
}
