package dev.trunkline.sip;

import dev.trunkline.sip.locate.Candidate;
import dev.trunkline.sip.locate.Target;
import dev.trunkline.sip.net.Faults;
import dev.trunkline.sip.net.SourceGuard;
import dev.trunkline.sip.net.TransportWatch;
import dev.trunkline.sip.transaction.Timings;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The parts that everything in a stack shares.
 *
 * @param lanes number of lanes
 * @param locating finds where a request goes (RFC 3263), without waiting
 * @param nanoTime a monotonic clock
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
        Function<Target, CompletionStage<List<Candidate>>> locating,
        LongSupplier nanoTime,
        Faults faults,
        WireTap tap) {}
