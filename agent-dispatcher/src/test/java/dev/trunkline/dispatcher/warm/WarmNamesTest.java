package dev.trunkline.dispatcher.warm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WarmNamesTest {
    private final WarmNames names = new WarmNames("dispatcher-1", new Random(1));
    private final WarmNames earlier = new WarmNames("dispatcher-1", new Random(2));
    private final WarmNames neighbour = new WarmNames("dispatcher-10", new Random(3));

    @Test
    void aNameHasThePrefixAndSaysWhoseTheRoomIs() {
        assertThat(names.next("shop")).matches("shop_warm_dispatcher-1_[a-z0-9]{12}");
        assertThat(names.next("")).matches("_warm_dispatcher-1_[a-z0-9]{12}");
    }

    @Test
    void noNameComesTwice() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(names.next("call"));
        }
        assertThat(seen).hasSize(10_000);
    }

    @Test
    void whatAnEarlierLifeMadeIsKnown() {
        assertThat(names.leftBehind(earlier.next("call"))).isTrue();
        assertThat(names.leftBehind(earlier.next("x_warm_y"))).isTrue();
    }

    @Test
    void whatThisLifeOrAnotherProcessMadeIsNotLeftBehind() {
        assertThat(names.leftBehind(names.next("call"))).isFalse();
        assertThat(names.leftBehind(neighbour.next("call"))).isFalse();
        assertThat(neighbour.leftBehind(earlier.next("call"))).isFalse();
        assertThat(names.leftBehind("call_1a2b3c4d_k3n7p2qx9d4m")).isFalse();
        assertThat(names.leftBehind("call_warm_dispatcher-1_short")).isFalse();
        assertThat(names.leftBehind("call_warm_dispatcher-1_k3n7p2qx9d4m.more")).isFalse();
    }
}
