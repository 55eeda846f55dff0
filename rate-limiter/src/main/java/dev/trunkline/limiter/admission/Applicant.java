package dev.trunkline.limiter.admission;

import dev.trunkline.events.CallId;
import java.util.List;

/**
 * A call that asks to be let in.
 *
 * @param window that counts how often its caller calls, or how often whoever is called is called
 * @param rates further windows of a call out, in the order of {@link DialRate.Of}; none for a call that comes in
 * @param seats what it would take, in the order of {@link Place}
 * @param card what is kept of it while it is up
 * @param edge who holds the dialog, so that the call's end can be told if the edge is lost; empty if unknown
 * @param emergency it is counted, and nothing refuses it
 */
public record Applicant(CallId callId, CallerWindow window, List<DialRate> rates, List<Seat> seats, CallCard card, String edge, boolean emergency) {

    public Applicant {
        rates = List.copyOf(rates);
        seats = List.copyOf(seats);
    }
}
