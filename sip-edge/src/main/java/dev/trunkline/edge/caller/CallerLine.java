package dev.trunkline.edge.caller;

import dev.trunkline.edge.sip.SipRequest;
import dev.trunkline.edge.sip.SipUri;
import java.util.Locale;
import java.util.Optional;

/**
 * Who calls, as the trunk says: P-Asserted-Identity (RFC 3325) before From, nobody where the caller withholds the
 * number (RFC 3323).
 *
 * @param number as received; empty for an anonymous caller
 * @param displayName empty where there is none
 */
public record CallerLine(String number, String displayName, boolean anonymous) {

    public static CallerLine of(SipRequest invite) {
        Optional<String> asserted = invite.headers().first("P-Asserted-Identity");
        String number = asserted.map(CallerLine::user).filter(user -> !user.isEmpty()).orElse(invite.from().user());
        if (withheld(invite) || number.isEmpty() || number.equalsIgnoreCase("anonymous")) {
            return new CallerLine("", "", true);
        }
        String name = invite.from().displayName().map(CallerLine::unquoted).orElse("");
        return new CallerLine(number, name.equalsIgnoreCase("anonymous") ? "" : name, false);
    }

    /** {@code Privacy: id}, {@code user} or {@code header} (RFC 3323 section 4.2), or an anonymous From. */
    private static boolean withheld(SipRequest invite) {
        boolean asked = invite.headers().values("Privacy").stream()
                .flatMap(value -> java.util.Arrays.stream(value.toLowerCase(Locale.ROOT).split("[;, ]+")))
                .anyMatch(word -> word.equals("id") || word.equals("user") || word.equals("header"));
        return asked || invite.from().host().toLowerCase(Locale.ROOT).endsWith("anonymous.invalid");
    }

    /** The user part of a SIP URI, the number of a {@code tel:} URI. */
    private static String user(String nameAddr) {
        String uri = SipUri.bare(nameAddr);
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = uri.substring(colon + 1);
        if (scheme.equals("tel")) {
            return until(rest, ';');
        }
        int at = rest.indexOf('@');
        return at < 0 ? "" : until(rest.substring(0, at), ';');
    }

    private static String until(String text, char end) {
        int index = text.indexOf(end);
        return index < 0 ? text : text.substring(0, index);
    }

    private static String unquoted(String name) {
        return name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")
                ? name.substring(1, name.length() - 1)
                : name;
    }

    /** Says nothing of the person. */
    @Override
    public String toString() {
        return "CallerLine[…]";
    }
}
