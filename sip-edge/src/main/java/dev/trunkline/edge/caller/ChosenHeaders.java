package dev.trunkline.edge.caller;

import dev.trunkline.edge.sip.SipHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The headers of an INVITE that travel, sealed, to router, relay and dispatcher. */
public final class ChosenHeaders {
    private static final List<String> ALWAYS = List.of(
            "Diversion", "P-Asserted-Identity", "History-Info", "User-Agent", "Identity", "Privacy");
    /** A sender must not fill our topics. */
    private static final int MOST_CHARACTERS = 4_096;

    private ChosenHeaders() {}

    /**
     * @param more further names that the trunk wants, case-insensitive
     * @return lower-case name to value; several fields of one name are joined by commas (RFC 3261 section 7.3.1)
     */
    public static Map<String, String> of(SipHeaders headers, List<String> more) {
        var chosen = new LinkedHashMap<String, String>();
        for (String name : ALWAYS) {
            take(name, headers, chosen);
        }
        for (String name : more) {
            take(name, headers, chosen);
        }
        for (String name : headers.names()) {
            if (name.regionMatches(true, 0, "X-", 0, 2)) {
                take(name, headers, chosen);
            }
        }
        return chosen;
    }

    private static void take(String name, SipHeaders headers, Map<String, String> chosen) {
        List<String> values = headers.values(name);
        String value = String.join(", ", values);
        if (!values.isEmpty() && value.length() <= MOST_CHARACTERS) {
            chosen.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
        }
    }
}
