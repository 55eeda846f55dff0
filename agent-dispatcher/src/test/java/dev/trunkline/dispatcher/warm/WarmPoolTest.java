package dev.trunkline.dispatcher.warm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.dispatcher.warm.WarmPool.Effect;
import dev.trunkline.dispatcher.warm.WarmPool.Effect.Close;
import dev.trunkline.dispatcher.warm.WarmPool.Effect.Make;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmPoolTest {
    private static final WarmPool.Terms TERMS =
            new WarmPool.Terms(Duration.ofSeconds(240), Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofSeconds(30));

    private int named;
    private final WarmPool pool = new WarmPool(TERMS, () -> "r" + ++named);

    private void fill(String room, long now) {
        pool.made(room, now);
        pool.looked(room, true, now);
    }

    private void filled(int size) {
        pool.want(size, 0);
        for (int i = 1; i <= size; i++) {
            fill("r" + i, 0);
        }
    }

    @Test
    void asManyRoomsAreMadeAsAreWanted() {
        assertThat(pool.want(2, 0)).containsExactly(new Make("r1"), new Make("r2"));
        assertThat(pool.settle(1)).isEmpty();
        assertThat(pool.waiting()).isZero();
    }

    @Test
    void aRoomIsGivenOnceItsAgentsAreThereAndOnlyOnceAndAnotherIsMadeBehindIt() {
        pool.want(1, 0);
        assertThat(pool.take()).isEmpty();
        pool.made("r1", 10);
        assertThat(pool.take()).isEmpty();
        pool.looked("r1", true, 20);
        assertThat(pool.take()).contains("r1");
        assertThat(pool.take()).isEmpty();
        assertThat(pool.settle(30)).containsExactly(new Make("r2"));
        assertThat(pool.looked("r1", false, 40)).isEmpty();
    }

    @Test
    void theOneThatWaitedLongestIsGivenFirst() {
        filled(2);
        assertThat(pool.take()).contains("r1");
        assertThat(pool.take()).contains("r2");
    }

    @Test
    void aRoomWhoseAgentLeftIsClosedAndMadeAfresh() {
        filled(1);
        assertThat(pool.looked("r1", false, 1_000)).containsExactly(new Close("r1", false), new Make("r2"));
        assertThat(pool.take()).isEmpty();
    }

    @Test
    void aRoomThatIsTooOldWaitsOnUntilAnotherWaits() {
        filled(1);
        assertThat(pool.settle(239_999)).isEmpty();
        assertThat(pool.settle(240_000)).containsExactly(new Make("r2"));
        assertThat(pool.waiting()).isEqualTo(1);
        pool.made("r2", 241_000);
        assertThat(pool.looked("r2", true, 242_000)).containsExactly(new Close("r1", false));
        assertThat(pool.take()).contains("r2");
    }

    @Test
    void whereWorkersAreMissingOneRoomAtATimeAsksForThemEverMoreSeldom() {
        pool.want(3, 0);
        for (String room : List.of("r1", "r2", "r3")) {
            pool.made(room, 0);
        }
        assertThat(pool.settle(20_000)).containsExactly(new Close("r1", true), new Close("r2", true), new Close("r3", true));
        assertThat(pool.settle(23_999)).isEmpty();
        assertThat(pool.settle(24_000)).containsExactly(new Make("r4"));
        assertThat(pool.refused("r4", 24_000)).isEmpty();
        assertThat(pool.settle(31_999)).isEmpty();
        assertThat(pool.settle(32_000)).containsExactly(new Make("r5"));
        pool.made("r5", 32_000);
        assertThat(pool.looked("r5", true, 33_000)).containsExactly(new Make("r6"), new Make("r7"));
    }

    @Test
    void whoWantsFewerRoomsClosesThoseThatAreNotFilledFirst() {
        filled(2);
        pool.want(3, 0);
        pool.made("r3", 0);
        assertThat(pool.want(1, 0)).containsExactly(new Close("r3", true), new Close("r1", false));
        assertThat(pool.want(0, 0)).containsExactly(new Close("r2", false));
        assertThat(pool.toLookInto()).isEmpty();
    }

    @Test
    void aRoomThatComesWhenNobodyWantsItAnyMoreIsClosed() {
        pool.want(1, 0);
        pool.want(0, 1);
        pool.made("r1", 2);
        assertThat(pool.settle(3)).isEmpty();
        assertThat(pool.toLookInto()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensNoRoomIsGivenTwiceAndEachThatWasMadeIsGivenOrClosed(long seed) {
        Random random = new Random(seed);
        Set<String> alive = new HashSet<>();
        Set<String> making = new HashSet<>();
        Set<String> given = new HashSet<>();
        long now = 0;
        List<Effect> effects = new ArrayList<>(pool.want(3, now));
        for (int i = 0; i < 5_000; i++) {
            for (Effect effect : effects) {
                switch (effect) {
                    case Make(String room) -> assertThat(making.add(room)).isTrue();
                    case Close(String room, boolean awaited) -> {
                        assertThat(given).doesNotContain(room);
                        assertThat(alive.remove(room)).isTrue();
                    }
                }
            }
            assertThat(pool.waiting()).isLessThanOrEqualTo(6);
            now += random.nextInt(20_000);
            effects = new ArrayList<>();
            int what = random.nextInt(6);
            if (what == 0 && !making.isEmpty()) {
                String room = making.iterator().next();
                making.remove(room);
                alive.add(room);
                effects.addAll(pool.made(room, now));
            } else if (what == 1 && !making.isEmpty()) {
                String room = making.iterator().next();
                making.remove(room);
                effects.addAll(pool.refused(room, now));
            } else if (what == 2) {
                pool.take().ifPresent(room -> {
                    assertThat(given.add(room)).isTrue();
                    assertThat(alive.remove(room)).isTrue();
                });
            } else if (what == 3) {
                effects.addAll(pool.want(random.nextInt(4), now));
            } else if (!pool.toLookInto().isEmpty()) {
                effects.addAll(pool.looked(
                        pool.toLookInto().get(random.nextInt(pool.toLookInto().size())), random.nextInt(4) > 0, now));
            }
            effects.addAll(pool.settle(now));
        }
        effects.addAll(pool.want(0, now));
        effects.forEach(effect -> {
            if (effect instanceof Close(String room, boolean awaited)) {
                alive.remove(room);
            }
        });
        List.copyOf(making).forEach(room -> pool.made(room, 0).forEach(effect -> {}));
        assertThat(alive).isEmpty();
        assertThat(given).isNotEmpty();
    }
}
