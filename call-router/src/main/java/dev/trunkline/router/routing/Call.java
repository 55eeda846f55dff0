package dev.trunkline.router.routing;

import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.NumbersFrom;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.privacy.CallerSecrets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The call that is decided.
 *
 * @param called E.164 where the trunk's number plan knows the number, else as received
 * @param callerNumber the caller in the same form; empty for an anonymous caller. In the clear: it is compared and
 *     never written anywhere
 * @param headers the headers that the edge passed on, lower-case name to value
 * @param numbersFrom where the numbers were read, if not in the usual places
 * @param receivedAt the moment for which a schedule is evaluated
 */
public record Call(
        CallId id,
        TrunkRef trunk,
        String calledAsReceived,
        String called,
        Caller caller,
        Optional<String> callerNumber,
        Map<String, String> headers,
        Optional<NumbersFrom> numbersFrom,
        Instant receivedAt) {

    public Call {
        headers = Map.copyOf(headers);
    }

    /** @param secrets the contents of the opened seal */
    public static Call of(InviteReceived invite, CallerSecrets secrets) {
        return new Call(
                invite.callId(),
                invite.trunk(),
                invite.calledAsReceived(),
                invite.called(),
                invite.caller(),
                Optional.of(secrets.number()).filter(number -> !number.isBlank() && !invite.caller().anonymous()),
                secrets.headers(),
                invite.numbersFrom(),
                invite.receivedAt());
    }

    /** Returns the same call from a caller with another pseudonym. */
    public Call from(Caller other) {
        return new Call(id, trunk, calledAsReceived, called, other, callerNumber, headers, numbersFrom, receivedAt);
    }

    /** Returns a header's value; the case of the name does not matter. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** Leaves the caller out: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "Call[" + id + "]";
    }
}
