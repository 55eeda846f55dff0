package dev.trunkline.router.fields;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code headers}: headers that are added to those of an outgoing INVITE. */
public final class InviteHeaders {
    private static final String FIELD = "headers";
    private static final int MOST = 16;
    private static final int LONGEST = 1_024;
    /** Headers with a meaning in SIP are written by the edge alone, so a given one begins with X- or is User-to-User (RFC 7433). */
    private static final Pattern NAME = Pattern.compile("(?i)X-[A-Za-z0-9-]{1,60}|User-to-User");

    private InviteHeaders() {}

    /** Returns whether a header of this name may be given. */
    static boolean mayBeGiven(String name) {
        return NAME.matcher(name).matches();
    }

    /** Returns them in the order in which they were written; empty if there are none. */
    public static Map<String, String> read(Fields fields) {
        Map<String, String> headers = new LinkedHashMap<>();
        fields.json(FIELD).properties().forEach(header -> {
            String name = header.getKey();
            String value = header.getValue().asText();
            if (!mayBeGiven(name)) {
                fields.fault(FIELD, "only headers that begin with X-, and User-to-User, can be given: SIP has its own meaning for others");
            } else if (!header.getValue().isTextual() || value.length() > LONGEST || value.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
                fields.fault(FIELD + "." + name, "write a text of one line, up to " + LONGEST + " characters");
            } else if (headers.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
                fields.fault(FIELD + "." + name, "is listed twice: names of headers are not case-sensitive");
            }
            headers.put(name, value);
        });
        if (headers.size() > MOST) {
            fields.fault(FIELD, "write up to " + MOST);
        }
        return headers;
    }
}
