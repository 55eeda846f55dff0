package dev.trunkline.dispatcher.warm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShareTest {
    private final Share share = new Share();

    @Test
    void whoHasAllPartitionsKeepsAllRooms() {
        share.look(12, 12);
        assertThat(share.of(3)).isEqualTo(3);
    }

    @Test
    void aShareIsRoundedUpSoThatNobodyWithCallsHasNone() {
        share.look(6, 12);
        assertThat(share.of(3)).isEqualTo(2);
        share.look(6, 12);
        assertThat(share.of(1)).isEqualTo(1);
    }

    @Test
    void whoHasNoPartitionKeepsNone() {
        assertThat(share.of(3)).isZero();
        share.look(0, 12);
        assertThat(share.of(3)).isZero();
    }

    @Test
    void nothingChangesWhileItIsNotKnownHowManyPartitionsThereAre() {
        share.look(5, 0);
        assertThat(share.of(3)).isZero();
    }

    @Test
    void aSmallerShareCountsOnlyWhenItLasts() {
        share.look(12, 12);
        share.look(0, 12);
        share.look(6, 12);
        assertThat(share.of(4)).isEqualTo(4);
        share.look(6, 12);
        assertThat(share.of(4)).isEqualTo(2);
    }

    @Test
    void aShareThatWasSmallerForAMomentIsForgotten() {
        share.look(12, 12);
        share.look(0, 12);
        share.look(0, 12);
        share.look(12, 12);
        share.look(6, 12);
        share.look(6, 12);
        assertThat(share.of(4)).isEqualTo(4);
    }
}
