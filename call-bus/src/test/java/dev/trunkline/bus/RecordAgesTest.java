package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordAgesTest {
    private static final Instant NOW = Instant.parse("2026-11-30T11:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private Duration onTheWay = Duration.ofMillis(800);
    private final RecordAges ages = new RecordAges(() -> NOW, () -> onTheWay);

    @Test
    void clocksThatAgreeSayHowOldARecordIs() {
        assertThat(ages.of(NOW.minusMillis(300))).isEqualTo(Duration.ofMillis(300));
        assertThat(ages.here(NOW.minusMillis(300), NOW.plusMillis(1_700))).isEqualTo(NOW.plusMillis(1_700));
    }

    @Test
    void aWriterWhoseClockIsAnHourBehindWroteWhileWeRead() {
        Instant written = NOW.minus(HOUR);
        assertThat(ages.of(written)).isEqualTo(onTheWay);
        assertThat(ages.here(written, written.plusSeconds(2))).isEqualTo(NOW.plusMillis(1_200));
    }

    @Test
    void aWriterWhoseClockIsAnHourAheadGivesNoMoreTimeThanItMeantTo() {
        Instant written = NOW.plus(HOUR);
        assertThat(ages.of(written)).isZero();
        assertThat(ages.here(written, written.plusSeconds(2))).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void whoeverHasNotReadForLongBelievesTheClocks() {
        onTheWay = Duration.ofMinutes(90);
        assertThat(ages.of(NOW.minus(HOUR))).isEqualTo(HOUR);
        onTheWay = ReadProgress.ANY_AGE;
        assertThat(ages.here(NOW.minus(HOUR))).isEqualTo(NOW.minus(HOUR));
    }

    @Test
    void timesThatNobodyCanMeanAreBounded() {
        assertThat(ages.here(NOW, Instant.MAX)).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(ages.here(Instant.MIN, Instant.MAX)).isEqualTo(NOW.plus(Duration.ofDays(1)).minus(onTheWay));
        assertThat(ages.here(NOW, Instant.MIN)).isEqualTo(NOW);
    }
}
