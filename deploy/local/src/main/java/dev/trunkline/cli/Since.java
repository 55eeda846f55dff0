package dev.trunkline.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write it: an age ({@code 2h}), a day, or a moment in this machine's zone or with an offset. */
public final class Since {
    private final String text;

    private Since(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if the text is not a time */
    static Since parse(String text) {
        var since = new Since(text);
        since.from(Clock.systemUTC());
        return since;
    }

    public Instant from(Clock clock) {
        return text.matches("[1-9]\\d{0,4}[smhd]") ? clock.instant().minus(period(text)) : moment(text, clock.getZone());
    }

    private static Duration period(String text) {
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /**
     * @param zone of a time without an offset
     * @throws IllegalArgumentException if the text is not a moment
     */
    public static Instant moment(String text, ZoneId zone) {
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no time: " + text, e);
        }
    }

    /** Converts options. */
    public static final class Converter implements ITypeConverter<Since> {
        @Override
        public Since convert(String text) {
            try {
                return parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("write 30m, 24h, 7d, 2026-11-29 or 2026-11-29T17:30, not " + text);
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
