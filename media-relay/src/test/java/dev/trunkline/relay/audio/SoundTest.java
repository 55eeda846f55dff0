package dev.trunkline.relay.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trunkline.rtc.codec.G711;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundTest {
    private static byte[] wav(int format, int channels, int rate, int bits, byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(58 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(50 + data.length).put(ascii("WAVE"));
        // A chunk that readers ignore, of odd length.
        file.put(ascii("LIST")).putInt(5).put(new byte[6]);
        file.put(ascii("fmt ")).putInt(16).putShort((short) format).putShort((short) channels).putInt(rate)
                .putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8)).putShort((short) bits);
        return file.put(ascii("data")).putInt(data.length).put(data).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] littleEndian(short... pcm) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(pcm);
        return bytes.array();
    }

    private static double loudness(short[] pcm) {
        double sum = 0;
        for (short sample : pcm) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / pcm.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000})
    void theWaitingToneIsGentleComesAgainAndNeverClicks(int rate) {
        var tone = new WaitingTone(rate);
        int before = 0;
        int heard = 0;
        double loudest = 0;
        for (int i = 0; i < 300; i++) {
            short[] frame = tone.next();
            assertThat(frame).hasSize(rate / 50);
            heard += loudness(frame) > 100 ? 1 : 0;
            loudest = Math.max(loudest, loudness(frame));
            for (short sample : frame) {
                assertThat(Math.abs(sample - before)).isLessThan(1_000);
                before = sample;
            }
        }
        // The tone sounds for 700 ms of every second and a half, less its fades.
        assertThat(heard).isBetween(100, 140);
        assertThat(loudest).isLessThan(1_300);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000})
    void theWaitingToneIsNeverSilentForASecond(int rate) {
        var tone = new WaitingTone(rate);
        int silent = 0;
        for (int i = 0; i < 500; i++) {
            silent = loudness(tone.next()) > 100 ? 0 : silent + 1;
            assertThat(silent * 20).as("ms of silence").isLessThan(950);
        }
    }

    @Test
    void aRecordingIsPlayedOverAndOver() {
        short[] pcm = new short[250];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) i;
        }
        Sound sound = Recording.ofWav(wav(1, 1, 8_000, 16, littleEndian(pcm))).at(8_000);
        int expected = 0;
        for (int i = 0; i < 20; i++) {
            for (short sample : sound.next()) {
                assertThat(sample).isEqualTo((short) (expected++ % 250));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 8000, 16, 8000", "1, 16000, 16, 8000", "1, 8000, 16, 16000", "6, 8000, 8, 16000", "7, 16000, 8, 8000"})
    void anyFormIsHeardAtAnyRate(int format, int rate, int bits, int listener) {
        short[] pcm = new short[rate];
        for (int i = 0; i < rate; i++) {
            pcm[i] = (short) (8_000 * Math.sin(2 * Math.PI * 500 * i / rate));
        }
        byte[] codes = new byte[rate];
        (format == 6 ? G711.PCMA : G711.PCMU).encode(pcm, 0, rate, codes, 0);
        Sound sound = Recording.ofWav(wav(format, 1, rate, bits, format == 1 ? littleEndian(pcm) : codes)).at(listener);
        sound.next();
        for (int i = 0; i < 100; i++) {
            assertThat(loudness(sound.next())).isBetween(5_200.0, 6_000.0);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 8000, 16", "1, 1, 44100, 16", "1, 1, 8000, 8", "3, 1, 8000, 32", "6, 1, 8000, 16"})
    void whatCannotBePlayedIsSaid(int format, int channels, int rate, int bits) {
        assertThatIllegalArgumentException().isThrownBy(() -> Recording.ofWav(wav(format, channels, rate, bits, new byte[64])))
                .withMessageContaining("mono, 8000 or 16000 Hz");
    }

    @Test
    void anEmptyOneIsSaid() {
        assertThatIllegalArgumentException().isThrownBy(() -> Recording.ofWav(wav(1, 1, 8_000, 16, new byte[0])));
        assertThatIllegalArgumentException().isThrownBy(() -> Recording.ofWav(new byte[0])).withMessage("it is not a WAV file");
    }

    @Test
    void damagedFilesAreRefusedOrPlayed() {
        byte[] whole = wav(7, 1, 8_000, 8, new byte[400]);
        var random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int d = 0; d < 3 && damaged.length > 0; d++) {
                damaged[random.nextInt(Math.min(damaged.length, 70))] = (byte) random.nextInt();
            }
            try {
                assertThat(Recording.ofWav(damaged).at(16_000).next()).hasSize(320);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).containsAnyOf("it is", "it has", "it must", "of it");
            }
        }
    }
}
