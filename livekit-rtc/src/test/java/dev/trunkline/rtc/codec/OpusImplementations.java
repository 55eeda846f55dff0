package dev.trunkline.rtc.codec;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The implementations to test on this machine. Concentus is always among them; libopus if it is installed. The name of each
 * is part of the name of each test, so a report says what was tested.
 */
final class OpusImplementations {

    private OpusImplementations() {}

    static Stream<Named> each() {
        return OpusCodec.available().stream().map(Named::new);
    }

    /** Returns every encoder with every decoder. */
    static Stream<Arguments> pairs() {
        return each().flatMap(encoder -> each().map(decoder -> Arguments.of(encoder, decoder)));
    }

    /** Returns every pair at every rate that calls need. */
    static Stream<Arguments> pairsAndRates() {
        return pairs().flatMap(pair -> List.of(8_000, 16_000, 48_000).stream()
                .map(rate -> Arguments.of(pair.get()[0], pair.get()[1], rate)));
    }

    /** Displays its name in test reports. */
    record Named(OpusCodec codec) {
        @Override
        public String toString() {
            return codec.name();
        }
    }
}
