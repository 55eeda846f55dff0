package dev.trunkline.edge.call;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an INFO says of keys. */
public sealed interface ToldKey {
    /** @param digit one of {@code 0-9*#A-D} */
    record Pressed(char digit, int millis) implements ToldKey {
        /** Says nothing: a key may be part of a PIN. */
        @Override
        public String toString() {
            return "Pressed[…]";
        }
    }

    /** The body is of a kind that tells keys, and tells none. */
    record Unreadable() implements ToldKey {}

    /** No body: an INFO that only asks whether we are there. */
    record Nothing() implements ToldKey {}

    /** A body that is none of our business. */
    record Foreign() implements ToldKey {}

    String RELAYED = "application/dtmf-relay";
    String PLAIN = "application/dtmf";

    /** Milliseconds of a key whose length is not told. */
    int USUAL_MILLIS = 160;

    int LONGEST_MILLIS = 10_000;

    Pattern SIGNAL = Pattern.compile("(?im)^\\s*Signal\\s*=\\s*([0-9*#A-D]|1[0-5])\\s*$");
    Pattern DURATION = Pattern.compile("(?im)^\\s*Duration\\s*=\\s*(\\d{1,6})\\s*$");
    Pattern DIGIT = Pattern.compile("(?i)\\s*([0-9*#A-D]|1[0-5])\\s*");
    String CODES = "0123456789*#ABCD";

    /** @param contentType in lower case, without parameters */
    static ToldKey of(String contentType, String body) {
        return switch (contentType) {
            case "" -> new Nothing();
            case RELAYED -> {
                Matcher signal = SIGNAL.matcher(body);
                Matcher duration = DURATION.matcher(body);
                int millis = duration.find() ? Integer.parseInt(duration.group(1)) : USUAL_MILLIS;
                yield signal.find() ? pressed(signal.group(1), millis) : new Unreadable();
            }
            case PLAIN -> {
                Matcher digit = DIGIT.matcher(body);
                yield digit.matches() ? pressed(digit.group(1), USUAL_MILLIS) : new Unreadable();
            }
            default -> new Foreign();
        };
    }

    /** Some say the code of RFC 4733 for the keys that are no digits: 10 for the star. */
    private static ToldKey pressed(String signal, int millis) {
        char digit = signal.length() == 2
                ? CODES.charAt(Integer.parseInt(signal))
                : Character.toUpperCase(signal.charAt(0));
        return new Pressed(digit, Math.clamp(millis, 1, LONGEST_MILLIS));
    }
}
