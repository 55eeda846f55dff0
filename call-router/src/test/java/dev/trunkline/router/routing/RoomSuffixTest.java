package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.TrunkRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoomSuffixTest {
    private final RoomSuffix suffix = new RoomSuffix();

    @Test
    void isTheSameForTheSameCall() {
        assertThat(suffix.apply(call(1))).isEqualTo(suffix.apply(call(1))).matches("[a-z2-9]{12}");
    }

    @Test
    void isItsOwnForEachCall() {
        Set<String> suffixes = IntStream.range(0, 10_000)
                .mapToObj(i -> suffix.apply(call(i)))
                .collect(Collectors.toSet());

        assertThat(suffixes).hasSize(10_000);
    }

    private static Call call(int id) {
        return new Call(
                new CallId(new UUID(0, id)), new TrunkRef("t", "t"), "1000", "1000", new Caller("p", false),
                Optional.empty(), Map.of(), Optional.empty(), Instant.EPOCH);
    }
}
