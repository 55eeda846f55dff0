package dev.trunkline.console.many;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Calls of 360 days, one quarter of an hour after another, the same at each run: of 100 organisations, 1,000 numbers (few have many
 * calls, many have few), 50 agents, 5 trunks and 40,000 callers. For queries that find little there are also an organisation with one
 * call in 30,000, and an agent who had a twentieth of the calls of the first 30 days and none since. Pure.
 */
public final class GeneratedCalls {
    /** Agent whose calls are all at the far end of the time range. */
    public static final String EARLY_AGENT = "agent-early";
    public static final String SMALL_ORGANISATION = "org-small";

    static final int QUARTERS_A_DAY = 96;
    static final int DAYS = 360;
    static final int QUARTERS = DAYS * QUARTERS_A_DAY;
    static final int NUMBERS = 1_000;
    static final int ORGANISATIONS = 100;
    static final int AGENTS = 50;
    static final int TRUNKS = 5;
    static final int CALLERS = 40_000;
    /** Stands for the number of the small organisation. */
    static final int SMALL = NUMBERS;

    private static final long QUARTER_MICROS = Duration.ofMinutes(15).toMillis() * 1_000;
    private static final int SMALL_SHARE = 30_000;
    private static final int EARLY_DAYS = 30;
    private static final int EARLY_SHARE = 20;
    private static final int OUTBOUND_SHARE = 500;

    private final long calls;
    private final long beginMicros;

    /** How a call ended. */
    enum Outcome {
        ANSWERED,
        UNANSWERED,
        REFUSED
    }

    /**
     * @param receivedMicros since 1970
     * @param number 0 to {@link #SMALL}; its last digits determine organisation and agent
     * @param early whether the agent is {@link #EARLY_AGENT}
     * @param reason one of four, if the call was refused
     * @param mosTenths 26 to 44, if the call was answered
     */
    record Call(
            UUID id, long receivedMicros, int number, int trunk, boolean early, boolean outbound, Outcome outcome, int reason,
            long setupMillis, long talkMillis, int mosTenths, int caller) {}

    private GeneratedCalls(long calls, Instant end) {
        this.calls = calls;
        this.beginMicros = end.minus(Duration.ofDays(DAYS)).toEpochMilli() * 1_000;
    }

    /** Returns calls of which the last is yesterday's, in UTC. @param calls number of calls */
    public static GeneratedCalls untilToday(long calls, Instant now) {
        return new GeneratedCalls(calls, now.truncatedTo(ChronoUnit.DAYS));
    }

    long calls() {
        return calls;
    }

    /** Returns when a quarter begins, in microseconds since 1970. @param index 0 to {@link #QUARTERS} */
    long beginMicros(int index) {
        return beginMicros + index * QUARTER_MICROS;
    }

    /** Passes on the calls of a quarter in order of time. @param index 0 to {@link #QUARTERS}, exclusive */
    void quarter(int index, Consumer<Call> each) {
        var random = new SplittableRandom(index);
        long first = index * calls / QUARTERS;
        long end = (index + 1L) * calls / QUARTERS;
        for (long i = first; i < end; i++) {
            each.accept(call(random, beginMicros(index) + (i - first) * QUARTER_MICROS / (end - first), index));
        }
    }

    private static Call call(SplittableRandom random, long receivedMicros, int quarter) {
        int number = random.nextInt(SMALL_SHARE) == 0 ? SMALL : (int) (random.nextDouble() * random.nextDouble() * NUMBERS);
        double kind = random.nextDouble();
        Outcome outcome = kind < 0.84 ? Outcome.ANSWERED : kind < 0.92 ? Outcome.UNANSWERED : Outcome.REFUSED;
        return new Call(
                new UUID(random.nextLong(), random.nextLong()), receivedMicros, number, random.nextInt(TRUNKS),
                quarter < EARLY_DAYS * QUARTERS_A_DAY && random.nextInt(EARLY_SHARE) == 0, random.nextInt(OUTBOUND_SHARE) == 0, outcome,
                random.nextInt(4), random.nextLong(250, 650), 3_000 + (long) (120_000 * -Math.log(1 - random.nextDouble() * 0.99)),
                44 - (int) (random.nextDouble() * random.nextDouble() * 19), random.nextInt(CALLERS));
    }
}
