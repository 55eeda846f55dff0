package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteadinessTest {
    private static final long MILLI = 1_000_000;
    private final Steadiness steadiness = new Steadiness();
    private long now = -3_000_000_000L;

    private void sends(int millis, int each) {
        sends(false, millis, each);
    }

    private void sends(boolean opus, int millis, int each) {
        for (int passed = 0; passed <= millis; passed += each) {
            steadiness.packet(opus, now);
            now += each * MILLI;
        }
        now -= each * MILLI;
    }

    private boolean stoppedAfter(int millis) {
        return steadiness.stopped(now + millis * MILLI);
    }

    @Test
    void whoSentWithoutPauseAndSendsNoMoreHasStopped() {
        sends(6_000, 20);
        assertThat(stoppedAfter(20)).isFalse();
        assertThat(stoppedAfter(799)).isFalse();
        assertThat(stoppedAfter(800)).isTrue();
        assertThat(steadiness.goesOn(now + 799 * MILLI)).isTrue();
        assertThat(steadiness.goesOn(now + 800 * MILLI)).isFalse();
    }

    @Test
    void silenceByDtxIsNoPause() {
        sends(8_000, 400);
        assertThat(stoppedAfter(800)).isTrue();
    }

    @Test
    void whoPausesNowAndThenNeverStops() {
        sends(4_000, 20);
        now += 600 * MILLI;
        sends(4_000, 20);
        assertThat(stoppedAfter(2_000)).isFalse();
    }

    @Test
    void whoSpokeOnlyBrieflyMayPause() {
        sends(4_900, 20);
        assertThat(stoppedAfter(2_000)).isFalse();
    }

    @Test
    void whoSpokeBrieflyInOpusHasStoppedUnlessItPausedBefore() {
        sends(true, 300, 20);
        assertThat(stoppedAfter(799)).isFalse();
        assertThat(stoppedAfter(800)).isTrue();
        now += 900 * MILLI;
        sends(true, 1_000, 20);
        assertThat(stoppedAfter(2_000)).isFalse();
        sends(true, 5_000, 20);
        assertThat(stoppedAfter(2_000)).isTrue();
    }

    @Test
    void whoSaidThatNothingWillComeHasNotStopped() {
        sends(6_000, 20);
        steadiness.muted(true);
        assertThat(stoppedAfter(2_000)).isFalse();
        steadiness.muted(false);
        assertThat(stoppedAfter(2_000)).isTrue();
    }

    @Test
    void whoWasNotTakenAwayByLiveKitForLongOnlyPauses() {
        sends(6_000, 20);
        assertThat(stoppedAfter(29_999)).isTrue();
        assertThat(stoppedAfter(30_000)).isFalse();
    }

    @Test
    void whoGoesOnHasNotStopped() {
        sends(6_000, 20);
        now += 2_000 * MILLI;
        steadiness.packet(false, now);
        assertThat(stoppedAfter(900)).isFalse();
    }

    @Test
    void whoIsExpectedAndSendsNothingHasStopped() {
        steadiness.expect(now);
        assertThat(stoppedAfter(799)).isFalse();
        assertThat(stoppedAfter(800)).isTrue();
        assertThat(stoppedAfter(30_000)).isFalse();
        assertThat(steadiness.goesOn(now + 800 * MILLI)).isFalse();
        now += 2_000 * MILLI;
        steadiness.expect(now);
        assertThat(stoppedAfter(799)).isFalse();
        assertThat(stoppedAfter(800)).isTrue();
    }

    @Test
    void whoIsExpectedButMutedHasNotStopped() {
        steadiness.expect(now);
        steadiness.muted(true);
        assertThat(stoppedAfter(2_000)).isFalse();
    }

    @Test
    void whoWasExpectedAndHasSentIsJudgedByWhatWasSent() {
        steadiness.expect(now);
        sends(1_000, 20);
        assertThat(stoppedAfter(2_000)).isFalse();
        steadiness.expect(now);
        assertThat(stoppedAfter(2_000)).isFalse();
    }

    @Test
    void whoNeverSentHasNotStopped() {
        assertThat(stoppedAfter(10_000)).isFalse();
        assertThat(steadiness.goesOn(now)).isFalse();
    }
}
