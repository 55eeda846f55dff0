package dev.trunkline.console.analytics;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Figures of a time. Percentiles and medians are right to some 5 %.
 *
 * @param days in the zone, those without calls too
 * @param hours calls by day of the week (Monday first) and hour of the day, in the zone
 * @param answerRate of all calls, 0 to 1; empty where there was none
 * @param peak most calls at once, by day; empty where there were too many calls to look at each
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

    /** Calls that were answered and over at once. */
    public record Short(long calls, int underSeconds) {}

    public record Peak(LocalDate day, int most) {}

    /** @param belowThree calls whose estimated quality was bad */
    public record Quality(Optional<Double> mosP50, long belowThree) {}
}
