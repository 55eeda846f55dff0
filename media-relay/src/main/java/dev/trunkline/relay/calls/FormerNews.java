package dev.trunkline.relay.calls;

import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaReady;
import java.util.Optional;

/**
 * Recognises events of a taken-over call from before the take-over, which its former relay has acted on already: a partition that is
 * read for a new call is read from a little further back. Used in the call's queue only.
 */
final class FormerNews {
    private final Optional<TakeOver> takeOver;
    private boolean over;

    FormerNews(Optional<TakeOver> takeOver) {
        this.takeOver = takeOver;
        over = takeOver.isEmpty();
    }

    /** Returns whether this event is from before: until the call was offered to other relays, or the relay that took it said so. */
    boolean has(Envelope envelope) {
        over = over || takeOver.filter(known -> begins(envelope.record(), known.revision())).isPresent();
        boolean last = envelope.record() instanceof CallEvent event && event.isLast();
        return !over && !last;
    }

    private static boolean begins(CallRecord record, int revision) {
        return switch (record) {
            case MediaLost lost -> lost.revision() >= revision;
            case MediaReady ready -> ready.revision() >= revision;
            default -> false;
        };
    }
}
