package dev.trunkline.edge.outbound;

import dev.trunkline.sip.message.SipHeader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Headers that were requested in addition to those of a request of ours. Pure. */
public final class FurtherHeaders {
    /** Maximum number of further headers. */
    static final int MOST_HEADERS = 32;

    static final int LONGEST_NAME = 64;
    static final int LONGEST_VALUE = 1_024;
    private static final String TOKEN = "-.!%*_+`'~";
    /** Headers that the edge or the stack writes, or that say how a message is to be read. */
    private static final Set<String> OURS = Set.of(
            "via", "v", "from", "f", "to", "t", "call-id", "i", "cseq", "contact", "m", "route", "record-route", "max-forwards",
            "content-length", "l", "content-type", "c", "content-encoding", "e", "content-disposition", "mime-version", "allow",
            "supported", "k", "require", "proxy-require", "session-expires", "x", "min-se", "authorization", "proxy-authorization",
            "rack", "rseq", "expires", "event", "o");

    private FurtherHeaders() {}

    /** Returns the headers that can stand in a message and on which nothing else depends. */
    public static List<SipHeader> of(Map<String, String> asked) {
        return asked.entrySet().stream()
                .filter(header -> isName(header.getKey()) && isValue(header.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_HEADERS)
                .map(header -> new SipHeader(header.getKey(), header.getValue()))
                .toList();
    }

    /** Returns those of them that a BYE or a REFER may have: they have no meaning in SIP itself. */
    public static List<SipHeader> ofDialog(Map<String, String> asked) {
        return of(asked).stream()
                .filter(header -> header.name().regionMatches(true, 0, "X-", 0, 2) || header.name().equalsIgnoreCase("User-to-User"))
                .toList();
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && !OURS.contains(name.toLowerCase(Locale.ROOT))
                && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || TOKEN.indexOf(c) >= 0);
    }

    private static boolean isValue(String value) {
        return value.length() <= LONGEST_VALUE && value.chars().noneMatch(Character::isISOControl);
    }
}
