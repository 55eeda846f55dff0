package dev.trunkline.relay.calls;

import dev.trunkline.relay.RelaySettings;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.transfer.Consultation;
import java.time.Duration;
import java.util.Optional;

/** The terms of hand-overs in which the requester speaks with the target first, from the settings. */
final class HandOverTerms {
    private static final String NONE = "none";
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private HandOverTerms() {}

    /** @throws IllegalArgumentException that says which setting to change */
    static Consultation.Terms of(RelaySettings.Transfer transfer) {
        Duration longest = transfer.consultation();
        if (longest.compareTo(SHORTEST) < 0 || longest.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "TRUNKLINE_TRANSFER_CONSULTATION is " + longest.toSeconds() + " s: set it to between 1 s and 1 h, for example 2m");
        }
        String written = transfer.declineKey();
        Optional<DtmfKey> key = DtmfKey.ofDigit(written);
        if (key.isEmpty() && !written.equals(NONE)) {
            throw new IllegalArgumentException("TRUNKLINE_TRANSFER_DECLINE_KEY must be one of 0 to 9, *, # and A to D, or none");
        }
        return new Consultation.Terms(longest, key);
    }
}
