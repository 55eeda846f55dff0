package dev.trunkline.router.rules;

import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Schedule;
import dev.trunkline.router.directory.Schedule.Hours;
import dev.trunkline.router.fields.Fields;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads opening hours and the two destinations. */
final class ScheduleReader {
    static final String ELSE = "else";
    private static final Pattern HOURS = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)");

    private ScheduleReader() {}

    static Destination read(Fields fields) {
        var schedule = new Schedule(zone(fields), hours(fields), holidays(fields));
        Destination open = destination(fields, "open");
        Destination closed = destination(fields, ELSE);
        fields.nothingElse();
        return new Destination.Scheduled(schedule, open, closed);
    }

    private static Destination destination(Fields fields, String field) {
        Optional<Fields> destination = fields.object(field);
        if (destination.isEmpty()) {
            fields.fault(field, "is missing: write a destination, for example {\"type\": \"individual\"} or {\"type\": \"refuse\", \"status\": 480}");
        }
        return destination.map(DestinationReader::ofSchedule).orElseGet(() -> new Destination.Refuse(480));
    }

    private static ZoneId zone(Fields fields) {
        String name = fields.text("time_zone", "an IANA time zone, for example Europe/Brussels");
        // Java would also accept GMT+2 and +02:00, which have no summer time.
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            if (!name.isEmpty()) {
                fields.fault("time_zone", "write an IANA time zone, for example Europe/Brussels or Etc/UTC");
            }
            return ZoneId.of("Etc/UTC");
        }
        return ZoneId.of(name);
    }

    /** Returns the name of a day in a schedule: {@code mon} to {@code sun}. */
    static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    private static Map<DayOfWeek, List<Hours>> hours(Fields fields) {
        Map<DayOfWeek, List<Hours>> hours = new EnumMap<>(DayOfWeek.class);
        Optional<Fields> days = fields.object("hours");
        if (days.isEmpty()) {
            fields.fault("hours", "is missing: write for example {\"mon\": [\"09:00-12:00\", \"13:00-17:30\"]}");
            return hours;
        }
        for (DayOfWeek day : DayOfWeek.values()) {
            List<Hours> read = day(days.get(), shortName(day));
            if (!read.isEmpty()) {
                hours.put(day, read);
            }
        }
        days.get().nothingElse();
        return hours;
    }

    private static List<Hours> day(Fields days, String day) {
        List<String> written = days.texts(day);
        return Stream.iterate(0, i -> i < written.size(), i -> i + 1)
                .flatMap(i -> {
                    Matcher parts = HOURS.matcher(written.get(i));
                    if (!parts.matches()) {
                        days.fault(day + "[" + i + "]", "write from and to, for example \"09:00-17:30\"; \"22:00-06:00\" ends on the next day");
                        return Stream.empty();
                    }
                    LocalTime to = parts.group(3) == null ? LocalTime.MIDNIGHT : time(parts.group(3), parts.group(4));
                    return Stream.of(new Hours(time(parts.group(1), parts.group(2)), to));
                })
                .toList();
    }

    private static LocalTime time(String hour, String minute) {
        return LocalTime.of(Integer.parseInt(hour), Integer.parseInt(minute));
    }

    private static Set<LocalDate> holidays(Fields fields) {
        Set<LocalDate> holidays = new HashSet<>();
        List<String> written = fields.texts("holidays");
        for (int i = 0; i < written.size(); i++) {
            try {
                holidays.add(LocalDate.parse(written.get(i)));
            } catch (DateTimeException e) {
                fields.fault("holidays[" + i + "]", "write a day as \"2026-12-25\"");
            }
        }
        return holidays;
    }
}
