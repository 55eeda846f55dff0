package dev.trunkline.edge.call;

import dev.trunkline.edge.text.Texts;

/** What an INFO says about keys. */
public sealed interface ToldKey {
    /** @param digit one of {@code 0-9*#A-D} */
    record Pressed(char digit, int millis) implements ToldKey {
        /** Hides the digit: a key may be part of a PIN. */
        @Override
        public String toString() {
            return "Pressed[…]";
        }
    }

    /** A body of a kind that carries keys, but without one. */
    record Unreadable() implements ToldKey {}

    /** No body: an INFO that only checks whether we are there. */
    record Nothing() implements ToldKey {}

    /** A body that does not concern us. */
    record Foreign() implements ToldKey {}

    String RELAYED = "application/dtmf-relay";
    String PLAIN = "application/dtmf";

    /** Milliseconds of a key whose length is not given. */
    int USUAL_MILLIS = 160;

    int LONGEST_MILLIS = 10_000;

    /** A body that carries a key is some 30 characters long. */
    int LONGEST_BODY = 1_024;

    int MOST_LINES = 16;
    int MOST_DURATION_DIGITS = 6;

    String CODES = "0123456789*#ABCD";

    /** @param contentType in lower case, without parameters */
    static ToldKey of(String contentType, String body) {
        return switch (contentType) {
            case "" -> new Nothing();
            case RELAYED -> body.length() > LONGEST_BODY ? new Unreadable() : relayed(body);
            case PLAIN -> body.length() > LONGEST_BODY ? new Unreadable() : pressed(body.strip(), USUAL_MILLIS);
            default -> new Foreign();
        };
    }

    private static ToldKey relayed(String body) {
        ToldKey told = new Unreadable();
        int millis = USUAL_MILLIS;
        for (String line : Texts.lines(body, MOST_LINES)) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).strip();
            String value = line.substring(equals + 1).strip();
            if (name.equalsIgnoreCase("Signal") && told instanceof Unreadable) {
                told = pressed(value, USUAL_MILLIS);
            } else if (name.equalsIgnoreCase("Duration")) {
                millis = Texts.number(value, MOST_DURATION_DIGITS).orElse(millis);
            }
        }
        return told instanceof Pressed(var digit, var usual)
                ? new Pressed(digit, Math.clamp(millis, 1, LONGEST_MILLIS))
                : told;
    }

    /** A key, or the code of RFC 4733 that some send for it: 10 for the star. */
    private static ToldKey pressed(String signal, int millis) {
        int code = signal.length() == 2
                ? Texts.number(signal, 2).orElse(-1)
                : signal.length() == 1 ? CODES.indexOf(Character.toUpperCase(signal.charAt(0))) : -1;
        boolean known = code >= 0 && code < CODES.length() && (signal.length() == 1 || code >= 10);
        return known ? new Pressed(CODES.charAt(code), millis) : new Unreadable();
    }
}
