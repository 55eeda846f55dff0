package dev.trunkline.relay.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.relay.pin.PinThrottle;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What keeps calls from each other and the relay from its own deafness.
 *
 * @param faults counts what one call threw and what ended there
 * @param heard completes once everything is handled that is on Kafka at the time of asking; open while Kafka is not read
 * @param pins slows down and refuses who guesses PINs
 */
record CallGuards(ContainedFaults faults, Supplier<CompletionStage<Void>> heard, PinThrottle pins) {}
