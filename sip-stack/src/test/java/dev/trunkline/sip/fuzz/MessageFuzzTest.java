package dev.trunkline.sip.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.message.Parsed;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/**
 * Passes damaged messages through all readers and writers, on a small stack: {@code -Dfuzz.minutes=60 -Dfuzz.seed=7} for an
 * hour.
 */
class MessageFuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 4475);
    private static final Duration LONG = Duration.ofMinutes(Long.getLong("fuzz.minutes", 0));
    private static final int SHORT = 40_000;

    private int taken;
    private int refused;

    @Test
    void nothingThatReadsOrWritesAMessageThrows() throws Exception {
        int count = Everything.onSmallStack(this::fuzz);
        System.out.printf("%d messages, %d taken, %d refused%n", count, taken, refused);
        // Enough damaged messages must still get past each stage, or the test tries nothing.
        assertThat(taken).isGreaterThan(count / 10);
        assertThat(refused).isGreaterThan(count / 20);
    }

    private int fuzz() {
        var mutator = new Mutator(SEED, Corpus.all(5060));
        long end = System.nanoTime() + LONG.toNanos();
        int count = 0;
        for (; count < SHORT || System.nanoTime() - end < 0; count++) {
            byte[] message = mutator.next();
            try {
                switch (Everything.read(message)) {
                    case Parsed.Request request -> taken++;
                    case Parsed.Response response -> taken++;
                    case Parsed.Refused flawed -> refused++;
                    case Parsed.Ignored ignored -> { }
                }
            } catch (Throwable e) {
                throw new AssertionError(
                        "message " + count + " of seed " + SEED + ": " + Base64.getEncoder().encodeToString(message), e);
            }
        }
        return count;
    }
}
