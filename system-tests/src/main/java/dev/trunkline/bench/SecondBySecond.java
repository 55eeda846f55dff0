package dev.trunkline.bench;

import dev.trunkline.bench.InviteStream.Answer;
import dev.trunkline.bench.InviteStream.Outcome;
import dev.trunkline.bench.report.Second;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The results of the INVITEs to an unknown number, by the second in which each was sent.
 *
 * @param seconds one entry per second
 */
record SecondBySecond(List<Second> seconds) {
    private static final long NANOS = Duration.ofSeconds(1).toNanos();
    private static final int UNKNOWN_NUMBER = 404;
    /** The edge's status when the suite did not decide before the deadline. */
    private static final int LATE = 503;

    private static Second with(Second second, Answer answer) {
        boolean isInTime = answer.status() == UNKNOWN_NUMBER;
        boolean isLate = answer.status() == LATE;
        return new Second(
                second.inTime() + (isInTime ? 1 : 0), second.late() + (isLate ? 1 : 0),
                second.refused() + (isInTime || isLate ? 0 : 1), second.unanswered(),
                Math.max(second.slowestMillis(), answer.millis()));
    }

    private static Second withNone(Second second) {
        return new Second(second.inTime(), second.late(), second.refused(), second.unanswered() + 1, second.slowestMillis());
    }

    static SecondBySecond of(Outcome outcome, int count) {
        List<Second> seconds = new ArrayList<>(IntStream.range(0, count).mapToObj(i -> new Second(0, 0, 0, 0, 0)).toList());
        outcome.answers().forEach(answer -> {
            int second = second(answer.sentNanos(), count);
            seconds.set(second, with(seconds.get(second), answer));
        });
        outcome.unanswered().forEach(sent -> seconds.set(second(sent, count), withNone(seconds.get(second(sent, count)))));
        return new SecondBySecond(List.copyOf(seconds));
    }

    /** The last INVITE of a stream may be sent a moment after the stream's end. */
    private static int second(long sentNanos, int count) {
        return (int) Math.min(sentNanos / NANOS, count - 1);
    }

    int inTime() {
        return seconds.stream().mapToInt(Second::inTime).sum();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of("second  in time    late refused without  slowest ms"));
        for (int i = 0; i < seconds.size(); i++) {
            Second second = seconds.get(i);
            lines.add("%6d %8d %7d %7d %7d %11.0f".formatted(
                    i + 1, second.inTime(), second.late(), second.refused(), second.unanswered(), second.slowestMillis()));
        }
        return lines;
    }
}
