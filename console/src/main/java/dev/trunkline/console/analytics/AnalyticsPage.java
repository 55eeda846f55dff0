package dev.trunkline.console.analytics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The figures of a period. Percentiles and medians are accurate to some 5 %.
 *
 * @param days in the time zone, including those without calls
 * @param hours calls by day of the week (Monday first) and hour of the day, in the time zone
 * @param answerRate of all calls, 0 to 1; empty if there were no calls
 * @param peak most concurrent calls, by day; empty if there were too many calls to examine each
 */
public record AnalyticsPage(
        List<Day> days,
        long[][] hours,
        Optional<Double> answerRate,
        Setup setup,
        List<Refusal> refusals,
        @JsonProperty("short") Short shortCalls,
        List<Peak> peak,
        Quality quality) {

    public record Day(
            LocalDate day, long calls, long answered, long refused, OptionalLong averageTalkMillis, OptionalLong medianTalkMillis) {}

    /** From the INVITE to the answer, in milliseconds. */
    public record Setup(OptionalLong p50, OptionalLong p90) {}

    /** @param text the reason in a sentence */
    public record Refusal(String reason, String text, long calls) {}

    /** Calls that were answered and over almost at once. */
    public record Short(long calls, int underSeconds) {}

    public record Peak(LocalDate day, int most) {}

    /** @param belowThree calls with poor estimated quality */
    public record Quality(Optional<Double> mosP50, long belowThree) {}
}
