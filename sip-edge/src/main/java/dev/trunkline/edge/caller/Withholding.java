package dev.trunkline.edge.caller;

import dev.trunkline.edge.text.Texts;
import dev.trunkline.sip.message.NameAddr;
import dev.trunkline.sip.message.SipHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a caller asked not to be shown. */
final class Withholding {
    private static final Set<String> HIDING = Set.of("anonymous", "restricted", "withheld", "private");
    private static final int MOST_WORDS = 32;
    private static final String ANONYMOUS = "anonymous.invalid";

    private Withholding() {}

    /** Returns the words of {@code Privacy} (RFC 3323 section 4.2), in lower case. */
    static Set<String> privacy(SipHeaders headers) {
        return headers.values("Privacy").stream()
                .flatMap(value -> Texts.pieces(value.toLowerCase(Locale.ROOT), ";, \t", MOST_WORDS).stream())
                .collect(Collectors.toSet());
    }

    /**
     * By {@code Privacy: id} (RFC 3325), {@code user} or {@code header} (RFC 3323), by the privacy of Remote-Party-ID,
     * or by a From that is deliberately anonymous (RFC 3323 section 4.1.1), unless {@code Privacy: none} says
     * otherwise.
     */
    static boolean asked(Identities identities, Set<String> privacy) {
        if (privacy.contains("id") || privacy.contains("user") || privacy.contains("header")) {
            return true;
        }
        return !privacy.contains("none") && (hides(identities.from()) || hides(identities.remote(), "full", "uri"));
    }

    /** Whether Remote-Party-ID hides the name and not the number. */
    static boolean hidesName(Identities identities) {
        return hides(identities.remote(), "name");
    }

    private static boolean hides(NameAddr from) {
        String host = Identities.hostOf(from);
        return HIDING.contains(from.user().toLowerCase(Locale.ROOT))
                || HIDING.contains(from.displayName().strip().toLowerCase(Locale.ROOT))
                || host.equals(ANONYMOUS)
                || host.endsWith("." + ANONYMOUS);
    }

    /** A word may be followed by its scope: {@code full-network}. */
    private static boolean hides(List<NameAddr> remote, String... words) {
        return remote.stream()
                .flatMap(party -> party.parameter("privacy").stream())
                .anyMatch(privacy -> Arrays.stream(words).anyMatch(privacy::startsWith));
    }
}
