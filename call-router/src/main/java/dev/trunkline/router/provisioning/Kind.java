package dev.trunkline.router.provisioning;

import java.util.Locale;

/** What LiveKit's SIP API provisions. */
public enum Kind {
    INBOUND_TRUNK("trunks"),
    OUTBOUND_TRUNK("outbound_trunks"),
    RULE("rules");

    private final String list;

    Kind(String list) {
        this.list = list;
    }

    /** Returns its name in a report, a log line and Postgres. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the list that contains such items in a directory file. */
    public String list() {
        return list;
    }

    /** @throws IllegalArgumentException if there is no such kind */
    public static Kind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
