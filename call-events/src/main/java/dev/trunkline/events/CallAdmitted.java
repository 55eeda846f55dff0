package dev.trunkline.events;

import java.util.List;

/**
 * The limiter admitted the call and holds a slot for it. The event includes the route, which includes the
 * invite.
 *
 * @param counts on which the decision was made, including this call
 * @param leaseSeconds the slot is released after this long without a heartbeat
 */
public record CallAdmitted(CallId callId, CallRouted route, List<AdmissionCount> counts, int leaseSeconds)
        implements CallEvent {

    public CallAdmitted {
        counts = List.copyOf(counts);
    }

    /** Returns the same admission for a call that uses another room: the one that it was given. */
    public CallAdmitted in(String given) {
        return new CallAdmitted(callId, route.in(given), counts, leaseSeconds);
    }
}
