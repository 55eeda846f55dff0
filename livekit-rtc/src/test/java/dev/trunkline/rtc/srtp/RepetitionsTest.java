package dev.trunkline.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepetitionsTest {

    private final Repetitions packets = new Repetitions();

    private boolean takes(int sequence) {
        long index = packets.index(sequence & 0xffff);
        boolean taken = packets.isNew(index);
        if (taken) {
            packets.remember(index);
        }
        return taken;
    }

    @Test
    void eachIsTakenOnceInWhateverOrder() {
        for (int sequence : new int[] {100, 102, 101, 164, 103}) {
            assertThat(takes(sequence)).as("%d", sequence).isTrue();
            assertThat(takes(sequence)).as("%d again", sequence).isFalse();
        }
    }

    @Test
    void whatIsOlderThanTheWindowIsRefused() {
        assertThat(takes(200)).isTrue();
        assertThat(takes(200 - 63)).isTrue();
        assertThat(takes(200 - 64)).isFalse();
        assertThat(takes(10_000)).isTrue();
        assertThat(takes(9_999)).isTrue();
        assertThat(takes(200)).isFalse();
    }

    @Test
    void theRolloverCounterFollowsTheNumbers() {
        assertThat(takes(65_534)).isTrue();
        assertThat(packets.index(1)).isEqualTo(0x1_0001);
        assertThat(takes(1)).isTrue();
        assertThat(packets.index(65_535)).isEqualTo(0xffff);
        assertThat(takes(65_535)).isTrue();
        assertThat(takes(65_534)).isFalse();
        assertThat(packets.next()).isEqualTo(0x1_0002);
    }

    @Test
    void nothingIsBeforeTheFirstRound() {
        assertThat(takes(3)).isTrue();
        assertThat(packets.index(65_500)).isNegative();
        assertThat(takes(65_500)).isFalse();
        assertThat(takes(2)).isTrue();
    }

    @Test
    void onlyTheSourcesUsedLastAreKept() {
        Sources sources = new Sources();
        Repetitions first = sources.of(1);
        first.remember(7);
        sources.keep(1, first);
        for (int ssrc = 2; ssrc <= 256; ssrc++) {
            sources.keep(ssrc, sources.of(ssrc));
        }
        assertThat(sources.of(1)).isSameAs(first);
        sources.keep(1, first);
        Repetitions second = sources.of(2);
        sources.keep(300, sources.of(300));
        assertThat(sources.of(1)).isSameAs(first);
        assertThat(sources.of(2)).isNotSameAs(second);
    }
}
