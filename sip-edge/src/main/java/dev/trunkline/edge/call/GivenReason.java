package dev.trunkline.edge.call;

import dev.trunkline.edge.sip.SipHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Reason headers of a BYE or CANCEL (RFC 3326): protocols and causes. Their texts may name people and are left out.
 *
 * @param causes each {@code <protocol>;cause=<cause>}, in order
 */
public record GivenReason(List<String> causes) {
    public static final GivenReason NONE = new GivenReason(List.of());

    /** RFC 3326 section 3.1: another branch of a forked INVITE answered. */
    private static final String ELSEWHERE = "SIP;cause=200";

    private static final int MOST = 3;
    private static final Pattern VALUE = Pattern.compile(
            "(?:^|,)\\s*(SIP|Q\\.850)\\s*;(?:[^,\"]|\"[^\"]*\")*?cause\\s*=\\s*(\\d{1,3})(?!\\d)", Pattern.CASE_INSENSITIVE);

    public GivenReason {
        causes = List.copyOf(causes);
    }

    public static GivenReason of(SipHeaders headers) {
        var causes = new ArrayList<String>();
        for (String header : headers.values("Reason")) {
            Matcher value = VALUE.matcher(header);
            while (value.find() && causes.size() < MOST) {
                causes.add(value.group(1).toUpperCase(Locale.ROOT) + ";cause=" + value.group(2));
            }
        }
        return new GivenReason(causes);
    }

    boolean elsewhere() {
        return causes.contains(ELSEWHERE);
    }

    Optional<String> text() {
        return causes.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", causes));
    }
}
