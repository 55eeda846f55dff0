package dev.trunkline.events;

import java.util.List;

/**
 * The limiter let the call in and holds a slot for it. It carries the route, which carries the invite.
 *
 * @param counts what the call was judged by, itself counted in
 * @param leaseSeconds the slot is freed after this long without a heartbeat
 */
public record CallAdmitted(CallId callId, CallRouted route, List<AdmissionCount> counts, int leaseSeconds)
        implements CallEvent {

    public CallAdmitted {
        counts = List.copyOf(counts);
    }

    /** The same admission of a call that goes to another room: that which was given to it. */
    public CallAdmitted in(String given) {
        return new CallAdmitted(callId, route.in(given), counts, leaseSeconds);
    }
}
