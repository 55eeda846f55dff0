package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.calls.RoomDecision.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomDecisionTest {
    private static final Verdict OWN = new Verdict.Enter(Optional.empty());
    private static final Verdict WARM = new Verdict.Enter(Optional.of("warm"));
    private static final Verdict WAIT = new Verdict.Wait();

    private final RoomDecision decision = new RoomDecision();

    private Verdict asked(String call, long now) {
        return decision.asked(call, now);
    }

    private Optional<? extends Verdict> said(String call, String room, long now) {
        return decision.said(call, Optional.ofNullable(room), now);
    }

    /** Makes calls wait in vain. */
    private void missed(int count, long now) {
        for (int i = 0; i < count; i++) {
            assertThat(asked("missed" + i, now)).isEqualTo(WAIT);
            assertThat(decision.due("missed" + i, now + 300)).isPresent();
        }
    }

    @Test
    void aCallWaitsForTheDispatchersWordAndEntersTheRoomThatItNames() {
        assertThat(asked("a", 0)).isEqualTo(WAIT);
        assertThat(said("a", "warm", 10).orElseThrow()).isEqualTo(WARM);
    }

    @Test
    void aCallForWhichNobodyWaitsEntersItsOwnRoomAtOnce() {
        asked("a", 0);
        assertThat(said("a", null, 10).orElseThrow()).isEqualTo(OWN);
    }

    @Test
    void aWordThatIsHereBeforeTheAdmissionIsTaken() {
        assertThat(said("a", "warm", 0)).isEmpty();
        assertThat(asked("a", 5)).isEqualTo(WARM);
    }

    @Test
    void ofTwoWordsTheFirstCounts() {
        said("a", "warm", 0);
        said("a", "other", 1);
        said("a", null, 2);
        assertThat(asked("a", 5)).isEqualTo(WARM);
    }

    @Test
    void aSecondWordChangesNothingForACallThatHasDecided() {
        asked("a", 0);
        said("a", "warm", 10);
        assertThat(said("a", "other", 11)).isEmpty();
        assertThat(decision.due("a", 300)).isEmpty();
    }

    @Test
    void aCallThatHasWaitedInVainEntersItsOwnRoom() {
        asked("a", 0);
        assertThat(decision.due("a", 300).orElseThrow()).isEqualTo(OWN);
    }

    @Test
    void aWordThatComesTooLateChangesNothing() {
        asked("a", 0);
        decision.due("a", 300);
        assertThat(said("a", "warm", 310)).isEmpty();
    }

    @Test
    void callsDoNotDecideForEachOther() {
        asked("a", 0);
        asked("b", 0);
        assertThat(said("b", "warm", 1).orElseThrow()).isEqualTo(WARM);
        assertThat(decision.due("a", 300).orElseThrow()).isEqualTo(OWN);
    }

    @Test
    void afterThreeThatWaitedInVainNobodyWaitsForTenSeconds() {
        missed(2, 0);
        assertThat(asked("third", 1_000)).isEqualTo(WAIT);
        decision.due("third", 1_300);
        assertThat(asked("a", 1_301)).isEqualTo(OWN);
        assertThat(asked("b", 11_299)).isEqualTo(OWN);
        assertThat(asked("c", 11_300)).isEqualTo(WAIT);
    }

    @Test
    void whoIsTriedAfterThePauseInVainBringsTheNextPause() {
        missed(3, 0);
        assertThat(asked("a", 10_300)).isEqualTo(WAIT);
        decision.due("a", 10_600);
        assertThat(asked("b", 10_601)).isEqualTo(OWN);
    }

    @Test
    void aWordInTimeBeginsTheCountAnew() {
        missed(2, 0);
        asked("a", 400);
        said("a", null, 410);
        missed(2, 500);
        assertThat(asked("b", 900)).isEqualTo(WAIT);
    }

    @Test
    void aWordThatIsHereIsTakenDuringThePauseToo() {
        missed(3, 0);
        said("a", "warm", 400);
        assertThat(asked("a", 401)).isEqualTo(WARM);
    }

    @Test
    void wordsThatNobodyAsksForAreForgotten() {
        said("a", "warm", 0);
        said("b", "warm", 9_999);
        assertThat(decision.kept()).isEqualTo(2);
        said("c", "warm", 10_000);
        assertThat(decision.kept()).isEqualTo(2);
        assertThat(asked("a", 10_000)).isEqualTo(WAIT);
    }

    @Test
    void noMoreThanTenThousandWordsAreKept() {
        for (int i = 0; i < 10_100; i++) {
            said("call" + i, "warm", 0);
        }
        assertThat(decision.kept()).isEqualTo(10_000);
        assertThat(asked("call10099", 0)).isEqualTo(WARM);
    }
}
