package dev.trunkline.router.routing;

import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.TrunkRef;
import java.util.Optional;

/**
 * What a decision is about.
 *
 * @param called E.164 where the trunk's number plan knows the number, else as received
 * @param callerNumber the caller in the same form; empty for an anonymous caller. In the clear: it is compared and
 *     never written anywhere
 */
public record Call(
        CallId id,
        TrunkRef trunk,
        String calledAsReceived,
        String called,
        Caller caller,
        Optional<String> callerNumber) {

    /** @param callerNumber from the opened seal, empty text for an anonymous caller */
    public static Call of(InviteReceived invite, String callerNumber) {
        return new Call(
                invite.callId(),
                invite.trunk(),
                invite.calledAsReceived(),
                invite.called(),
                invite.caller(),
                Optional.of(callerNumber).filter(number -> !number.isBlank()));
    }

    /** Leaves the caller out: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "Call[" + id + "]";
    }
}
