package dev.trunkline.router.directory;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opening hours: when somebody is there.
 *
 * @param zone the time zone of the hours, including summer time
 * @param hours by the day on which they begin; a missing day is closed
 * @param holidays days on which no hours begin
 */
public record Schedule(ZoneId zone, Map<DayOfWeek, List<Hours>> hours, Set<LocalDate> holidays) {

    /** @param to exclusive; if it is not after {@code from}, it is on the next day (00:00 to 00:00 is the whole day) */
    public record Hours(LocalTime from, LocalTime to) {

        private boolean passesMidnight() {
            return !to.isAfter(from);
        }
    }

    public Schedule {
        hours = Map.copyOf(hours);
        holidays = Set.copyOf(holidays);
    }

    public boolean isOpen(Instant moment) {
        ZonedDateTime local = moment.atZone(zone);
        LocalTime time = local.toLocalTime();
        LocalDate today = local.toLocalDate();
        for (Hours hours : beginningOn(today)) {
            if (!time.isBefore(hours.from()) && (hours.passesMidnight() || time.isBefore(hours.to()))) {
                return true;
            }
        }
        // Hours that began on the evening before a holiday last until their end.
        for (Hours hours : beginningOn(today.minusDays(1))) {
            if (hours.passesMidnight() && time.isBefore(hours.to())) {
                return true;
            }
        }
        return false;
    }

    private List<Hours> beginningOn(LocalDate day) {
        return holidays.contains(day) ? List.of() : hours.getOrDefault(day.getDayOfWeek(), List.of());
    }
}
