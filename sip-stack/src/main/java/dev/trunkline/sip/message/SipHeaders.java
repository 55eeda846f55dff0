package dev.trunkline.sip.message;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The header fields of a received message; read when they are asked for.
 *
 * <p>A value here is what one header field says, from the colon to the end of its last folded line. It is not cut at commas:
 * only who knows a header knows whether a comma parts values in it (Supported) or belongs to one (Date, Authorization). {@link
 * #list}, {@link #tokens} and {@link NameAddr#all} cut for those who do.
 */
public interface SipHeaders {

    /**
     * @param name long form, case-insensitive; a field in the compact form is found by it too
     * @return the values in order, one a field, folded lines put together with a blank; empty if there is no such header
     */
    List<String> values(String name);

    /** The names of all header fields: long forms, else as they came. One in two spellings of its case is there twice. */
    Set<String> names();

    default Optional<String> first(String name) {
        return values(name).stream().findFirst();
    }

    /**
     * The values of a header that lists some by commas, in order, without blanks around them and without empty ones. A comma in
     * quotes or angle brackets parts nothing. No more than {@link MessageLimits#VALUES} of one field.
     */
    default List<String> list(String name) {
        List<String> fields = values(name);
        if (fields.isEmpty()) {
            return fields;
        }
        var list = new ArrayList<String>(fields.size());
        for (String field : fields) {
            for (String piece : Pieces.of(field, ',', MessageLimits.VALUES)) {
                String value = piece.strip();
                if (!value.isEmpty()) {
                    list.add(value);
                }
            }
        }
        return list;
    }

    /** The comma-separated tokens of a header such as Supported, in lower case and in order. */
    default Set<String> tokens(String name) {
        var tokens = new LinkedHashSet<String>();
        for (String token : list(name)) {
            tokens.add(token.toLowerCase(Locale.ROOT));
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
