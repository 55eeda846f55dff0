package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.audio.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PhoneAnnouncementTest {
    private static final int LEAD = 15;

    private final PhoneAnnouncement announcement = new PhoneAnnouncement();
    private final List<Long> over = new ArrayList<>();

    @BeforeEach
    void listener() {
        announcement.listener(8_000);
    }

    /** @param samples number of samples at 8 kHz, all of this value */
    private static Recording recording(int samples, int value) {
        short[] pcm = new short[samples];
        Arrays.fill(pcm, (short) value);
        return Recording.ofPcm(pcm, 8_000);
    }

    private List<Integer> played(int frames) {
        List<Integer> heard = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            heard.add((int) announcement.next()[0]);
            announcement.sent();
        }
        return heard;
    }

    @Test
    void thereIsNoneBeforeOneIsAskedFor() {
        assertThat(announcement.isPlaying()).isFalse();
        assertThat(announcement.isAlone()).isFalse();
    }

    @Test
    void aHushedRoomIsNotHeardWhateverIsPlayed() {
        announcement.hush(true);
        assertThat(announcement.isAlone()).isTrue();
        assertThat(announcement.isPlaying()).isFalse();
        announcement.hush(false);
        assertThat(announcement.isAlone()).isFalse();
    }

    @Test
    void itIsPlayedOnceAfterAMomentOfSilence() {
        announcement.play(recording(330, 700), over::add);
        assertThat(played(LEAD)).containsOnly(0);
        assertThat(announcement.playedMillis()).isZero();
        assertThat(played(2)).containsOnly(700);
        assertThat(over).isEmpty();
        assertThat(announcement.playedMillis()).isEqualTo(40);
        assertThat(announcement.isAlone()).isTrue();
        // The last frame is partly filled and ends in silence.
        assertThat(announcement.next()).startsWith(new short[] {700, 700}).endsWith(new short[] {0, 0});
        announcement.sent();
        assertThat(announcement.isPlaying()).isFalse();
        assertThat(over).containsExactly(60L);
    }

    @Test
    void anotherRateOfThePhoneLetsItGoOnWhereItIs() {
        announcement.play(recording(1_600, 700), over::add);
        played(LEAD + 5);
        announcement.listener(16_000);
        assertThat(announcement.next()).hasSize(320);
        announcement.sent();
        assertThat(announcement.playedMillis()).isEqualTo(120);
        played(4);
        assertThat(over).containsExactly(200L);
    }
}
