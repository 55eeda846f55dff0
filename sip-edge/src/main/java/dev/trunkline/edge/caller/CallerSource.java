package dev.trunkline.edge.caller;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where an INVITE may name its caller. */
public enum CallerSource {
    /** RFC 3325. */
    P_ASSERTED_IDENTITY("p-asserted-identity"),
    /** draft-ietf-sip-privacy-04, the predecessor of P-Asserted-Identity; many still send it. */
    REMOTE_PARTY_ID("remote-party-id"),
    FROM("from");

    private final String code;

    CallerSource(String code) {
        this.code = code;
    }

    /** The name in a trunk's settings and in the events. */
    public String code() {
        return code;
    }

    public static Optional<CallerSource> of(String code) {
        return Arrays.stream(values()).filter(source -> source.code.equalsIgnoreCase(code.strip())).findFirst();
    }

    /** Returns the sources that a trunk names, in order; all if it names none. */
    static List<CallerSource> inOrder(List<String> codes) {
        List<CallerSource> named = codes.stream().map(CallerSource::of).flatMap(Optional::stream).toList();
        return named.isEmpty() ? List.of(values()) : named;
    }
}
