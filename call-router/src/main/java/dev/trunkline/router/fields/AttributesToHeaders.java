package dev.trunkline.router.fields;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads {@code attributes_to_headers}: attributes of the phone's participant, each with the header that carries it on a
 * BYE and a REFER that the suite sends.
 */
public final class AttributesToHeaders {
    public static final String FIELD = "attributes_to_headers";
    private static final int MOST = 16;
    private static final Pattern ATTRIBUTE = Pattern.compile("[\\x21-\\x7E]{1,128}");

    private AttributesToHeaders() {}

    /** Returns them in the order in which they were written; empty if there are none. */
    public static Map<String, String> read(Fields fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        fields.json(FIELD).properties().forEach(pair -> {
            String attribute = pair.getKey();
            String header = pair.getValue().asText();
            if (!ATTRIBUTE.matcher(attribute).matches()) {
                fields.fault(FIELD, "write names of attributes, up to 128 characters without blanks, and for each the header that it becomes");
            } else if (!pair.getValue().isTextual() || !mayBe(header)) {
                fields.fault(FIELD + "." + attribute, "write a header that begins with X-, or User-to-User: SIP has its own meaning for others");
            } else if (headers.values().stream().anyMatch(header::equalsIgnoreCase)) {
                fields.fault(FIELD + "." + attribute, "another attribute already becomes that header");
            }
            headers.put(attribute, header);
        });
        if (headers.size() > MOST) {
            fields.fault(FIELD, "write up to " + MOST);
        }
        return headers;
    }

    /** Returns whether an attribute may become this header. */
    public static boolean mayBe(String header) {
        return InviteHeaders.mayBeGiven(header);
    }
}
