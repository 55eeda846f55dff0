package dev.trunkline.limiter.admission;

import java.time.Duration;

/** What the last step of a refusal's trace says, for whoever asks why. */
final class Sentences {
    private Sentences() {}

    static String tooOften(CallerWindow window, int count, int seconds) {
        String who = window.anonymous() ? "Anonymous callers of this trunk have called" : "The caller has called";
        String whom =
                switch (window.scope()) {
                    case NUMBER -> "this number";
                    case ORGANISATION -> "this organisation";
                };
        // A limit that was lowered waits for more than one to leave.
        String when = count == window.limit() ? "the oldest leaves the window in" : "there is room again in";
        return "%s %s %s in the last %s, %s allowed; %s %d s."
                .formatted(who, whom, many(count, "time"), length(window.length()), are(window.limit()), when, seconds);
    }

    static String full(Seat seat, int count) {
        String where =
                switch (seat.place()) {
                    case NUMBER -> "The number";
                    case ORGANISATION -> "The organisation";
                    case AGENT_POOL -> "The agent pool " + seat.name();
                    case SUITE -> "The suite";
                };
        return "%s has %s at once, %s allowed.".formatted(where, many(count, "call"), are(seat.limit().orElse(0)));
    }

    private static String many(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String are(int count) {
        return count + (count == 1 ? " is" : " are");
    }

    private static String length(Duration length) {
        long seconds = length.toSeconds();
        if (seconds % 3600 == 0) {
            return units(seconds / 3600, "hour");
        }
        return seconds % 60 == 0 ? units(seconds / 60, "minute") : seconds + " s";
    }

    private static String units(long count, String unit) {
        return count == 1 ? unit : count + " " + unit + "s";
    }
}
