package dev.trunkline.limiter.admission;

import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.Limits;
import java.util.List;
import java.util.OptionalInt;

/**
 * What was counted for one decision; an admitted call is itself in it.
 *
 * @param caller calls of the pseudonym in its window
 * @param number calls at once to the number
 * @param organisation calls at once of the organisation
 * @param suite calls at once of the whole suite
 */
public record Tally(int caller, int number, int organisation, int suite) {

    /** The counts beside their limits, as the event carries them. */
    public List<AdmissionCount> beside(Limits limits, int suiteLimit) {
        return List.of(
                new AdmissionCount("caller-rate", caller, OptionalInt.of(limits.callerRate().calls())),
                new AdmissionCount("number", number, limits.numberConcurrency()),
                new AdmissionCount("organisation", organisation, limits.organisationConcurrency()),
                new AdmissionCount("suite", suite, OptionalInt.of(suiteLimit)));
    }
}
