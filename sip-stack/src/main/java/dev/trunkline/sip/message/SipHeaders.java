package dev.trunkline.sip.message;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The header fields of a received message; parsed when they are asked for. */
public interface SipHeaders {

    /** @param name long form, case-insensitive; @return the values in order, empty if there is no such header */
    List<String> values(String name);

    /** The names of all header fields. */
    Set<String> names();

    default Optional<String> first(String name) {
        return values(name).stream().findFirst();
    }

    /** The comma-separated tokens of a header such as Supported, in lower case and in order. */
    default Set<String> tokens(String name) {
        var tokens = new LinkedHashSet<String>();
        for (String value : values(name)) {
            for (String token : value.split(",")) {
                if (!token.isBlank()) {
                    tokens.add(token.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return tokens;
    }

    /** @param headers lower-case name to values */
    static SipHeaders of(Map<String, List<String>> headers) {
        return new SipHeaders() {
            @Override
            public List<String> values(String name) {
                return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
            }

            @Override
            public Set<String> names() {
                return headers.keySet();
            }
        };
    }
}
