package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.MediaStats;
import dev.trunkline.relay.service.TestCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WholeCallTest {
    private static final MediaStats STATS = new MediaStats(100, 200, 3, 1.5, 4.3);
    private final CallRouted route = TestCalls.admitted("room-1", "").route();
    private final Instant invited = route.invite().receivedAt();
    private final WholeCall whole = new WholeCall(route);

    private Instant after(long millis) {
        return invited.plusMillis(millis);
    }

    @Test
    void aCallThatWasAnsweredIsToldWhole() {
        whole.answered(after(3_000));
        whole.by("first");
        whole.by("second");
        CallSummary summary = whole.ended(after(13_500), STATS);
        assertThat(summary.receivedAt()).isEqualTo(invited);
        assertThat(summary.answeredAt()).contains(after(3_000));
        assertThat(summary.endedAt()).isEqualTo(after(13_500));
        assertThat(summary.setupMillis()).hasValue(3_000);
        assertThat(summary.talkMillis()).isEqualTo(10_500);
        assertThat(summary.agent()).contains("second");
        assertThat(summary.quality()).contains(STATS);
        assertThat(summary.room()).contains("room-1");
        assertThat(summary.number()).contains(TestCalls.CALLED);
        assertThat(summary.organisation()).contains(route.organisation());
        assertThat(summary.rule()).contains(route.rule());
    }

    @Test
    void theTalkOfACallThatLostItsMediaEndsWithTheLastPacket() {
        whole.answered(after(3_000));
        whole.mediaLost(Optional.of(after(8_000)));
        assertThat(whole.mediaUntil()).contains(after(8_000));
        CallSummary summary = whole.ended(after(140_000), STATS);
        assertThat(summary.endedAt()).isEqualTo(after(8_000));
        assertThat(summary.talkMillis()).isEqualTo(5_000);
    }

    @Test
    void whoWasNeverHeardNeverTalked() {
        whole.answered(after(3_000));
        whole.mediaLost(Optional.empty());
        assertThat(whole.mediaUntil()).contains(after(3_000));
        assertThat(whole.ended(after(15_000), STATS).talkMillis()).isZero();
    }

    @Test
    void aCallThatWasNotAnsweredHasNoTalkAndNoAgent() {
        CallSummary summary = whole.ended(after(15_000), STATS);
        assertThat(summary.talkMillis()).isZero();
        assertThat(summary.answeredAt()).isEmpty();
        assertThat(summary.agent()).isEmpty();
        assertThat(whole.isAnswered()).isFalse();
        assertThat(whole.refused(after(100)).endedAt()).isEqualTo(after(100));
    }

    @Test
    void aPlaceIsKeptForTheWholePatienceOfARoute() {
        assertThat(CallerReception.forReplacement(route)).isEqualTo(Duration.ofSeconds(10).plus(CallerReception.MARGIN));
        var withFallback = route.toBuilder()
                .patienceSeconds(20)
                .fallback(List.of(new Fallback(FallbackKind.AGENT, "second", "", 15), new Fallback(FallbackKind.REFUSE, "480", "", 0)))
                .build();
        assertThat(CallerReception.forReplacement(withFallback)).isEqualTo(Duration.ofSeconds(35).plus(CallerReception.MARGIN));
    }
}
