package dev.trunkline.limiter.admission;

import dev.trunkline.events.CallId;
import java.util.List;

/**
 * A call that asks to be let in.
 *
 * @param seats what it would take, in the order of {@link Place}
 * @param card what is kept of it while it is up
 * @param edge who holds the dialog, so that the call's end can be told if the edge is lost; empty if unknown
 */
public record Applicant(CallId callId, CallerWindow window, List<Seat> seats, CallCard card, String edge) {

    public Applicant {
        seats = List.copyOf(seats);
    }
}
