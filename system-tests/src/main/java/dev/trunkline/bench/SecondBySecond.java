package dev.trunkline.bench;

import dev.trunkline.bench.InviteStream.Answer;
import dev.trunkline.bench.InviteStream.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of the INVITEs to an unknown number, by the second in which each was sent.
 *
 * @param seconds each of them
 */
record SecondBySecond(List<Second> seconds) {
    private static final long NANOS = Duration.ofSeconds(1).toNanos();
    private static final int UNKNOWN_NUMBER = 404;
    /** What the edge says when the suite did not decide before its deadline. */
    private static final int LATE = 503;

    /**
     * @param late refused with 503: nobody had decided by the deadline
     * @param refused with any other status
     * @param unanswered without a final response
     * @param slowestMillis from INVITE to the slowest final response
     */
    record Second(int inTime, int late, int refused, int unanswered, double slowestMillis) {
        private Second with(Answer answer) {
            boolean isInTime = answer.status() == UNKNOWN_NUMBER;
            boolean isLate = answer.status() == LATE;
            return new Second(
                    inTime + (isInTime ? 1 : 0), late + (isLate ? 1 : 0), refused + (isInTime || isLate ? 0 : 1), unanswered,
                    Math.max(slowestMillis, answer.millis()));
        }

        private Second withNone() {
            return new Second(inTime, late, refused, unanswered + 1, slowestMillis);
        }
    }

    static SecondBySecond of(Outcome outcome, int count) {
        List<Second> seconds = new ArrayList<>(IntStream.range(0, count).mapToObj(i -> new Second(0, 0, 0, 0, 0)).toList());
        outcome.answers().forEach(answer -> seconds.set(second(answer.sentNanos(), count), seconds.get(second(answer.sentNanos(), count)).with(answer)));
        outcome.unanswered().forEach(sent -> seconds.set(second(sent, count), seconds.get(second(sent, count)).withNone()));
        return new SecondBySecond(List.copyOf(seconds));
    }

    /** The last one of a stream may be sent a moment after its end. */
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
