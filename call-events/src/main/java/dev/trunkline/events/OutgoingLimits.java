package dev.trunkline.events;

import java.util.OptionalInt;

/**
 * What the limiter judges a call out by, beside the limits that every call has.
 *
 * @param trunkConcurrency most calls out at once by the trunk, empty for no limit
 * @param trunkPerSecond most new calls out a second by the trunk, empty for no limit
 * @param organisationConcurrency most calls out at once of the organisation, empty for no limit
 * @param organisationHourly most calls out of the organisation in an hour, empty for no limit
 * @param emergency it is counted, and never refused
 */
public record OutgoingLimits(
        OptionalInt trunkConcurrency,
        OptionalInt trunkPerSecond,
        OptionalInt organisationConcurrency,
        OptionalInt organisationHourly,
        boolean emergency) {

    public OutgoingLimits {
        trunkConcurrency = trunkConcurrency == null ? OptionalInt.empty() : trunkConcurrency;
        trunkPerSecond = trunkPerSecond == null ? OptionalInt.empty() : trunkPerSecond;
        organisationConcurrency = organisationConcurrency == null ? OptionalInt.empty() : organisationConcurrency;
        organisationHourly = organisationHourly == null ? OptionalInt.empty() : organisationHourly;
    }
}
