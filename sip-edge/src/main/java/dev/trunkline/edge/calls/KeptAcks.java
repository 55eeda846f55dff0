package dev.trunkline.edge.calls;

import dev.trunkline.edge.dialog.DialogKey;
import dev.trunkline.sip.message.OutgoingRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ACKs of 2xx to INVITEs that began outbound calls, kept for as long as those 2xx may be retransmitted (RFC 3261 section
 * 13.2.2.4). They include calls that are over and phones that were not taken. Thread-safe.
 */
public final class KeptAcks {
    private final Map<DialogKey, OutgoingRequest> byDialog = new ConcurrentHashMap<>();
    private final Timers timers;
    private final Duration kept;

    /** @param kept 64*T1 */
    public KeptAcks(Timers timers, Duration kept) {
        this.timers = timers;
        this.kept = kept;
    }

    void keep(DialogKey dialog, OutgoingRequest ack) {
        byDialog.put(dialog, ack);
        timers.after(kept, () -> byDialog.remove(dialog, ack));
    }

    /** @param cseq of the INVITE whose 2xx was retransmitted */
    Optional<OutgoingRequest> of(DialogKey dialog, long cseq) {
        return Optional.ofNullable(byDialog.get(dialog)).filter(ack -> ack.cseq() == cseq);
    }
}
