package dev.trunkline.sipapi.requests;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Selects the attributes of a request that become headers of a BYE and a REFER: those that the router accepts. livekit-server
 * adds its trunk's mapping to every call, and LiveKit's trunks may contain anything; an entry that is not allowed here is
 * therefore no reason to reject the call. Pure.
 */
final class PartingHeaders {
    private static final int MOST = 16;
    private static final int LONGEST_ATTRIBUTE = 128;
    private static final int LONGEST_X = 62;

    private PartingHeaders() {}

    static Map<String, String> of(Map<String, String> asked) {
        Map<String, String> taken = new LinkedHashMap<>();
        new TreeMap<>(asked).forEach((attribute, header) -> {
            if (taken.size() < MOST && isAttribute(attribute) && mayBe(header)
                    && taken.values().stream().noneMatch(header::equalsIgnoreCase)) {
                taken.put(attribute, header);
            }
        });
        return taken;
    }

    private static boolean isAttribute(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_ATTRIBUTE && name.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static boolean mayBe(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.equals("user-to-user")
                || name.startsWith("x-") && name.length() > 2 && name.length() <= LONGEST_X
                        && name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
    }
}
