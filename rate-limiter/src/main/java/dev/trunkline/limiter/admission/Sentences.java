package dev.trunkline.limiter.admission;

import java.time.Duration;

/** The text of the last trace step of a rejection, for people who look for the reason. */
final class Sentences {
    private Sentences() {}

    static String tooOften(CallerWindow window, int count, int seconds) {
        String target =
                switch (window.scope()) {
                    case NUMBER -> "this number";
                    case ORGANISATION -> "this organisation";
                };
        String who = window.anonymous() ? "Anonymous callers of this trunk have called" : "The caller has called";
        String what = window.out() ? "The called number was called by " + target : who + " " + target;
        return often(what, count, window.limit(), window.length(), seconds);
    }

    static String dialledTooOften(DialRate rate, int count, int seconds) {
        String who =
                switch (rate.of()) {
                    case TRUNK -> "The trunk has called out";
                    case ORGANISATION -> "The organisation has called out";
                };
        return often(who, count, rate.limit().orElse(0), rate.of().length(), seconds);
    }

    private static String often(String what, int count, int limit, Duration window, int seconds) {
        // A lowered limit waits for more than one call to leave.
        String when = count == limit ? "the oldest leaves the window in" : "there is room again in";
        return "%s %s in the last %s, %s allowed; %s %d s."
                .formatted(what, many(count, "time"), length(window), are(limit), when, seconds);
    }

    static String full(Seat seat, int count) {
        String where =
                switch (seat.place()) {
                    case NUMBER -> "The number";
                    case ORGANISATION, CALLS_OUT -> "The organisation";
                    case AGENT_POOL -> "The agent pool " + seat.name();
                    case TRUNK -> "The trunk";
                    case SUITE -> "The suite";
                };
        String what =
                switch (seat.place()) {
                    case TRUNK, CALLS_OUT -> "concurrent outbound call";
                    case NUMBER, ORGANISATION, AGENT_POOL, SUITE -> "concurrent call";
                };
        return "%s has %s; %s allowed."
                .formatted(where, many(count, what), are(seat.limit().orElse(0)));
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
        if (seconds == 1) {
            return "second";
        }
        return seconds % 60 == 0 ? units(seconds / 60, "minute") : seconds + " s";
    }

    private static String units(long count, String unit) {
        return count == 1 ? unit : count + " " + unit + "s";
    }
}
