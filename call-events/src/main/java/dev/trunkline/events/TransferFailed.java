package dev.trunkline.events;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The transfer failed: the call continues as it was, with the people who were there.
 *
 * @param way that was tried last; empty if none was
 * @param leg the call that was made for it, if there was one
 * @param status the SIP status that ended it, if there was one
 * @param detail one sentence for people and agents; never a number
 * @param trace each step that led here, if the router refused
 */
public record TransferFailed(
        CallId callId,
        String transfer,
        Optional<TransferWay> way,
        Optional<CallId> leg,
        OptionalInt status,
        String detail,
        List<TraceStep> trace)
        implements CallEvent {

    public TransferFailed {
        way = way == null ? Optional.empty() : way;
        leg = leg == null ? Optional.empty() : leg;
        status = status == null ? OptionalInt.empty() : status;
        trace = trace == null ? List.of() : List.copyOf(trace);
    }
}
