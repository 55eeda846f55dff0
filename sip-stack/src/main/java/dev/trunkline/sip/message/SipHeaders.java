package dev.trunkline.sip.message;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The header fields of a received message, read on demand.
 *
 * <p>A value here is the content of one header field, from the colon to the end of its last folded line. It is not split at
 * commas, because it depends on the header whether a comma separates values (Supported) or belongs to one (Date,
 * Authorization). {@link #list}, {@link #tokens} and {@link NameAddr#all} split the headers that are lists.
 */
public interface SipHeaders {

    /**
     * @param name long form, case-insensitive; a field in the compact form is found by it too
     * @return the values in order, one per field, folded lines joined by a blank; empty if there is no such header
     */
    List<String> values(String name);

    /**
     * Returns the names of all header fields: long forms, otherwise as received. A name that occurs in two spellings of case is
     * returned twice.
     */
    Set<String> names();

    default Optional<String> first(String name) {
        return values(name).stream().findFirst();
    }

    /**
     * Returns the values of a comma-separated header, in order, without surrounding blanks and without empty ones. A comma in
     * quotes or angle brackets does not separate. At most {@link MessageLimits#VALUES} per field are returned.
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

    /** Returns the comma-separated tokens of a header such as Supported, in lower case and in order. */
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
