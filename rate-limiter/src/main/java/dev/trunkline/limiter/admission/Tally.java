package dev.trunkline.limiter.admission;

import dev.trunkline.events.AdmissionCount;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The counts for one decision; an admitted call is itself included.
 *
 * @param caller calls of the pseudonym in its window
 * @param rates new outbound calls in each of the applicant's further windows, in their order
 * @param atOnce concurrent calls in each of the applicant's seats, in their order
 */
public record Tally(int caller, List<Integer> rates, List<Integer> atOnce) {

    public Tally {
        rates = List.copyOf(rates);
        atOnce = List.copyOf(atOnce);
    }

    /** For an inbound call. */
    public Tally(int caller, List<Integer> atOnce) {
        this(caller, List.of(), atOnce);
    }

    /** Returns the counts with their limits, as the event contains them. */
    public List<AdmissionCount> beside(Applicant applicant) {
        var counts = new ArrayList<AdmissionCount>();
        counts.add(new AdmissionCount("caller-rate", caller, OptionalInt.of(applicant.window().limit())));
        for (int rate = 0; rate < rates.size(); rate++) {
            DialRate dialled = applicant.rates().get(rate);
            counts.add(new AdmissionCount(dialled.of().code(), rates.get(rate), dialled.limit()));
        }
        for (int seat = 0; seat < atOnce.size(); seat++) {
            Seat taken = applicant.seats().get(seat);
            counts.add(new AdmissionCount(taken.place().code(), atOnce.get(seat), taken.limit()));
        }
        return counts;
    }
}
