package dev.trunkline.limiter.admission;

import dev.trunkline.events.RefusalReason;
import java.util.OptionalInt;

/** What became of an applicant. */
public sealed interface Verdict {

    /** It is counted and holds a slot. */
    record Admitted(Tally tally) implements Verdict {}

    /**
     * One limit is reached; nothing was counted.
     *
     * @param retryAfterSeconds when there will be room again, where that is known
     */
    record Refused(RefusalReason reason, OptionalInt retryAfterSeconds, Tally tally) implements Verdict {}

    /** The call ended before it could be judged, or is in its room already: there is nothing to say. */
    record Over() implements Verdict {}

    /**
     * Reads a verdict as the ledger's script writes it: {@code <outcome> <caller> <number> <organisation> <suite>
     * <retry after, ms>}, or {@code over}.
     *
     * @throws IllegalArgumentException if it is something else, for example written by a newer version
     */
    static Verdict parse(String text) {
        if (text.equals("over")) {
            return new Over();
        }
        String[] parts = text.split(" ");
        if (parts.length != 6) {
            throw new IllegalArgumentException("a verdict has six parts, this has " + parts.length + ": " + text);
        }
        var tally = new Tally(number(parts[1]), number(parts[2]), number(parts[3]), number(parts[4]));
        return switch (parts[0]) {
            case "admitted" -> new Admitted(tally);
            case "caller-rate" ->
                new Refused(RefusalReason.CALLER_RATE, OptionalInt.of(wholeSeconds(parts[5])), tally);
            case "number-busy" -> new Refused(RefusalReason.NUMBER_BUSY, OptionalInt.empty(), tally);
            case "organisation-busy" -> new Refused(RefusalReason.ORGANISATION_BUSY, OptionalInt.empty(), tally);
            case "suite-full" -> new Refused(RefusalReason.SUITE_FULL, OptionalInt.empty(), tally);
            default -> throw new IllegalArgumentException("unknown verdict: " + text);
        };
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    /** Rounded up, so that who waits that long is not too early. */
    private static int wholeSeconds(String millis) {
        return (int) Math.max(1, Math.ceilDiv(Long.parseLong(millis), 1000L));
    }
}
