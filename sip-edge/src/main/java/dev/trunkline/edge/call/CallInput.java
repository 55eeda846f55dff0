package dev.trunkline.edge.call;

import dev.trunkline.events.Envelope;
import java.util.Optional;

/** What can happen to a call. */
public sealed interface CallInput {

    /** The caller gives up (RFC 3261 section 9.2). */
    record Cancel() implements CallInput {}

    /** The ACK of a 2xx. */
    record Ack(long cseq) implements CallInput {}

    /** A request within the dialog. */
    sealed interface DialogRequest extends CallInput {
        long cseq();
    }

    record Bye(long cseq) implements DialogRequest {}

    /**
     * A re-INVITE or an UPDATE.
     *
     * @param offer scrubbed; empty if it came without a session description
     * @param contact the new remote target, if any
     */
    record Offer(boolean invite, long cseq, Optional<String> offer, Optional<String> contact)
            implements DialogRequest {}

    /** Any other request within the dialog. */
    record Other(String method, long cseq) implements DialogRequest {}

    /** An event or command of the suite. */
    record Told(Envelope envelope) implements CallInput {}

    /** A timer that was started has run out. */
    record Expired(CallTimer timer) implements CallInput {}

    /** Kafka did not take the INVITE. */
    record NotPublished() implements CallInput {}

    /** All events have been heard that were there when {@link Effect.ReadToEnd} was asked for. */
    record ReadToEnd() implements CallInput {}

    /** This process is to end. */
    record Drain() implements CallInput {}
}
