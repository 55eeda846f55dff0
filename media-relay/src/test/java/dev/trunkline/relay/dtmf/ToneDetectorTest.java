package dev.trunkline.relay.dtmf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.codec.G711;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ToneDetectorTest {
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1_209, 1_336, 1_477, 1_633};
    private static final String KEYPAD = "123A456B789C*0#D";

    private final StringBuilder pressed = new StringBuilder();
    private final List<Integer> millis = new ArrayList<>();
    private final ToneDetector detector = new ToneDetector(new DtmfDetector.Listener() {
        @Override
        public void pressed(DtmfKey key) {
            pressed.append(key.digit());
        }

        @Override
        public void released(DtmfKey key, int duration) {
            millis.add(duration);
        }
    });
    private final Random random = new Random(8);
    private int sequence;
    private int clock;

    private interface Wave {
        double at(double seconds);
    }

    /** Plays packets of 20 ms; the last one may be shorter. */
    private void hear(G711 law, int duration, Wave wave) {
        int left = duration * 8;
        while (left > 0) {
            byte[] codes = new byte[Math.min(160, left)];
            for (int i = 0; i < codes.length; i++) {
                double sample = wave.at(clock++ / 8_000.0);
                codes[i] = law.encode((short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE));
            }
            detector.packet(sequence++ & 0xffff, law, codes, 0, codes.length);
            left -= codes.length;
        }
    }

    private static Wave tones(double row, double column, double rowVolume, double columnVolume) {
        return t -> rowVolume * Math.sin(2 * Math.PI * row * t) + columnVolume * Math.sin(2 * Math.PI * column * t);
    }

    private void press(char key, int duration) {
        int place = KEYPAD.indexOf(key);
        hear(G711.PCMU, duration, tones(ROWS[place / 4], COLUMNS[place % 4], 6_000, 6_000));
    }

    private void quiet(int duration) {
        hear(G711.PCMU, duration, t -> 0);
    }

    @ParameterizedTest
    @EnumSource(G711.class)
    void everyKeyIsHeardOnce(G711 law) {
        for (int place = 0; place < 16; place++) {
            hear(law, 80, tones(ROWS[place / 4], COLUMNS[place % 4], 6_000, 6_000));
            hear(law, 60, t -> 0);
        }
        assertThat(pressed).hasToString(KEYPAD);
        assertThat(millis).hasSize(16).allMatch(duration -> duration >= 50 && duration <= 100);
    }

    @Test
    void aLongPressIsOneKey() {
        press('7', 1_000);
        quiet(50);
        assertThat(pressed).hasToString("7");
        assertThat(millis.getFirst()).isBetween(970, 1_020);
    }

    @Test
    void theSameKeyTwiceIsTwo() {
        press('5', 70);
        quiet(50);
        press('5', 70);
        quiet(50);
        assertThat(pressed).hasToString("55");
    }

    @ParameterizedTest
    @CsvSource({
        // A deviation of 1.5 % is still a key, one of 3.5 % is not.
        "1.015, 1.015, 6000, 6000, 5", "0.985, 1.0, 6000, 6000, 5", "1.035, 1.035, 6000, 6000, ''",
        // Quiet, and too quiet.
        "1, 1, 500, 500, 5", "1, 1, 60, 60, ''",
        // A column weaker by 6 dB and by 12 dB; a row weaker by 3 dB and by 8 dB.
        "1, 1, 6000, 3000, 5", "1, 1, 6000, 1500, ''", "1, 1, 4250, 6000, 5", "1, 1, 2400, 6000, ''"
    })
    void whatIsAKeyAndWhatIsNot(double row, double column, double rowVolume, double columnVolume, String keys) {
        hear(G711.PCMU, 100, tones(770 * row, 1_336 * column, rowVolume, columnVolume));
        quiet(50);
        assertThat(pressed).hasToString(keys);
    }

    @ParameterizedTest
    @CsvSource({"15, 1", "0, 0"})
    void noiseOf15DecibelsBelowDoesNotHideAKey(double decibels, int keys) {
        double noise = 6_000 / Math.pow(10, decibels / 20);
        hear(G711.PCMU, 200, t -> tones(852, 1_477, 6_000, 6_000).at(t) + noise * random.nextGaussian());
        quiet(50);
        assertThat(pressed).hasSize(keys);
    }

    @Test
    void oneToneOrNoiseIsNoKey() {
        hear(G711.PCMU, 1_000, t -> 8_000 * Math.sin(2 * Math.PI * 941 * t));
        hear(G711.PCMU, 1_000, t -> 8_000 * Math.sin(2 * Math.PI * 440 * t));
        hear(G711.PCMU, 5_000, t -> 5_000 * random.nextGaussian());
        assertThat(pressed).isEmpty();
    }

    /** Voiced sounds for five minutes: a gliding pitch with its harmonics under moving formants. */
    @Test
    void speechIsNoKey() {
        double[] phase = new double[1];
        hear(G711.PCMU, 300_000, t -> {
            double pitch = 120 + 60 * Math.sin(t * 2.1) + 30 * Math.sin(t * 7.3);
            phase[0] += 2 * Math.PI * pitch / 8_000;
            double first = 550 + 250 * Math.sin(t * 3.7);
            double second = 1_400 + 500 * Math.sin(t * 2.9 + 1);
            double sum = 0;
            for (int h = 1; h * pitch < 3_400; h++) {
                double f = h * pitch;
                sum += Math.sin(h * phase[0]) * (Math.exp(-Math.pow((f - first) / 90, 2))
                        + 0.7 * Math.exp(-Math.pow((f - second) / 120, 2)) + 0.02);
            }
            return 7_000 * sum * Math.max(0, Math.sin(t * 12));
        });
        assertThat(pressed).isEmpty();
    }

    @Test
    void repeatedAndLatePacketsCountOnce() {
        byte[] codes = new byte[160];
        java.util.Arrays.fill(codes, G711.PCMU.silence());
        detector.packet(10, G711.PCMU, codes, 0, 160);
        press('1', 100);
        quiet(50);
        // The packets numbered 0 to 10 arrived after number 10 and were dropped.
        assertThat(pressed).isEmpty();
        sequence = 20;
        press('1', 100);
        quiet(50);
        assertThat(pressed).hasToString("1");
    }
}
