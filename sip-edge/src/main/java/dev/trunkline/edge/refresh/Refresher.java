package dev.trunkline.edge.refresh;

import java.util.Locale;
import java.util.Optional;

/** The side that refreshes a session, by its role in the transaction of the message that says so (RFC 4028 section 4). */
public enum Refresher {
    /** The side that sent the request. */
    UAC,
    /** The side that answers it. */
    UAS;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty for anything else. */
    static Optional<Refresher> of(String code) {
        return switch (code.strip().toLowerCase(Locale.ROOT)) {
            case "uac" -> Optional.of(UAC);
            case "uas" -> Optional.of(UAS);
            default -> Optional.empty();
        };
    }
}
