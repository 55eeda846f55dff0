package dev.trunkline.relay.room;

import dev.trunkline.events.Caller;
import dev.trunkline.events.privacy.CallerSecrets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a room learns about a caller whose rule hides the number: names in the form that livekit-sip gives them, and no header
 * that reveals the number after all. livekit-sip hashes the number, which can be reversed by trying all numbers; the suite uses its
 * pseudonym instead.
 */
final class HiddenNumber {
    private static final int IDENTITY_CHARACTERS = 16;
    private static final int SHOWN_DIGITS = 4;
    /** If the number has fewer digits than this, four of them would reveal too much. */
    private static final int LONG_NUMBER = 8;
    /** Subscriber numbers are this long or longer; the prefix may be written in many ways. */
    private static final int TELLING_DIGITS = 6;
    /** Headers whose purpose is to say who calls (RFC 3261, 3325, 7044, 5806, 8224). */
    private static final Set<String> IDENTIFYING = Set.of(
            "from", "f", "contact", "m", "p-asserted-identity", "p-preferred-identity", "remote-party-id", "diversion",
            "history-info", "referred-by", "b", "identity", "p-charging-vector", "authorization", "proxy-authorization");

    private final CallerSecrets caller;
    private final String digits;

    HiddenNumber(CallerSecrets caller) {
        this.caller = caller;
        this.digits = digits(caller.number());
    }

    static String identity(Caller caller) {
        String pseudonym = caller.pseudonym();
        return "sip_" + pseudonym.substring(0, Math.min(IDENTITY_CHARACTERS, pseudonym.length()));
    }

    /** {@code Phone 0100}; one digit of a short number. */
    String name() {
        int shown = digits.length() >= LONG_NUMBER ? SHOWN_DIGITS : 1;
        return "Phone " + digits.substring(Math.max(0, digits.length() - shown));
    }

    /** Returns the headers that do not reveal the number, in whatever form. */
    Map<String, String> headers() {
        return without(caller.headers());
    }

    /** Returns those of these headers, lower-case name to value, that do not reveal the number, in whatever form. */
    Map<String, String> without(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> !IDENTIFYING.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .filter(header -> !tells(header.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean tells(String value) {
        String telling = digits.substring(Math.max(0, digits.length() - TELLING_DIGITS));
        return !telling.isEmpty() && digits(value).contains(telling);
    }

    private static String digits(String text) {
        return text.chars()
                .filter(character -> character >= '0' && character <= '9')
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
