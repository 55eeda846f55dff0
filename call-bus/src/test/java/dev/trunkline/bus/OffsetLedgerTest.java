package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetLedgerTest {
    private final OffsetLedger ledger = new OffsetLedger();

    @Test
    void nothingReadIsNothingToCommit() {
        assertThat(ledger.toCommit()).isEmpty();
    }

    @Test
    void theCommitWaitsForTheFirstOpenOffset() {
        for (long offset = 10; offset <= 14; offset++) {
            ledger.started(offset);
        }
        assertThat(ledger.toCommit()).hasValue(10);
        ledger.done(10);
        ledger.done(11);
        ledger.done(13);
        assertThat(ledger.toCommit()).hasValue(12);
        assertThat(ledger.toCommit()).isEmpty();
        assertThat(ledger.inFlight()).isEqualTo(2);
        ledger.done(12);
        assertThat(ledger.toCommit()).hasValue(14);
        ledger.done(14);
        assertThat(ledger.toCommit()).hasValue(15);
    }

    @Test
    void aCommitThatFailedIsGivenAgain() {
        ledger.started(3);
        ledger.done(3);
        assertThat(ledger.toCommit()).hasValue(4);
        ledger.commitFailed();
        assertThat(ledger.toCommit()).hasValue(4);
    }

    @Test
    void anOffsetThatIsNotInHandChangesNothing() {
        ledger.started(5);
        ledger.done(4);
        assertThat(ledger.toCommit()).hasValue(5);
        assertThat(ledger.inFlight()).isEqualTo(1);
    }

    /** Events complete in any order, and the offsets have gaps as compaction leaves them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverPastAnOpenOffsetAndAtLastPastAll(long seed) {
        Random random = new Random(seed);
        List<Long> inHand = new ArrayList<>();
        TreeSet<Long> open = new TreeSet<>();
        long next = random.nextInt(1_000);
        long committed = -1;
        for (int step = 0; step < 3_000; step++) {
            if (random.nextInt(100) < 52 || inHand.isEmpty()) {
                next += random.nextInt(10) == 0 ? 1 + random.nextInt(5) : 0;
                ledger.started(next);
                inHand.add(next);
                open.add(next++);
            } else {
                long done = inHand.remove(random.nextInt(inHand.size()));
                ledger.done(done);
                open.remove(done);
            }
            OptionalLong commit = ledger.toCommit();
            if (commit.isPresent()) {
                assertThat(commit.getAsLong()).isGreaterThan(committed);
                committed = commit.getAsLong();
            }
            assertThat(committed).isEqualTo(open.isEmpty() ? next : open.first());
            assertThat(ledger.inFlight()).isEqualTo(open.size());
        }
        inHand.forEach(ledger::done);
        long last = next;
        ledger.toCommit().ifPresent(offset -> assertThat(offset).isEqualTo(last));
        assertThat(ledger.inFlight()).isZero();
    }
}
