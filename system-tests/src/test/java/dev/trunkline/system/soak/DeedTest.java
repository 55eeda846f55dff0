package dev.trunkline.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DeedTest {
    @Test
    void everyPlanIsPickedAndTheSameSeedPicksTheSame() {
        List<Deed> picked = picked();
        Map<Deed, Integer> times = new EnumMap<>(Deed.class);
        picked.forEach(deed -> times.merge(deed, 1, Integer::sum));
        assertThat(times.keySet()).containsExactly(Deed.values());
        assertThat(Collections.max(times.entrySet(), Map.Entry.comparingByValue()).getKey()).isEqualTo(Deed.TALKS);
        assertThat(picked()).isEqualTo(picked);
    }

    private static List<Deed> picked() {
        Random random = new Random(7);
        return IntStream.range(0, 2_000).mapToObj(i -> Deed.pick(random)).toList();
    }

    @Test
    void whatAPlanExpectsAreCodesOfTheEvents() {
        List<String> codes = Stream.concat(
                        Arrays.stream(EndReason.values()).map(EndReason::code),
                        Arrays.stream(RefusalReason.values()).map(RefusalReason::code))
                .toList();
        for (Deed deed : Deed.values()) {
            assertThat(codes).as(deed.name()).containsAll(deed.expected());
            assertThat(deed.expected()).isNotEmpty();
        }
    }
}
