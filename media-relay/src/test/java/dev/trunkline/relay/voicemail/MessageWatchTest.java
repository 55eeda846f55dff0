package dev.trunkline.relay.voicemail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.voicemail.VoicemailTerms;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageWatchTest {
    private static final int SECOND = 50;
    private static final short WORD = 2_000;
    private static final short HISS = 40;

    private static MessageWatch watch(int longest, int silence) {
        return new MessageWatch(new VoicemailTerms(
                true, Duration.ofSeconds(longest), Duration.ofSeconds(2), Duration.ofSeconds(silence), Duration.ofDays(30)));
    }

    /** @return why the message ended, at or before the last of this many frames; empty if it did not */
    private static Optional<MessageEnd> hear(MessageWatch watch, short level, int frames) {
        short[] frame = new short[160];
        Arrays.fill(frame, level);
        for (int i = 0; i < frames; i++) {
            Optional<MessageEnd> end = watch.frame(frame, frame.length);
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    @Test
    void whatIsSaidIsKeptUpToTheLastWordAndALittleMore() {
        MessageWatch watch = watch(180, 6);
        assertThat(hear(watch, WORD, 3 * SECOND)).isEmpty();
        assertThat(hear(watch, HISS, 2 * SECOND)).isEmpty();
        assertThat(watch.millis()).isEqualTo(5_000);
        assertThat(watch.keptMillis()).isEqualTo(3_000 + MessageWatch.TAIL_MILLIS);
        assertThat(watch.isWorthKeeping()).isTrue();
    }

    @Test
    void silenceEndsIt() {
        MessageWatch watch = watch(180, 6);
        hear(watch, WORD, 3 * SECOND);
        assertThat(hear(watch, HISS, 6 * SECOND - 1)).isEmpty();
        assertThat(hear(watch, HISS, 1)).contains(MessageEnd.SILENCE);
        assertThat(watch.keptMillis()).isEqualTo(3_500);
    }

    @Test
    void wordsBetweenPausesGoOn() {
        MessageWatch watch = watch(180, 6);
        for (int i = 0; i < 10; i++) {
            assertThat(hear(watch, WORD, 10)).isEmpty();
            assertThat(hear(watch, HISS, 5 * SECOND)).isEmpty();
        }
    }

    @Test
    void whoNeverSpeaksLeavesNothing() {
        MessageWatch watch = watch(180, 6);
        assertThat(hear(watch, HISS, 6 * SECOND)).contains(MessageEnd.SILENCE);
        assertThat(watch.isWorthKeeping()).isFalse();
        assertThat(watch.keptMillis()).isZero();
    }

    @Test
    void aClickIsNoWord() {
        MessageWatch watch = watch(180, 6);
        for (int i = 0; i < 100; i++) {
            hear(watch, (short) 20_000, MessageWatch.LOUD_FRAMES - 1);
            hear(watch, HISS, 1);
        }
        assertThat(watch.isWorthKeeping()).isFalse();
        assertThat(watch.keptMillis()).isZero();
    }

    @Test
    void whatIsShorterThanTheShortestIsNotKept() {
        MessageWatch watch = watch(180, 6);
        hear(watch, WORD, 2 * SECOND - 1);
        assertThat(watch.isWorthKeeping()).isFalse();
        hear(watch, WORD, 1);
        assertThat(watch.isWorthKeeping()).isTrue();
    }

    @Test
    void theLongestEndsIt() {
        MessageWatch watch = watch(10, 6);
        assertThat(hear(watch, WORD, 10 * SECOND - 1)).isEmpty();
        assertThat(hear(watch, WORD, 1)).contains(MessageEnd.LONGEST);
        assertThat(watch.keptMillis()).isEqualTo(10_000);
    }

    @Test
    void withoutASettingForSilenceItGoesOnToTheLongest() {
        MessageWatch watch = watch(60, 0);
        assertThat(hear(watch, HISS, 60 * SECOND)).contains(MessageEnd.LONGEST);
        assertThat(watch.millis()).isEqualTo(60_000);
    }

    @Test
    void theLoudestSamplesAreCountedWhole() {
        MessageWatch watch = watch(60, 6);
        hear(watch, Short.MIN_VALUE, 2 * SECOND);
        assertThat(watch.isWorthKeeping()).isTrue();
    }
}
