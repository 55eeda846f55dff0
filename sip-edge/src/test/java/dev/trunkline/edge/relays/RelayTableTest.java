package dev.trunkline.edge.relays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RelayState;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTableTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    /** Near the maximum of a long: nanoTime may return any value, and only differences count. */
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();

    private long readUntil = nanos;
    private final RelayTable table =
            new RelayTable(Duration.ofSeconds(5), () -> NOW, () -> nanos, () -> readUntil);
    private final RelayEars ears = new RelayEars(table, EventJson.MAPPER);

    /** Advances the clock; everything published is read, as it comes. */
    private void pass(double seconds) {
        for (double left = seconds; left > 0; left--) {
            passDeaf(Math.min(left, 1));
            readUntil = nanos;
            table.keepTime();
        }
    }

    private void passDeaf(double seconds) {
        nanos += (long) (seconds * 1e9);
    }

    private void record(String key, String json, Instant written, boolean past) {
        ears.accept(
                new ConsumerRecord<>(Topics.RELAYS, 0, 0, written.toEpochMilli(), TimestampType.CREATE_TIME, 0, 0, key,
                        json == null ? null : json.getBytes(StandardCharsets.UTF_8), new RecordHeaders(), Optional.empty()),
                past);
    }

    private void beat(String relay, RelayState state) {
        record(relay, "{\"relay\":\"%s\",\"state\":\"%s\",\"calls\":3}".formatted(relay, state.code()), NOW, false);
    }

    private RelayFate fate(String relay, long since) {
        return table.of(relay, since, Optional.empty());
    }

    /** Publishes a heartbeat that contains the start time of the relay's process. */
    private void beat(String relay, RelayState state, Instant startedAt, Instant written) {
        record(relay, "{\"relay\":\"%s\",\"state\":\"%s\",\"calls\":3,\"startedAt\":\"%s\"}".formatted(relay, state.code(), startedAt),
                written, false);
    }

    private void drains(String relay) {
        record(relay, "{\"relay\":\"%s\",\"state\":\"draining\",\"calls\":3,\"handsOverSince\":\"%s\"}".formatted(relay, NOW), NOW, false);
    }

    @Test
    void oneThatGivesItsCallsAwayLeavesAsLongAsAnotherTakesThem() {
        long since = nanos;
        drains("relay-1");
        assertThat(fate("relay-1", since)).as("nobody else").isEqualTo(RelayFate.LIVES);
        beat("relay-2", RelayState.FULL);
        assertThat(fate("relay-1", since)).as("the other is full").isEqualTo(RelayFate.LIVES);
        beat("relay-2", RelayState.TAKING);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LEAVES);
        assertThat(fate("relay-2", since)).isEqualTo(RelayFate.LIVES);
        pass(4);
        drains("relay-1");
        pass(2);
        assertThat(fate("relay-1", since)).as("the other has fallen silent").isEqualTo(RelayFate.LIVES);
        beat("relay-2", RelayState.TAKING);
        beat("relay-1", RelayState.DRAINING);
        assertThat(fate("relay-1", since)).as("it keeps them").isEqualTo(RelayFate.LIVES);
        pass(11);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.SILENT);
    }

    private void old(String relay, RelayState state, Duration age) {
        record(relay, "{\"relay\":\"%s\",\"state\":\"%s\",\"calls\":3}".formatted(relay, state.code()), NOW.minus(age), true);
    }

    @Test
    void aRelayThatNeverBeatIsUnknownHoweverLongItIsSilent() {
        long since = nanos;
        pass(3600);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.UNKNOWN);
        assertThat(table.refusal()).isEmpty();
        assertThat(table.living()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = RelayState.class, names = {"TAKING", "FULL", "DRAINING"})
    void aRelayThatBeatsLivesWhateverItDoesWithNewCalls(RelayState state) {
        long since = nanos;
        for (int i = 0; i < 10; i++) {
            beat("relay-1", state);
            pass(1);
            assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LIVES);
        }
        assertThat(table.living()).isEqualTo(1);
    }

    @Test
    void aRelayThatWasSilentForLongerThanItMayIsLostIfAnotherTakesCalls() {
        long since = nanos;
        beat("relay-1", RelayState.TAKING);
        pass(4);
        beat("relay-2", RelayState.TAKING);
        pass(1);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LIVES);
        pass(0.1);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.SILENT);
        assertThat(table.silent()).containsExactly("relay-1");
        assertThat(fate("relay-2", since)).isEqualTo(RelayFate.LIVES);
        beat("relay-2", RelayState.FULL);
        assertThat(fate("relay-1", since)).as("the other is full").isEqualTo(RelayFate.LIVES);
        assertThat(table.silent()).as("nobody would get what it has").isEmpty();
        beat("relay-2", RelayState.TAKING);
        beat("relay-1", RelayState.GONE);
        pass(6);
        beat("relay-2", RelayState.TAKING);
        assertThat(table.silent()).as("it has left").isEmpty();
    }

    @Test
    void aRelayThatNobodyCouldReplaceHasHalfAsMuchTimeAgain() {
        long since = nanos;
        beat("relay-1", RelayState.TAKING);
        pass(7.5);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LIVES);
        assertThat(table.refusal()).isEmpty();
        pass(0.1);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.SILENT);
        assertThat(table.refusal()).contains(RefusalReason.NO_RELAY);
        beat("relay-1", RelayState.TAKING);
        assertThat(fate("relay-1", since)).as("it was only late").isEqualTo(RelayFate.LIVES);
        assertThat(table.refusal()).isEmpty();
    }

    @Test
    void nobodyIsSilentWhileNothingIsRead() {
        long since = nanos;
        beat("relay-1", RelayState.TAKING);
        pass(1);
        passDeaf(600);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LIVES);
        assertThat(table.refusal()).isEmpty();
    }

    @Test
    void theBacklogIsReadBeforeAnybodyIsJudged() {
        long since = nanos;
        beat("relay-1", RelayState.TAKING);
        beat("relay-2", RelayState.TAKING);
        pass(1);
        passDeaf(60);
        // Kafka is back. relay-1 lived through the outage, and its heartbeats are read one after another; relay-2 did not.
        for (int i = 0; i < 60; i++) {
            beat("relay-1", RelayState.TAKING);
        }
        assertThat(fate("relay-2", since)).isEqualTo(RelayFate.LIVES);
        readUntil = nanos;
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LIVES);
        assertThat(fate("relay-2", since)).as("it may reach Kafka a moment later than this edge").isEqualTo(RelayFate.LIVES);
        for (int i = 0; i < 3; i++) {
            pass(1);
            beat("relay-1", RelayState.TAKING);
        }
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LIVES);
        assertThat(fate("relay-2", since)).isEqualTo(RelayFate.SILENT);
    }

    @Test
    void aRelayThatIsHeardDuringAnOutageGetsNoMoreTimeThanAnother() {
        long since = nanos;
        passDeaf(60);
        beat("relay-1", RelayState.TAKING);
        pass(0.1);
        pass(7.4);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LIVES);
        pass(0.2);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.SILENT);
    }

    @Test
    void aRelayThatEndedIsGoneAsSoonAsAllIsRead() {
        long since = nanos;
        beat("relay-1", RelayState.DRAINING);
        pass(1);
        passDeaf(0.2);
        beat("relay-1", RelayState.GONE);
        assertThat(fate("relay-1", since)).as("it may have begun again, which is not read yet").isEqualTo(RelayFate.LIVES);
        passDeaf(0.3);
        readUntil = nanos;
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.GONE);
        assertThat(table.refusal()).contains(RefusalReason.NO_RELAY);
        assertThat(table.living()).isZero();
    }

    @Test
    void aRelayThatSaysSoAgainAndAgainIsGoneAllTheSame() {
        long since = nanos;
        beat("relay-1", RelayState.GONE);
        passDeaf(0.5);
        readUntil = nanos;
        passDeaf(0.1);
        beat("relay-1", RelayState.GONE);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.GONE);
    }

    @Test
    void aCallThatARelayTakesAfterItsReturnIsNotEndedByItsLastWordOfBefore() {
        beat("relay-1", RelayState.GONE);
        pass(60);
        passDeaf(0.5);
        // The relay's media.ready is read before its first heartbeat, which is on another topic.
        long since = nanos;
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LIVES);
        beat("relay-1", RelayState.TAKING);
        pass(1);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LIVES);
    }

    @Test
    void aRelayHasItsFullTimeFromWhenACallGotIt() {
        beat("relay-1", RelayState.TAKING);
        pass(60);
        long since = nanos;
        pass(7);
        assertThat(fate("relay-1", since)).isEqualTo(RelayFate.LIVES);
        pass(0.6);
        assertThat(fate("relay-1", since)).as("dead before the edge began, and lost for a resumed call").isEqualTo(RelayFate.SILENT);
    }

    @Test
    void aRelayThatIsBackAtOnceHasLostTheCallsOfItsFormerProcess() {
        Instant ready = NOW.plusSeconds(60);
        beat("relay-1", RelayState.TAKING, NOW, ready.plusSeconds(9));
        long since = nanos;
        pass(1);
        assertThat(table.of("relay-1", since, Optional.of(ready))).isEqualTo(RelayFate.LIVES);
        assertThat(table.lastSaid("relay-1", since, Optional.of(ready))).contains(ready.plusSeconds(9));

        beat("relay-1", RelayState.TAKING, ready.plusSeconds(12), ready.plusSeconds(13));
        beat("relay-1", RelayState.TAKING, ready.plusSeconds(12), ready.plusSeconds(14));
        assertThat(table.of("relay-1", since, Optional.of(ready))).isEqualTo(RelayFate.RESTARTED);
        assertThat(table.lastSaid("relay-1", since, Optional.of(ready))).as("by the process that had the call").contains(ready.plusSeconds(9));
        assertThat(table.refusal()).as("it takes new calls").isEmpty();
    }

    @Test
    void aCallOfTheNewProcessLivesThoughItsHeartbeatIsReadLater() {
        Instant restarted = NOW.plusSeconds(12);
        Instant ready = restarted.plusMillis(1);
        beat("relay-1", RelayState.TAKING, NOW, NOW.plusSeconds(10));
        long since = nanos;
        pass(0.5);
        assertThat(table.of("relay-1", since, Optional.of(ready))).isEqualTo(RelayFate.LIVES);
        beat("relay-1", RelayState.TAKING, restarted, restarted.plusMillis(900));
        assertThat(table.of("relay-1", since, Optional.of(ready))).isEqualTo(RelayFate.LIVES);
        assertThat(table.of("relay-1", since, Optional.of(restarted))).as("the same moment").isEqualTo(RelayFate.LIVES);
        assertThat(table.lastSaid("relay-1", since, Optional.of(ready))).contains(restarted.plusMillis(900));
    }

    @Test
    void aRelayThatBeganAgainAfterItsClockWasSetBackHasLostTheCallsOfBefore() {
        Instant ready = NOW.plusSeconds(60);
        beat("relay-1", RelayState.TAKING, NOW, ready.plusSeconds(9));
        long since = nanos;
        pass(1);
        Instant restarted = ready.plusSeconds(12).minusSeconds(3_600);
        beat("relay-1", RelayState.TAKING, restarted, restarted.plusSeconds(1));
        assertThat(table.of("relay-1", since, Optional.of(ready))).isEqualTo(RelayFate.RESTARTED);
        assertThat(table.lastSaid("relay-1", since, Optional.of(ready))).contains(ready.plusSeconds(9));
        pass(1);
        assertThat(table.of("relay-1", nanos, Optional.of(restarted.plusSeconds(2)))).as("a call of the new one").isEqualTo(RelayFate.LIVES);
        beat("relay-1", RelayState.TAKING, restarted, restarted.plusSeconds(3));
        assertThat(table.of("relay-1", since, Optional.of(ready))).as("later too").isEqualTo(RelayFate.RESTARTED);
    }

    @Test
    void whoDoesNotSayWhenItBeganOrWhenItHadTheCallIsJudgedBySilenceAlone() {
        beat("relay-1", RelayState.TAKING, NOW.plusSeconds(9), NOW.plusSeconds(10));
        assertThat(fate("relay-1", nanos)).isEqualTo(RelayFate.LIVES);
        beat("relay-2", RelayState.TAKING);
        assertThat(table.of("relay-2", nanos, Optional.of(NOW.minusSeconds(60)))).isEqualTo(RelayFate.LIVES);
    }

    @Test
    void aRestartFromBeforeThisEdgeBeganIsSeenToo() {
        record("relay-1", "{\"relay\":\"relay-1\",\"state\":\"taking\",\"calls\":0,\"startedAt\":\"%s\"}".formatted(NOW.minusSeconds(2)),
                NOW.minusSeconds(1), true);
        assertThat(table.of("relay-1", nanos, Optional.of(NOW.minusSeconds(30)))).isEqualTo(RelayFate.RESTARTED);
        assertThat(table.of("relay-1", nanos, Optional.of(NOW))).isEqualTo(RelayFate.LIVES);
    }

    @ParameterizedTest
    @ValueSource(longs = {18, 3600, 7 * 86_400})
    void whoDiedBeforeTheStartDoesNotLive(long age) {
        old("relay-1", RelayState.TAKING, Duration.ofSeconds(age));
        assertThat(table.living()).isZero();
        assertThat(table.refusal()).contains(RefusalReason.NO_RELAY);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 0, 1, 14})
    void aRelayWhoseClockIsALittleBehindLivesAtTheStart(long age) {
        old("relay-1", RelayState.TAKING, Duration.ofSeconds(age));
        assertThat(table.living()).isEqualTo(1);
        assertThat(table.refusal()).isEmpty();
    }

    @Test
    void whatWasSaidBeforeTheStartIsOverwritten() {
        old("relay-1", RelayState.TAKING, Duration.ofDays(7));
        old("relay-1", RelayState.TAKING, Duration.ofSeconds(1));
        assertThat(table.refusal()).isEmpty();
    }

    @Test
    void oneThatTakesCallsIsEnough() {
        beat("relay-1", RelayState.FULL);
        beat("relay-2", RelayState.DRAINING);
        assertThat(table.refusal()).contains(RefusalReason.SUITE_FULL);
        beat("relay-3", RelayState.TAKING);
        assertThat(table.refusal()).isEmpty();
        beat("relay-3", RelayState.GONE);
        assertThat(table.refusal()).contains(RefusalReason.SUITE_FULL);
        pass(11);
        assertThat(table.refusal()).contains(RefusalReason.NO_RELAY);
    }

    @Test
    void aDeletedRecordIsForgotten() {
        beat("relay-1", RelayState.GONE);
        record("relay-1", null, NOW, false);
        assertThat(table.refusal()).isEmpty();
        assertThat(fate("relay-1", nanos)).isEqualTo(RelayFate.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"relay\":\"relay-1\"}", "{\"state\":\"gone\"}",
        "{\"relay\":\"relay-1\",\"state\":\"dancing\",\"calls\":1}", "\u0000"})
    void whatCannotBeReadChangesNothing(String json) {
        beat("relay-1", RelayState.TAKING);
        record("relay-1", json, NOW, false);
        assertThat(fate("relay-1", nanos)).isEqualTo(RelayFate.LIVES);
        assertThat(table.living()).isEqualTo(1);
    }
}
