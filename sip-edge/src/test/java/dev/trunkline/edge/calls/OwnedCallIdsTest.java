package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.trunkline.bus.CallPartition;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnedCallIdsTest {
    private Set<Integer> owned = Set.of();
    private Set<Integer> read = Set.of();
    private int partitions = 12;
    private final AtomicInteger made = new AtomicInteger();

    private OwnedCallIds ids(Supplier<UUID> source) {
        return new OwnedCallIds(() -> {
            made.incrementAndGet();
            return source.get();
        }, () -> partitions, () -> owned, () -> read);
    }

    private final OwnedCallIds ids = ids(UuidCreator::getTimeOrderedEpochFast);

    private int partition(UUID id) {
        return CallPartition.of(id.toString(), partitions);
    }

    @Test
    void eachIdFallsIntoAPartitionThatIsOwned() {
        owned = Set.of(2, 7);
        read = Set.of(2, 7);
        assertThat(ids.any()).isTrue();
        assertThat(IntStream.range(0, 200).mapToObj(i -> ids.get()))
                .allSatisfy(id -> assertThat(partition(id)).isIn(2, 7))
                .allSatisfy(id -> assertThat(id.version()).isEqualTo(7))
                .doesNotHaveDuplicates()
                .extracting(this::partition).contains(2, 7);
    }

    @Test
    void itTakesAsManyTriesAsThereAreOthersToOneThatIsOwned() {
        owned = Set.of(3);
        read = Set.of(3);
        IntStream.range(0, 1_000).forEach(i -> ids.get());
        assertThat(made.get()).isBetween(9_000, 15_000);
    }

    @Test
    void oneOfManyPartitionsIsFoundToo() {
        partitions = 256;
        owned = Set.of(255);
        read = Set.of(255);
        assertThat(IntStream.range(0, 50).mapToObj(i -> ids.get())).allSatisfy(id -> assertThat(partition(id)).isEqualTo(255));
    }

    @Test
    void whoOwnsAllTakesTheFirst() {
        partitions = 3;
        owned = Set.of(0, 1, 2);
        read = Set.of(0, 1, 2);
        ids.get();
        assertThat(made.get()).isEqualTo(1);
    }

    @Test
    void whatIsOwnedAndNotReadYetIsPassedOver() {
        owned = Set.of(1, 2);
        read = Set.of(2, 5);
        assertThat(ids.any()).isTrue();
        assertThat(IntStream.range(0, 50).mapToObj(i -> ids.get())).allSatisfy(id -> assertThat(partition(id)).isEqualTo(2));
        read = Set.of(5);
        assertThat(ids.any()).isFalse();
    }

    @Test
    void whoOwnsNothingHasNoneForNewCalls() {
        assertThat(ids.any()).isFalse();
        assertThat(ids.get()).as("for an event that nobody answers").isNotNull();
        read = Set.of(4);
        assertThat(ids.any()).isFalse();
        assertThat(partition(ids.get())).as("what was owned a moment ago is read still").isEqualTo(4);
    }

    @Test
    void aSourceThatRepeatsItselfIsNotAskedForEver() {
        UUID same = UUID.fromString("01900000-0000-7000-8000-000000000001");
        owned = Set.of((partition(same) + 1) % partitions);
        read = owned;
        OwnedCallIds stuck = ids(() -> same);
        assertThatThrownBy(stuck::get).isInstanceOf(IllegalStateException.class);
        assertThat(made.get()).isLessThan(1_000);
    }
}
