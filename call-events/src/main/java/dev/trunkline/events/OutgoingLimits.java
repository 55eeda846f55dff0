package dev.trunkline.events;

import java.util.OptionalInt;

/**
 * The limits that the limiter applies to an outbound call, in addition to those that every call has.
 *
 * @param trunkConcurrency maximum number of concurrent outbound calls on the trunk, empty for no limit
 * @param trunkPerSecond maximum number of new outbound calls a second on the trunk, empty for no limit
 * @param organisationConcurrency maximum number of concurrent outbound calls of the organisation, empty for no
 *     limit
 * @param organisationHourly maximum number of outbound calls of the organisation in an hour, empty for no limit
 * @param emergency it is counted, and never rejected
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
