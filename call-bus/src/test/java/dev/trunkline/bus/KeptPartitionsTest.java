package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.TopicTail.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KeptPartitionsTest {
    private static final int PARTITIONS = 6;
    private long now = Long.MAX_VALUE - 1_000_000_000L;
    private final KeptPartitions kept = new KeptPartitions(List.of("events", "commands"), () -> PARTITIONS, () -> now);

    private Set<Integer> wanted() {
        Set<TopicPartition> wanted = kept.wanted().keySet();
        Set<Integer> numbers = wanted.stream().map(TopicPartition::partition).collect(Collectors.toCollection(TreeSet::new));
        assertThat(wanted).as("a number goes with itself in each topic").hasSize(numbers.size() * 2);
        return numbers;
    }

    private Place place(int partition) {
        return kept.wanted().get(new TopicPartition("events", partition));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static String callIn(int partition) {
        return Stream.generate(() -> UUID.randomUUID().toString())
                .filter(id -> CallPartition.of(id, PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoOwnsNothingAndHasNoCallsReadsNothing() {
        assertThat(wanted()).isEmpty();
        assertThat(kept.owned()).isEmpty();
    }

    @Test
    void whatIsOwnedIsReadFromNowOn() {
        kept.own(Set.of(0, 3));
        assertThat(wanted()).containsExactly(0, 3);
        assertThat(kept.owned()).containsExactlyInAnyOrder(0, 3);
        assertThat(place(3)).isEqualTo(new Place.Now());
    }

    @Test
    void whatIsOwnedSinceATimeIsReadFromThatTimeOnceItIsOwned() {
        Instant first = Instant.ofEpochSecond(100);
        kept.ownSince(first, Set.of(0));
        kept.ownSince(first.plusSeconds(5), Set.of(0, 3));
        assertThat(place(0)).isEqualTo(new Place.Time(first));
        assertThat(place(3)).isEqualTo(new Place.Time(first.plusSeconds(5)));
        kept.ownSince(first.plusSeconds(9), Set.of(3));
        assertThat(kept.owned()).containsExactly(3);
    }

    @Test
    void whatIsLostIsReadForAWhileForThoseWhoHadAnIdAlready() {
        kept.own(Set.of(0, 3));
        kept.own(Set.of(3));
        assertThat(kept.owned()).containsExactly(3);
        pass(KeptPartitions.LOST.minusMillis(1));
        assertThat(wanted()).containsExactly(0, 3);
        pass(Duration.ofMillis(1));
        assertThat(wanted()).containsExactly(3);
    }

    @Test
    void whatIsLostIsReadUntilItsLastCallIsOver() {
        kept.own(Set.of(0, 3));
        String first = callIn(0);
        String second = callIn(0);
        kept.begin(first);
        kept.begin(second);
        kept.own(Set.of(3));
        pass(Duration.ofHours(5));
        assertThat(wanted()).containsExactly(0, 3);
        kept.end(first);
        assertThat(wanted()).containsExactly(0, 3);
        kept.end(second);
        assertThat(wanted()).containsExactly(3);
    }

    @Test
    void aCallInAPartitionOfSomebodyElseIsRead() {
        String call = callIn(5);
        kept.begin(call);
        assertThat(wanted()).containsExactly(5);
        assertThat(kept.owned()).isEmpty();
        kept.end(call);
        assertThat(wanted()).isEmpty();
    }

    @Test
    void aCallInAPartitionOfSomebodyElseIsReadFromTheTimeWhenItBegan() {
        Instant first = Instant.ofEpochSecond(100);
        kept.begin(callIn(5), first);
        assertThat(place(5)).isEqualTo(new Place.Time(first));
        kept.begin(callIn(5), first.plusSeconds(9));
        assertThat(place(5)).as("it is being read already").isEqualTo(new Place.Time(first));
        kept.begin(callIn(5), first.minusSeconds(9));
        assertThat(place(5)).as("it may not be read yet").isEqualTo(new Place.Time(first.minusSeconds(9)));
        assertThat(kept.owned()).isEmpty();
    }

    @Test
    void whatIsReadAgainAfterAPauseIsReadFromTheLaterTime() {
        Instant first = Instant.ofEpochSecond(100);
        String call = callIn(5);
        kept.begin(call, first);
        kept.end(call);
        kept.begin(call, first.plusSeconds(60));
        assertThat(place(5)).isEqualTo(new Place.Time(first.plusSeconds(60)));
        kept.ownSince(4, first);
        kept.disown(4);
        kept.ownSince(4, first.plusSeconds(5));
        assertThat(place(4)).as("it was read all the time").isEqualTo(new Place.Time(first));
        kept.disown(4);
        pass(KeptPartitions.LOST);
        assertThat(wanted()).containsExactly(5);
        kept.ownSince(4, first.plusSeconds(90));
        assertThat(place(4)).isEqualTo(new Place.Time(first.plusSeconds(90)));
        assertThat(kept.owned()).containsExactly(4);
    }

    @Test
    void whatIsOwnedAgainIsNotLost() {
        kept.own(Set.of(0));
        kept.own(Set.of());
        kept.own(Set.of(0));
        pass(Duration.ofMinutes(1));
        assertThat(wanted()).containsExactly(0);
        kept.own(Set.of());
        assertThat(wanted()).as("and lost once more it has its time again").containsExactly(0);
    }

    @Test
    void oneIsOwnedFromAPlaceAndEachTimeThatItIsSaidThePlaceIsAnother() {
        kept.own(2, 17);
        kept.own(4, 5);
        assertThat(kept.owned()).containsExactlyInAnyOrder(2, 4);
        Place first = place(2);
        assertThat(first).isEqualTo(new Place.Offset(17)).isSameAs(place(2));
        kept.disown(2);
        kept.disown(1);
        assertThat(kept.owned()).containsExactly(4);
        assertThat(place(2)).isSameAs(first);
        kept.own(2, 17);
        assertThat(place(2)).isEqualTo(first).isNotSameAs(first);
        kept.disown(2);
        pass(KeptPartitions.LOST);
        assertThat(wanted()).containsExactly(4);
    }

    @Test
    void callsAreCountedFromAnyThread() {
        List<String> calls = IntStream.range(0, 200).mapToObj(i -> callIn(i % PARTITIONS)).toList();
        CompletableFuture.allOf(IntStream.range(0, 4).mapToObj(thread -> CompletableFuture.runAsync(() ->
                calls.forEach(call -> {
                    kept.begin(call);
                    kept.wanted();
                }))).toArray(CompletableFuture[]::new)).join();
        assertThat(wanted()).hasSize(PARTITIONS);
        CompletableFuture.allOf(IntStream.range(0, 4).mapToObj(thread -> CompletableFuture.runAsync(() ->
                calls.forEach(kept::end))).toArray(CompletableFuture[]::new)).join();
        assertThat(wanted()).isEmpty();
    }
}
