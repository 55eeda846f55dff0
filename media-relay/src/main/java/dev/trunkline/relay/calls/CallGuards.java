package dev.trunkline.relay.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.relay.pin.PinThrottle;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What protects calls from each other and the relay from its own deafness.
 *
 * @param faults counts faults of calls that were contained
 * @param heard completes once everything that is on Kafka at the time of asking is handled; stays open while Kafka is not read
 * @param pins slows down and refuses callers who guess PINs
 */
record CallGuards(ContainedFaults faults, Supplier<CompletionStage<Void>> heard, PinThrottle pins) {}
