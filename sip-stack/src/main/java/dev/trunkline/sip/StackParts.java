package dev.trunkline.sip;

import dev.trunkline.sip.net.Faults;
import dev.trunkline.sip.net.SourceGuard;
import dev.trunkline.sip.net.TransportWatch;
import dev.trunkline.sip.transaction.Timings;
import java.util.function.LongSupplier;

/**
 * What everything in a stack shares.
 *
 * @param lanes how many
 * @param nanoTime a clock that only goes forward
 */
record StackParts(
        ListenSettings settings,
        StackLimits limits,
        int lanes,
        Timings timings,
        SourceGuard guard,
        TransportWatch watch,
        LocalNames names,
        Identifiers identifiers,
        Locating locating,
        LongSupplier nanoTime,
        Faults faults) {}
