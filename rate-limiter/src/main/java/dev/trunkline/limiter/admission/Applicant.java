package dev.trunkline.limiter.admission;

import dev.trunkline.events.CallId;
import java.util.List;

/**
 * A call that asks to be admitted.
 *
 * @param window counts how often its caller calls or, for an outbound call, how often the called party is called
 * @param rates further windows of an outbound call, in the order of {@link DialRate.Of}; none for an inbound call
 * @param seats what it would take, in the order of {@link Place}
 * @param card what is stored about it while it is ongoing
 * @param edge the holder of the dialog, needed to publish the call's end if the edge is lost; empty if unknown
 * @param emergency it is counted, and no limit rejects it
 */
public record Applicant(CallId callId, CallerWindow window, List<DialRate> rates, List<Seat> seats, CallCard card, String edge, boolean emergency) {

    public Applicant {
        rates = List.copyOf(rates);
        seats = List.copyOf(seats);
    }
}
