package dev.trunkline.router.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.router.directory.Schedule.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

    /** Monday with a lunch break, Saturday night, the whole Sunday; closed on Monday 2026-05-25 and Saturday 2026-12-26. */
    private static final Schedule SCHEDULE = new Schedule(
            BRUSSELS,
            Map.of(
                    DayOfWeek.MONDAY, List.of(hours("09:00", "12:00"), hours("13:00", "17:30")),
                    DayOfWeek.FRIDAY, List.of(hours("18:00", "02:00")),
                    DayOfWeek.SATURDAY, List.of(hours("22:00", "06:00")),
                    DayOfWeek.SUNDAY, List.of(hours("00:00", "00:00"))),
            Set.of(LocalDate.of(2026, 5, 25), LocalDate.of(2026, 12, 26)));

    @ParameterizedTest
    @CsvSource({
        "2026-11-16T08:59, false",
        "2026-11-16T09:00, true",
        "2026-11-16T11:59, true",
        "2026-11-16T12:00, false",
        "2026-11-16T13:00, true",
        "2026-11-16T17:30, false",
        "2026-11-17T10:00, false",
        "2026-11-20T17:59, false",
        "2026-11-20T23:59, true",
        "2026-11-21T01:59, true",
        "2026-11-21T02:00, false",
        "2026-11-21T22:00, true",
        "2026-11-22T12:00, true",
        "2026-11-22T23:59, true",
        "2026-11-23T00:00, false",
        // A holiday, and the night that began before a holiday.
        "2026-05-25T10:00, false",
        "2026-12-26T01:00, true",
        "2026-12-26T22:30, false",
        "2026-12-27T01:00, true",
    })
    void isOpenByLocalClocks(LocalDateTime local, boolean open) {
        assertThat(SCHEDULE.isOpen(local.atZone(BRUSSELS).toInstant())).isEqualTo(open);
    }

    @Test
    void summerTimeMovesTheHours() {
        // 07:30 UTC is 09:30 in June and 08:30 in November.
        assertThat(SCHEDULE.isOpen(LocalDateTime.parse("2026-06-15T07:30").atZone(ZoneId.of("Z")).toInstant())).isTrue();
        assertThat(SCHEDULE.isOpen(LocalDateTime.parse("2026-11-16T07:30").atZone(ZoneId.of("Z")).toInstant())).isFalse();
    }

    @Test
    void withoutHoursIsAlwaysClosed() {
        var closed = new Schedule(BRUSSELS, Map.of(), Set.of());

        assertThat(closed.isOpen(LocalDateTime.parse("2026-11-16T10:00").atZone(BRUSSELS).toInstant())).isFalse();
    }

    private static Hours hours(String from, String to) {
        return new Hours(LocalTime.parse(from), LocalTime.parse(to));
    }
}
