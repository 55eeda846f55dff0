package dev.trunkline.console.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.console.Stories;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private final List<Envelope> events = Stories
            .of(new CallId(UUID.randomUUID()), new OrganisationRef("o-1", "town"), Instant.now(), "ab".repeat(32))
            .answered(Duration.ofSeconds(1))
            .events();
    private final List<Envelope> written = new CopyOnWriteArrayList<>();

    private List<CompletableFuture<Void>> handle(Batches batches) {
        return events.stream().map(event -> batches.handle(event).toCompletableFuture()).toList();
    }

    @Test
    void whatCameTogetherIsWrittenTogetherAndOnlyThenDone() throws Exception {
        var transactions = new AtomicInteger();
        try (var batches = new Batches(
                batch -> {
                    transactions.incrementAndGet();
                    written.addAll(batch);
                },
                size -> {}, ContainedFaults.logged())) {
            List<CompletableFuture<Void>> done = handle(batches);
            assertThat(done).noneMatch(CompletableFuture::isDone);
            batches.start();
            for (CompletableFuture<Void> one : done) {
                one.get(30, TimeUnit.SECONDS);
            }
            assertThat(written).isEqualTo(events);
            assertThat(transactions).hasValue(1);
        }
    }

    @Test
    void whileTheDatabaseIsAwayNothingIsDoneAndNothingIsLost() throws Exception {
        var tries = new AtomicInteger();
        try (var batches = new Batches(
                batch -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new SQLException("gone", "08006");
                    }
                    written.addAll(batch);
                },
                size -> {}, ContainedFaults.logged())) {
            List<CompletableFuture<Void>> done = handle(batches);
            batches.start();
            done.getLast().get(30, TimeUnit.SECONDS);
            assertThat(written).isEqualTo(events);
            assertThat(tries).hasValue(3);
        }
    }

    @Test
    void anEventThatCannotBeWrittenFailsAloneWithoutItsText() throws Exception {
        Envelope bad = events.get(2);
        try (var batches = new Batches(
                batch -> {
                    if (batch.contains(bad)) {
                        throw new SQLException("it says " + Stories.SEALED, "22P05");
                    }
                    written.addAll(batch);
                },
                size -> {}, ContainedFaults.logged())) {
            List<CompletableFuture<Void>> done = handle(batches);
            batches.start();
            done.getLast().get(30, TimeUnit.SECONDS);
            assertThat(written).hasSize(events.size() - 1);
            assertThatThrownBy(() -> done.get(2).get(30, TimeUnit.SECONDS)).hasMessageContaining("22P05").hasMessageNotContaining(Stories.SEALED);
        }
    }
}
