package dev.trunkline.relay.onward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OnwardTest {
    private static final OptionalInt BUSY = OptionalInt.of(486);
    private boolean answered;

    private static CallId leg(int number) {
        return new CallId(new UUID(0, number));
    }

    /** @param targets number of targets in each round */
    private Onward forward(int... targets) {
        return new Onward(
                Plan.of(new ForwardPlan(IntStream.of(targets)
                        .mapToObj(many -> new ForwardRound(
                                IntStream.range(0, many).mapToObj(i -> new ForwardTarget("+3225550199", Optional.empty(), Map.of())).toList(), 20))
                        .toList())),
                () -> answered);
    }

    private Onward fallback(FallbackKind... kinds) {
        return new Onward(
                Plan.of(Stream.of(kinds).map(kind -> new Fallback(kind, kind == FallbackKind.REFUSE ? "486" : "+3225550199", "", 0)).toList(), false),
                () -> answered);
    }

    private static List<String> asked(List<Act> acts) {
        var ids = new ArrayList<String>();
        for (Act act : acts) {
            switch (act) {
                case Act.Ring ring -> ids.add(ring.target().transfer());
                case Act.Refer refer -> ids.add(refer.target().transfer());
                case Act.Announce announce -> ids.add("announcement " + announce.step());
                default -> {
                    // This act does not try a target.
                }
            }
        }
        return ids;
    }

    private static <T extends Act> List<T> of(List<Act> acts, Class<T> kind) {
        return acts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static Act.EndCall end(List<Act> acts) {
        assertThat(acts).last().isInstanceOf(Act.EndCall.class);
        return (Act.EndCall) acts.getLast();
    }

    @Test
    void allOfARoundRingAtOnceAndForAsLongAsItSays() {
        List<Act> acts = forward(3).begin();
        assertThat(asked(acts)).containsExactly("forward.1.1", "forward.1.2", "forward.1.3");
        assertThat(of(acts, Act.Ring.class)).allMatch(ring -> ring.ringing().equals(Duration.ofSeconds(20)));
        assertThat(acts).last().isEqualTo(new Act.Wait(Duration.ofSeconds(20).plus(Onward.SLACK)));
    }

    @Test
    void theNextRoundBeginsWhenAllOfOneHaveFailed() {
        Onward onward = forward(2, 1);
        onward.begin();
        assertThat(asked(onward.failed("forward.1.1", BUSY, "Busy."))).isEmpty();
        assertThat(asked(onward.failed("forward.1.2", BUSY, "Busy."))).containsExactly("forward.2.1");
        assertThat(onward.isOver()).isFalse();
    }

    @Test
    void aFailureThatIsToldTwiceCountsOnce() {
        Onward onward = forward(2, 1);
        onward.begin();
        onward.failed("forward.1.1", BUSY, "Busy.");
        assertThat(onward.failed("forward.1.1", BUSY, "Busy.")).isEmpty();
        assertThat(onward.failed("another", BUSY, "Busy.")).isEmpty();
        assertThat(onward.isOver()).isFalse();
    }

    @Test
    void theCallEndsWithTheWordsOfAllWhenNobodyIsLeft() {
        Onward onward = forward(1, 1);
        onward.begin();
        onward.failed("forward.1.1", BUSY, "Whom it called was busy.");
        Act.EndCall end = end(onward.failed("forward.2.1", OptionalInt.empty(), "No trunk may call there."));
        assertThat(end.reason()).isEqualTo(EndReason.FORWARD_FAILED);
        assertThat(end.detail()).isEqualTo("None of the targets to which the call was forwarded took it: target 1 of round 1: Whom it called was busy (SIP 486);"
                + " target 1 of round 2: No trunk may call there.");
        assertThat(onward.isOver()).isTrue();
        assertThat(onward.failed("forward.2.1", BUSY, "Busy.")).isEmpty();
        assertThat(onward.timeUp()).isEmpty();
    }

    @Test
    void whatAnotherServiceSaysAtLengthIsCutOff() {
        Onward onward = forward(20);
        onward.begin();
        List<Act> last = List.of();
        for (int i = 1; i <= 20; i++) {
            last = onward.failed("forward.1." + i, BUSY, "x".repeat(10_000));
        }
        assertThat(end(last).detail()).hasSize(Onward.MOST_WORDS).endsWith("…").contains("target 2 of round 1");
    }

    @Test
    void theFirstWhoAnswersHasTheCallerAndTheOthersAreEnded() {
        Onward onward = forward(4);
        onward.begin();
        for (int i = 1; i <= 3; i++) {
            onward.started("forward.1." + i, Optional.of(leg(i)));
        }
        onward.failed("forward.1.1", BUSY, "Busy.");
        assertThat(onward.succeeded("forward.1.2"))
                .containsExactly(new Act.EndLeg(leg(3), EndReason.ANSWERED_ELSEWHERE, EndReason.ANSWERED_ELSEWHERE.sentence()));
        assertThat(onward.isOver()).isTrue();
        assertThat(onward.succeeded("forward.1.2")).isEmpty();
        assertThat(onward.failed("forward.1.3", OptionalInt.of(487), "Cancelled.")).isEmpty();
    }

    @Test
    void aCallOutThatBeginsAfterSomebodyAnsweredIsEndedAtOnce() {
        Onward onward = forward(2);
        onward.begin();
        onward.started("forward.1.1", Optional.of(leg(1)));
        assertThat(onward.succeeded("forward.1.1")).isEmpty();
        assertThat(of(onward.started("forward.1.2", Optional.of(leg(2))), Act.EndLeg.class))
                .extracting(Act.EndLeg::leg, Act.EndLeg::reason).containsExactly(tuple(leg(2), EndReason.ANSWERED_ELSEWHERE));
    }

    @Test
    void whenTheTimeIsUpThoseWhoStillRingAreEndedAndTheNextAreTried() {
        Onward onward = forward(2, 1);
        onward.begin();
        onward.started("forward.1.1", Optional.of(leg(1)));
        List<Act> acts = onward.timeUp();
        assertThat(of(acts, Act.EndLeg.class)).extracting(Act.EndLeg::leg).containsExactly(leg(1));
        assertThat(of(acts, Act.EndLeg.class)).extracting(Act.EndLeg::reason).containsExactly(EndReason.NO_ANSWER);
        assertThat(of(acts, Act.Note.class)).extracting(Act.Note::words).containsExactly(
                "target 1 of round 1: did not answer in time", "target 2 of round 1: no outcome was reported");
        assertThat(asked(acts)).containsExactly("forward.2.1");
        // The failure of the first target is reported while the next one rings.
        assertThat(onward.failed("forward.1.1", OptionalInt.of(487), "Given up.")).isEmpty();
        assertThat(of(onward.started("forward.1.2", Optional.of(leg(2))), Act.EndLeg.class)).hasSize(1);
        assertThat(onward.isOver()).isFalse();
    }

    @Test
    void whoAnsweredAsTheTimeWasUpHasTheCallerIfTheEdgeSaysSo() {
        Onward onward = forward(1, 1);
        onward.begin();
        onward.started("forward.1.1", Optional.of(leg(1)));
        onward.timeUp();
        onward.started("forward.2.1", Optional.of(leg(2)));
        assertThat(of(onward.succeeded("forward.1.1"), Act.EndLeg.class)).extracting(Act.EndLeg::leg).containsExactly(leg(2));
        assertThat(onward.isOver()).isTrue();
    }

    @Test
    void somebodyElseWhoHasTheCallerEndsAllThatRing() {
        Onward byTransfer = forward(1);
        byTransfer.begin();
        byTransfer.started("forward.1.1", Optional.of(leg(1)));
        assertThat(byTransfer.succeeded("transfer-of-a-person")).hasSize(1);
        Onward byAgent = forward(1);
        byAgent.begin();
        byAgent.started("forward.1.1", Optional.of(leg(1)));
        assertThat(byAgent.taken()).hasSize(1);
        assertThat(byAgent.isOver()).isTrue();
        assertThat(byAgent.taken()).isEmpty();
    }

    @Test
    void theStepsOfAFallbackAreTriedInOrderAfterTheAnswer() {
        answered = true;
        Onward onward = fallback(FallbackKind.FORWARD, FallbackKind.ANNOUNCEMENT, FallbackKind.REFER, FallbackKind.REFUSE);
        assertThat(asked(onward.begin())).containsExactly("fallback.1.1");
        assertThat(asked(onward.failed("fallback.1.1", BUSY, "Busy."))).containsExactly("announcement 1");
        assertThat(asked(onward.announced(1, true, ""))).containsExactly("fallback.3.1");
        Act.EndCall end = end(onward.failed("fallback.3.1", OptionalInt.of(405), "It takes no REFER."));
        assertThat(end.reason()).isEqualTo(EndReason.NO_AGENT);
        assertThat(end.detail()).startsWith("No agent came, and no step of the fallback took the call: step 1 of the fallback (forward): Busy (SIP 486);")
                .endsWith("step 4 of the fallback (refuse): refused with status 486.");
    }

    @Test
    void beforeTheAnswerOnlyAForwardIsTried() {
        Onward onward = fallback(FallbackKind.ANNOUNCEMENT, FallbackKind.REFER, FallbackKind.AGENT, FallbackKind.FORWARD, FallbackKind.REFER);
        List<Act> acts = onward.begin();
        assertThat(asked(acts)).containsExactly("fallback.4.1");
        assertThat(of(acts, Act.Note.class)).extracting(Act.Note::words).hasSize(3).allMatch(words -> words.contains("skipped"));
        assertThat(end(onward.failed("fallback.4.1", BUSY, "Busy.")).reason()).isEqualTo(EndReason.NO_AGENT);
    }

    @Test
    void aCallThatIsAnsweredMeanwhileIsOneForTheStepsThatFollow() {
        Onward onward = fallback(FallbackKind.FORWARD, FallbackKind.ANNOUNCEMENT);
        onward.begin();
        answered = true;
        assertThat(asked(onward.failed("fallback.1.1", BUSY, "Busy."))).containsExactly("announcement 1");
    }

    @Test
    void anAnnouncementThatWasPlayedLastEndsTheCallAsToldAndOneThatWasNotDoesNot() {
        answered = true;
        Onward told = fallback(FallbackKind.ANNOUNCEMENT);
        told.begin();
        assertThat(end(told.announced(0, true, "")).reason()).isEqualTo(EndReason.ANNOUNCED);
        assertThat(told.isOver()).isTrue();
        Onward missing = fallback(FallbackKind.ANNOUNCEMENT);
        missing.begin();
        Act.EndCall end = end(missing.announced(0, false, "no sound is there"));
        assertThat(end.reason()).isEqualTo(EndReason.NO_AGENT);
        assertThat(end.detail()).contains("no sound is there");
    }

    @Test
    void anAnnouncementThatNeverEndsHoldsNobodyUpAndItsLateEndIsNotThatOfTheNext() {
        answered = true;
        Onward onward = fallback(FallbackKind.ANNOUNCEMENT, FallbackKind.ANNOUNCEMENT);
        onward.begin();
        assertThat(asked(onward.timeUp())).containsExactly("announcement 1");
        assertThat(onward.announced(0, true, "")).isEmpty();
        assertThat(end(onward.announced(1, true, "")).reason()).isEqualTo(EndReason.ANNOUNCED);
    }

    @Test
    void aReferThatNobodyHearsOfIsGivenUp() {
        answered = true;
        Onward onward = fallback(FallbackKind.REFER);
        assertThat(of(onward.begin(), Act.Wait.class)).containsExactly(new Act.Wait(Onward.LONGEST_REFER));
        onward.started("fallback.1.1", Optional.empty());
        List<Act> acts = onward.timeUp();
        assertThat(of(acts, Act.EndLeg.class)).isEmpty();
        assertThat(end(acts).reason()).isEqualTo(EndReason.NO_AGENT);
    }

    @Test
    void itKnowsItsOwnTransfersFromOthers() {
        Onward onward = forward(1);
        onward.begin();
        assertThat(onward.knows("forward.1.1")).isTrue();
        assertThat(onward.knows("forward.2.1")).isFalse();
    }

    @Test
    void aMessageIsTakenOnceTheCallIsAnsweredForIt() {
        Onward onward = fallback(FallbackKind.VOICEMAIL);
        List<Act> acts = onward.begin();
        assertThat(of(acts, Act.Answer.class)).hasSize(1);
        assertThat(of(acts, Act.TakeMessage.class)).isEmpty();
        assertThat(of(acts, Act.Wait.class)).containsExactly(new Act.Wait(Onward.LONGEST_ANSWER));
        answered = true;
        acts = onward.callAnswered();
        assertThat(of(acts, Act.TakeMessage.class)).containsExactly(new Act.TakeMessage(0, "+3225550199"));
        assertThat(of(acts, Act.Wait.class)).containsExactly(new Act.Wait(Onward.LONGEST_MESSAGE));
        assertThat(onward.callAnswered()).as("told twice").isEmpty();
        assertThat(end(onward.messageLeft(0)).reason()).isEqualTo(EndReason.MESSAGE_LEFT);
        assertThat(onward.messageLeft(0)).isEmpty();
    }

    @Test
    void ofACallThatIsAnsweredAMessageIsTakenAtOnce() {
        answered = true;
        Onward onward = fallback(FallbackKind.VOICEMAIL);
        assertThat(of(onward.begin(), Act.TakeMessage.class)).hasSize(1);
        assertThat(onward.callAnswered()).isEmpty();
    }

    @Test
    void aCallThatNobodyAnswersForItsMessageGoesOnToWhatFollows() {
        Onward onward = fallback(FallbackKind.VOICEMAIL, FallbackKind.FORWARD);
        onward.begin();
        List<Act> acts = onward.timeUp();
        assertThat(asked(acts)).containsExactly("fallback.2.1");
        assertThat(of(acts, Act.Note.class)).singleElement().extracting(Act.Note::words).asString().contains("not answered");
        answered = true;
        assertThat(onward.callAnswered()).as("a forward rings").isEmpty();
    }

    @Test
    void whoLeavesNothingGoesOnToWhatFollowsAndOtherwiseWasTold() {
        answered = true;
        Onward more = fallback(FallbackKind.VOICEMAIL, FallbackKind.FORWARD);
        more.begin();
        assertThat(asked(more.announced(0, true, ""))).containsExactly("fallback.2.1");
        assertThat(more.messageLeft(0)).as("a message of a step before").isEmpty();
        Onward last = fallback(FallbackKind.VOICEMAIL);
        last.begin();
        assertThat(end(last.announced(0, true, "")).reason()).isEqualTo(EndReason.ANNOUNCED);
        Onward failed = fallback(FallbackKind.VOICEMAIL);
        failed.begin();
        assertThat(end(failed.announced(0, false, "the message could not be recorded")).reason()).isEqualTo(EndReason.NO_AGENT);
    }
}
