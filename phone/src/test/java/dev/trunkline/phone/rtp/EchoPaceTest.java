package dev.trunkline.phone.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.audio.Waveform;
import org.junit.jupiter.api.Test;

class EchoPaceTest {
    private final EchoPace pace = new EchoPace();

    @Test
    void whatComesInTimeIsEchoedWhateverItsLength() {
        for (int frames : new int[] {1, 2, 3, 5}) {
            for (int i = 0; i < 100; i++) {
                assertThat(pace.takes(frames * Waveform.FRAME)).isTrue();
                for (int tick = 0; tick < frames; tick++) {
                    pace.tick();
                }
            }
        }
    }

    @Test
    void moreThanTimeGoesByIsNot() {
        int taken = 0;
        for (int tick = 0; tick < 100; tick++) {
            for (int i = 0; i < 50; i++) {
                taken += pace.takes(Waveform.FRAME) ? 1 : 0;
            }
            pace.tick();
        }
        assertThat(taken).isEqualTo(99 + EchoPace.MOST_AT_ONCE / Waveform.FRAME);
    }
}
