package dev.trunkline.edge.refresh;

import java.util.Locale;
import java.util.Optional;

/** Who refreshes a session, by the roles in the transaction of the message that says so (RFC 4028 section 4). */
public enum Refresher {
    /** Who sent the request. */
    UAC,
    /** Who answers it. */
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
