package dev.trunkline.limiter.admission;

import java.time.Duration;
import java.util.Arrays;

/** The decision on an applicant. */
public sealed interface Verdict {
    String RATE = "rate-";
    String FULL = "full-";

    /** It is counted and holds a slot. */
    record Admitted(Tally tally) implements Verdict {}

    /**
     * The caller has called often enough; nothing was counted.
     *
     * @param roomIn how long until the window admits the caller again
     */
    record TooOften(Tally tally, Duration roomIn) implements Verdict {}

    /**
     * Trunk or organisation has made enough outbound calls; nothing was counted.
     *
     * @param rate the first of the applicant's further windows that is full, from 0
     * @param roomIn how long until that window admits an outbound call again
     */
    record DialledTooOften(Tally tally, int rate, Duration roomIn) implements Verdict {}

    /**
     * One place is full; nothing was counted.
     *
     * @param seat the applicant's first seat that is full, from 0
     */
    record Full(Tally tally, int seat) implements Verdict {}

    /** The call ended before the decision, or is already in its room: there is nothing to publish. */
    record Over() implements Verdict {}

    /**
     * Parses a verdict as the ledger's script writes it:
     * {@code <outcome> <room again in, ms> <caller[,count of each further window]> <count of each seat>}, or {@code over}. The
     * outcome is {@code admitted}, {@code caller-rate}, {@code rate-<n>} or {@code full-<n>}, n from 1.
     *
     * @throws IllegalArgumentException if it is something else, for example written by another version
     */
    static Verdict parse(String text) {
        if (text.equals("over")) {
            return new Over();
        }
        String[] parts = text.split(" ");
        if (parts.length < 4) {
            throw new IllegalArgumentException("a verdict has at least four parts: " + text);
        }
        var atOnce = Arrays.stream(parts).skip(3).map(Integer::valueOf).toList();
        var windows = Arrays.stream(parts[2].split(",", -1)).map(Integer::valueOf).toList();
        var tally = new Tally(windows.getFirst(), windows.subList(1, windows.size()), atOnce);
        var roomIn = Duration.ofMillis(Long.parseLong(parts[1]));
        return switch (parts[0]) {
            case "admitted" -> new Admitted(tally);
            case "caller-rate" -> new TooOften(tally, roomIn);
            case String rate when rate.startsWith(RATE) -> new DialledTooOften(
                    tally, index(rate, RATE, tally.rates().size()), roomIn);
            default -> new Full(tally, index(parts[0], FULL, atOnce.size()));
        };
    }

    /** Returns the number after the prefix, counted from 0 instead of 1. */
    private static int index(String outcome, String beginning, int size) {
        if (outcome.startsWith(beginning)) {
            int index = Integer.parseInt(outcome.substring(beginning.length())) - 1;
            if (index >= 0 && index < size) {
                return index;
            }
        }
        throw new IllegalArgumentException("unknown verdict: " + outcome);
    }
}
