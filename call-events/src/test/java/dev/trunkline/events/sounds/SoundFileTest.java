package dev.trunkline.events.sounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoundFileTest {

    @ParameterizedTest
    @CsvSource({
        "1, 8000, 16, 16000, PCM16, 1000",
        "1, 16000, 16, 16000, PCM16, 500",
        "1, 48000, 16, 96000, PCM16, 1000",
        "6, 8000, 8, 4000, A_LAW, 500",
        "7, 8000, 8, 4000, MU_LAW, 500",
    })
    void aWavFileThatPhonesCanHearIsTaken(int format, int rate, int bits, int octets, SoundFile.Samples samples, int millis) throws Exception {
        SoundFile read = SoundFile.read(SoundsOfTests.wav(format, 1, rate, bits, octets));

        assertThat(read).isInstanceOfSatisfying(SoundFile.Wav.class, wav -> {
            assertThat(wav.samples()).isEqualTo(samples);
            assertThat(wav.sampleRate()).isEqualTo(rate);
            assertThat(wav.from()).isEqualTo(44);
        });
        assertThat(read.length()).isEqualTo(Duration.ofMillis(millis));
        assertThat(read.contentType()).isEqualTo("audio/wav");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 | 2 |  8000 | 16 |   800 | has 2 channels",
        "1 | 1 | 44100 | 16 |   800 | has 44100 samples per second",
        "7 | 1 | 16000 |  8 |   800 | G.711 has 8000",
        "1 | 1 |  8000 |  8 |   800 | format 1 with 8 bits",
        "3 | 1 | 48000 | 32 |   800 | format 3 with 32 bits",
        "1 | 1 |  8000 | 16 |     0 | has no audio",
    })
    void aWavFileThatPhonesCannotHearIsRefusedWithWhatToDo(int format, int channels, int rate, int bits, int octets, String why) {
        assertThatThrownBy(() -> SoundFile.read(SoundsOfTests.wav(format, channels, rate, bits, octets)))
                .isInstanceOf(UnusableSoundException.class)
                .hasMessageContaining(why).hasMessageContaining(":");
    }

    @Test
    void audioThatWasWrittenToAPipeEndsWithTheFile() throws Exception {
        assertThat(SoundFile.read(SoundsOfTests.wav(1, 1, 8_000, 16, 1_600, -1)).length()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aWavFileThatIsCutOffIsRefused() {
        assertThatThrownBy(() -> SoundFile.read(SoundsOfTests.wav(1, 1, 8_000, 16, 1_600, 1_700))).hasMessageContaining("cut off");
    }

    @Test
    void aChunkWithALengthThatLiesLeadsNowhere() {
        byte[] file = SoundsOfTests.wav(1, 1, 8_000, 16, 1_600);
        file[16] = file[17] = file[18] = (byte) 0xff;
        file[19] = 0x7f;
        assertThatThrownBy(() -> SoundFile.read(file)).hasMessageContaining("cut off");
    }

    @Test
    void whatLastsTooLongOrIsTooBigIsRefused() {
        assertThatThrownBy(() -> SoundFile.read(SoundsOfTests.wav(7, 1, 8_000, 8, 1_000_000))).hasMessageContaining("at most 900000");
        // 121 s in packets of 20 ms and 80 octets are 650 kB.
        assertThatThrownBy(() -> SoundFile.read(SoundsOfTests.ogg(1, 0, 121 * 50, 121 * 48_000))).hasMessageContaining("longer than 120 s");
    }

    @Test
    void anOpusFileIsTakenAsLongAsItsLastPageSays() throws Exception {
        SoundFile read = SoundFile.read(SoundsOfTests.ogg(1, 312, 50, 312 + 24_000 + 24_000 - 480));

        assertThat(read).isInstanceOfSatisfying(SoundFile.OggOpus.class, opus -> {
            assertThat(opus.packets()).hasSize(50).allSatisfy(packet -> assertThat(packet).hasSize(80));
            assertThat(opus.skip()).isEqualTo(312);
            assertThat(opus.heard()).isEqualTo(48_000 - 480);
        });
        assertThat(read.length()).isEqualTo(Duration.ofMillis(990));
    }

    @Test
    void packetsThatGoOverSegmentsAreWhole() throws Exception {
        var packets = new ArrayList<>(List.of(SoundsOfTests.head(1, 0), SoundsOfTests.tags(), SoundsOfTests.packet(600), SoundsOfTests.packet(255)));
        assertThat(SoundFile.read(SoundsOfTests.ogg(packets, 1_920))).isInstanceOfSatisfying(SoundFile.OggOpus.class, opus ->
                assertThat(opus.packets()).extracting(packet -> packet.length).containsExactly(600, 255));
    }

    @Test
    void whatIsNoOpusOfOneChannelIsRefused() {
        assertThatThrownBy(() -> SoundFile.read(SoundsOfTests.ogg(2, 0, 10, 9_600))).hasMessageContaining("has 2 channels");
        assertThatThrownBy(() -> SoundFile.read(SoundsOfTests.ogg(List.of(SoundsOfTests.packet(40)), 960)))
                .hasMessageContaining("contains no Opus");
        assertThatThrownBy(() -> SoundFile.read("ID3 an MP3".getBytes())).hasMessageContaining("neither WAV nor Ogg Opus");
        assertThatThrownBy(() -> SoundFile.read(new byte[0])).hasMessageContaining("empty");
        assertThatThrownBy(() -> SoundFile.read(SoundsOfTests.ogg(1, 0, 0, 0))).hasMessageContaining("no audio");
    }

    @Test
    void anOpusFileThatIsDamagedOrCutOffIsRefused() throws Exception {
        byte[] whole = SoundsOfTests.ogg(1, 0, 10, 9_600);
        byte[] damaged = whole.clone();
        damaged[whole.length - 10] ^= 1;
        assertThatThrownBy(() -> SoundFile.read(damaged)).hasMessageContaining("checksum");
        assertThatThrownBy(() -> SoundFile.read(Arrays.copyOf(whole, whole.length - 3))).hasMessageContaining("cut off");
        byte[] two = SoundsOfTests.ogg(List.of(SoundsOfTests.head(1, 0), SoundsOfTests.tags()), 0);
        byte[] other = SoundsOfTests.page(SoundsOfTests.packet(40), 2, 8, 960);
        byte[] mixed = Arrays.copyOf(two, two.length + other.length);
        System.arraycopy(other, 0, mixed, two.length, other.length);
        assertThatThrownBy(() -> SoundFile.read(mixed)).hasMessageContaining("several streams");
    }

    @Test
    void rubbishIsRefusedInWordsAndNothingElse() {
        var random = new Random(7);
        byte[][] good = {SoundsOfTests.wav(1, 1, 16_000, 16, 400), SoundsOfTests.ogg(1, 312, 6, 5_000)};
        for (int i = 0; i < 20_000; i++) {
            byte[] file = good[i % 2].clone();
            for (int n = 0; n <= random.nextInt(4); n++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(file, 1 + random.nextInt(file.length));
            try {
                assertThat(SoundFile.read(cut).length()).isPositive();
            } catch (UnusableSoundException e) {
                assertThat(e).hasMessageEndingWith(".");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"nl-be, nl-BE", "NL, nl", "zh-hant-tw, zh-Hant-TW", "'', ''", "en-US, en-US"})
    void languagesAreWrittenAlike(String given, String kept) {
        assertThat(SoundLimits.language(given)).contains(kept);
    }

    @ParameterizedTest
    @CsvSource({"dutch please", "n", "../x", "nl_BE", "nl-", "x/y"})
    void whatIsNoLanguageIsNone(String given) {
        assertThat(SoundLimits.language(given)).isEmpty();
    }

    @Test
    void aKeyIsReadAsItWasWritten() {
        var key = new SoundKey("", "welcome", "nl-BE");
        assertThat(SoundKey.parse(key.text())).contains(key);
        assertThat(SoundKey.parse("org/welcome/")).contains(new SoundKey("org", "welcome", ""));
        for (String wrong : List.of("", "welcome", "a/b", "a/b/c/d", "a//nl", "a/../nl")) {
            assertThat(SoundKey.parse(wrong)).as(wrong).isEmpty();
        }
    }
}
