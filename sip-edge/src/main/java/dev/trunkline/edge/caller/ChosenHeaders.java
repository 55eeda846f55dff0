package dev.trunkline.edge.caller;

import dev.trunkline.edge.text.Texts;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.sip.message.SipHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The headers of an INVITE that travel, sealed, to router, relay and dispatcher, and from there to the room. */
public final class ChosenHeaders {
    private static final List<String> ALWAYS = List.of(
            "Diversion", "P-Asserted-Identity", "Remote-Party-ID", "History-Info", "User-Agent", "Identity", "Privacy",
            // What a trunk reports about STIR/SHAKEN beside Identity (ATIS-1000082, 3GPP TS 24.229).
            "P-Attestation-Indicator", "Attestation-Info", "P-Origination-ID", "Origination-Id");
    /** Whoever has these headers may authenticate for a minute. */
    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization");
    /** Headers that identify the caller, including Identity: its token contains the number (RFC 8225). */
    private static final Set<String> NAMING = Set.of(
            "p-asserted-identity", "p-preferred-identity", "remote-party-id", "identity", "p-charge-info", "from",
            "reply-to", "contact");
    /** Of one header; the rest is cut off. */
    private static final int LONGEST = 4_096;
    /** A sender must not fill our topics: headers beyond this number are dropped. */
    private static final int MOST_HEADERS = 64;

    private static final int MOST_CHARACTERS = 32_768;
    private static final int LONGEST_HEADER_NAME = 64;
    /** In a trunk's list of wanted headers: every header. */
    private static final String EVERY = "*";

    private ChosenHeaders() {}

    /**
     * @param more further names that the trunk wants, case-insensitive; {@code *} for every header
     * @return lower-case name to value, without control characters and no longer than 4096; several fields of one name are joined by commas
     *     (RFC 3261 section 7.3.1). For an anonymous caller, every header that names the caller is left out, even one in which nobody would
     *     expect it
     */
    public static Map<String, String> of(SipHeaders headers, List<String> more, CallerLine caller) {
        var chosen = new LinkedHashMap<String, String>();
        for (String name : ALWAYS) {
            take(name, headers, chosen);
        }
        for (String name : more) {
            take(name, headers, chosen);
        }
        boolean every = more.contains(EVERY);
        for (String name : headers.names()) {
            if (every || name.regionMatches(true, 0, "X-", 0, 2)) {
                take(name, headers, chosen);
            }
        }
        chosen.keySet().removeAll(SECRET);
        if (caller.anonymous()) {
            chosen.keySet().removeAll(NAMING);
            chosen.values().removeIf(value -> !CallIdMask.mask(value, caller.telling()).equals(value));
        }
        // RFC 7044: a caller who asks for it must not be reported outside the trunk's network.
        if (Withholding.privacy(headers).contains("history")) {
            chosen.remove("history-info");
        }
        return chosen;
    }

    /**
     * As above, for a 200 that we received: only the requested headers.
     *
     * @param more names that are wanted, case-insensitive
     * @param all as {@link DialExtras#answerHeaders} says
     */
    public static Map<String, String> ofAnswer(SipHeaders headers, Set<String> more, String all) {
        var chosen = new LinkedHashMap<String, String>();
        more.forEach(name -> take(name, headers, chosen));
        boolean every = all.equals(DialExtras.ALL_HEADERS);
        if (every || all.equals(DialExtras.X_HEADERS)) {
            for (String name : headers.names()) {
                if (every || name.regionMatches(true, 0, "X-", 0, 2)) {
                    take(name, headers, chosen);
                }
            }
        }
        chosen.keySet().removeAll(SECRET);
        return chosen;
    }

    private static void take(String name, SipHeaders headers, Map<String, String> chosen) {
        List<String> values = headers.values(name);
        int before = chosen.values().stream().mapToInt(String::length).sum();
        boolean room = chosen.size() < MOST_HEADERS && before < MOST_CHARACTERS;
        if (!values.isEmpty() && name.length() <= LONGEST_HEADER_NAME && room) {
            String value = String.join(", ", values);
            chosen.putIfAbsent(
                    name.toLowerCase(Locale.ROOT), Texts.cleaned(value, Math.min(LONGEST, MOST_CHARACTERS - before)));
        }
    }
}
