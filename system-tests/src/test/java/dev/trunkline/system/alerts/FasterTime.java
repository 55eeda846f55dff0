package dev.trunkline.system.alerts;

import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes Prometheus' time run faster: every interval of its configuration and of its rules (how often it scrapes, how long a condition
 * must hold, over how long a rate is taken) is divided by the same number. A rule then decides on as many samples as an operator's does.
 * Nothing else changes: what a rule asks for, its labels and its thresholds, including those in seconds.
 *
 * @param times by which intervals are divided, 1 or more
 */
record FasterTime(int times) {
    private static final Pattern INTERVAL = Pattern.compile("(for: |interval: |\\[|offset )(\\d+)([smh])\\b");
    private static final Pattern SCRAPE = Pattern.compile("scrape_interval: (\\d+)s\\b");

    /** Returns a time in which this configuration scrapes each second. */
    static FasterTime scrapingEachSecond(String config) {
        Matcher interval = SCRAPE.matcher(config);
        if (!interval.find()) {
            throw new IllegalArgumentException("the configuration does not say how often it scrapes");
        }
        return new FasterTime(Integer.parseInt(interval.group(1)));
    }

    /** @throws IllegalArgumentException if an interval would not be whole seconds */
    String of(String text) {
        return INTERVAL.matcher(text).replaceAll(interval -> interval.group(1) + divided(interval) + "s");
    }

    private long divided(MatchResult interval) {
        long seconds = seconds(interval);
        if (seconds % times != 0) {
            throw new IllegalArgumentException(interval.group() + " cannot be divided by " + times);
        }
        return seconds / times;
    }

    /** Returns the text with every interval multiplied, in seconds: what {@link #of} does, undone. */
    String undone(String text) {
        return INTERVAL.matcher(text).replaceAll(interval -> interval.group(1) + seconds(interval) * times + "s");
    }

    private static long seconds(MatchResult interval) {
        long number = Long.parseLong(interval.group(2));
        return switch (interval.group(3)) {
            case "m" -> Duration.ofMinutes(number).toSeconds();
            case "h" -> Duration.ofHours(number).toSeconds();
            default -> number;
        };
    }
}
