package dev.trunkline.limiter.admission;

import java.time.Duration;
import java.util.Arrays;

/** What became of an applicant. */
public sealed interface Verdict {

    /** It is counted and holds a slot. */
    record Admitted(Tally tally) implements Verdict {}

    /**
     * The caller has called often enough; nothing was counted.
     *
     * @param roomIn how long until the window lets the caller in again
     */
    record TooOften(Tally tally, Duration roomIn) implements Verdict {}

    /**
     * One place is full; nothing was counted.
     *
     * @param seat the first of the applicant's that is full, from 0
     */
    record Full(Tally tally, int seat) implements Verdict {}

    /** The call ended before it could be judged, or is in its room already: there is nothing to say. */
    record Over() implements Verdict {}

    /**
     * Reads a verdict as the ledger's script writes it: {@code <outcome> <room again in, ms> <caller> <count of each
     * seat>}, or {@code over}. The outcome is {@code admitted}, {@code caller-rate} or {@code full-<n>}, n from 1.
     *
     * @throws IllegalArgumentException if it is something else, for example written by another version
     */
    static Verdict parse(String text) {
        if (text.equals("over")) {
            return new Over();
        }
        String[] parts = text.split(" ");
        if (parts.length < 4) {
            throw new IllegalArgumentException("a verdict has four parts or more: " + text);
        }
        var atOnce = Arrays.stream(parts).skip(3).map(Integer::valueOf).toList();
        var tally = new Tally(Integer.parseInt(parts[2]), atOnce);
        return switch (parts[0]) {
            case "admitted" -> new Admitted(tally);
            case "caller-rate" -> new TooOften(tally, Duration.ofMillis(Long.parseLong(parts[1])));
            default -> new Full(tally, seat(parts[0], atOnce.size()));
        };
    }

    private static int seat(String outcome, int seats) {
        if (outcome.startsWith("full-")) {
            int seat = Integer.parseInt(outcome.substring("full-".length())) - 1;
            if (seat >= 0 && seat < seats) {
                return seat;
            }
        }
        throw new IllegalArgumentException("unknown verdict: " + outcome);
    }
}
