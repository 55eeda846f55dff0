package dev.trunkline.edge.dialled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where an INVITE may name the number that was dialled. */
public enum CalledSource {
    REQUEST_URI("request-uri"),
    TO("to"),
    /** RFC 7315 section 4.2: the Request-URI before a registrar replaced it by our Contact. */
    P_CALLED_PARTY_ID("p-called-party-id"),
    /** RFC 5806. */
    DIVERSION("diversion"),
    /** RFC 7044. */
    HISTORY_INFO("history-info");

    private final String code;

    CalledSource(String code) {
        this.code = code;
    }

    /** The name in a trunk's settings and in the events. */
    public String code() {
        return code;
    }

    public static Optional<CalledSource> of(String code) {
        return Arrays.stream(values()).filter(source -> source.code.equalsIgnoreCase(code.strip())).findFirst();
    }

    /** Returns the sources that a trunk names, in order; the Request-URI is the last of every list. */
    static List<CalledSource> inOrder(List<String> codes) {
        var named = new ArrayList<>(codes.stream().map(CalledSource::of).flatMap(Optional::stream).toList());
        named.add(REQUEST_URI);
        return named;
    }
}
