package dev.trunkline.edge.call;

import dev.trunkline.edge.text.Texts;
import dev.trunkline.sip.message.SipHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

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
    private static final int MOST_HEADERS = 8;
    private static final int LONGEST_HEADER = 2_048;
    private static final int MOST_PARAMETERS = 16;
    private static final Set<String> PROTOCOLS = Set.of("SIP", "Q.850");

    public GivenReason {
        causes = List.copyOf(causes);
    }

    /** Ignores entries that are not a cause of a protocol with causes, and a header that is too long to be one. */
    public static GivenReason of(SipHeaders headers) {
        var causes = new ArrayList<String>();
        headers.values("Reason").stream()
                .limit(MOST_HEADERS)
                .filter(header -> header.length() <= LONGEST_HEADER)
                .flatMap(header -> Texts.unquotedPieces(header, ',', MOST_HEADERS).stream())
                .map(GivenReason::cause)
                .flatMap(Optional::stream)
                .limit(MOST)
                .forEach(causes::add);
        return new GivenReason(causes);
    }

    private static Optional<String> cause(String value) {
        List<String> pieces = Texts.unquotedPieces(value, ';', MOST_PARAMETERS);
        String protocol = pieces.getFirst().strip().toUpperCase(Locale.ROOT);
        for (String parameter : pieces.subList(1, pieces.size())) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase("cause")) {
                String cause = parameter.substring(equals + 1).strip();
                return PROTOCOLS.contains(protocol) && Texts.number(cause, 3).isPresent()
                        ? Optional.of(protocol + ";cause=" + cause)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    boolean elsewhere() {
        return causes.contains(ELSEWHERE);
    }

    Optional<String> text() {
        return causes.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", causes));
    }
}
