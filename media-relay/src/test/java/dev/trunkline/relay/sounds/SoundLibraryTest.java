package dev.trunkline.relay.sounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.SoundRecords;
import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.events.sounds.SoundRecord;
import dev.trunkline.events.sounds.UnusableSoundException;
import dev.trunkline.relay.audio.Recording;
import dev.trunkline.rtc.codec.OpusCodec;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SoundLibraryTest {
    @SuppressWarnings("unused")
    static final List<OpusCodec> CODECS = OpusCodec.available();

    private final SoundLibrary library = new SoundLibrary(OpusCodec.concentus());
    private final SoundTail tail = new SoundTail(library, ContainedFaults.logged());

    private static final byte[] WAV = SoundFiles.wav(500, 8_000, 100);

    private static SoundRecord sound(String organisation, String language, boolean isDefault) {
        return SoundFiles.record(organisation, "told", language, isDefault, WAV);
    }

    private void received(ProducerRecord<String, byte[]> sent) {
        var received = new ConsumerRecord<>(Topics.SOUNDS, 0, 0, sent.key(), sent.value());
        sent.headers().forEach(received.headers()::add);
        tail.accept(received);
    }

    private String found(String organisation, String language) {
        return library.find(organisation, "told", language).map(found -> found.sound().key().organisation() + ":" + found.language()).orElse("none");
    }

    @Test
    void anOrganisationsOwnSoundGoesBeforeTheSuites() {
        received(SoundRecords.encode(sound("", "nl", true)));
        received(SoundRecords.encode(sound("bakery", "fr", true)));

        assertThat(found("bakery", "nl")).isEqualTo("bakery:fr");
        assertThat(found("cinema", "nl-BE")).isEqualTo(":nl");
        assertThat(library.find("cinema", "other", "nl")).isEmpty();
    }

    @Test
    void theClosestLanguageIsFoundElseTheDefault() {
        received(SoundRecords.encode(sound("", "nl", false)));
        received(SoundRecords.encode(sound("", "en", true)));

        assertThat(found("", "nl-BE")).isEqualTo(":nl");
        assertThat(found("", "fr")).isEqualTo(":en");
    }

    @Test
    void whatIsTakenBackIsGone() {
        received(SoundRecords.encode(sound("", "nl", true)));
        received(SoundRecords.tombstone("/told/nl"));
        received(SoundRecords.tombstone("/told/nl"));

        assertThat(found("", "nl")).isEqualTo("none");
        assertThat(library.count()).isZero();
    }

    @Test
    void whatSomebodyElseWroteOnTheTopicHindersNothing() {
        received(new ProducerRecord<>(Topics.SOUNDS, "rubbish", new byte[] {1}));
        received(new ProducerRecord<>(Topics.SOUNDS, null, new byte[] {1}));
        received(new ProducerRecord<>(Topics.SOUNDS, "/told/fr", new byte[] {1}));
        received(SoundRecords.encode(sound("", "nl", true)));

        assertThat(library.count()).isOne();
    }

    @Test
    void whatThereIsNoRoomForIsNotTakenAndRoomThatIsFreeAgainIs() {
        var small = new SoundLibrary(OpusCodec.concentus(), 2L * WAV.length, 1);
        assertThat(small.put(sound("", "nl", true))).isTrue();
        assertThat(small.put(sound("", "nl", true))).isTrue();
        assertThat(small.put(sound("", "fr", false))).isTrue();
        assertThat(small.put(sound("", "en", false))).isFalse();
        small.remove(new SoundKey("", "told", "fr"));
        assertThat(small.put(sound("", "en", false))).isTrue();
        assertThat(small.count()).isEqualTo(2);
    }

    @Test
    void aSoundIsDecodedOnceAsLongAsThereIsRoom() throws Exception {
        SoundRecord one = SoundFiles.record("", "one", "", true, SoundFiles.wav(500, 8_000, 100));
        SoundRecord other = SoundFiles.record("", "other", "", true, SoundFiles.wav(600, 8_000, 100));
        Recording decoded = library.decoded(one);
        assertThat(library.decoded(one)).isSameAs(decoded);

        var small = new SoundLibrary(OpusCodec.concentus(), 1_000_000, decoded.octets());
        Recording kept = small.decoded(one);
        assertThat(small.decoded(one)).isSameAs(kept);
        small.decoded(other);
        assertThat(small.decoded(one)).isNotSameAs(kept);
    }

    @Test
    void aFileThatIsNoSoundIsSaid() {
        assertThatThrownBy(() -> library.decoded(SoundFiles.record("", "x", "", true, new byte[] {1, 2, 3})))
                .isInstanceOf(UnusableSoundException.class);
    }

    @Test
    void eachFormIsHeardAtEachRate() throws Exception {
        for (byte[] file : new byte[][] {
            SoundFiles.wav(500, 8_000, 400), SoundFiles.wav(500, 16_000, 400), SoundFiles.wav(500, 48_000, 400), SoundFiles.g711(500, 400)
        }) {
            heard(library.decoded(SoundFiles.record("", "x", "", true, file)), 1);
        }
    }

    @ParameterizedTest
    @FieldSource("CODECS")
    void opusIsHeardAsLongAsItSaysAndAsLoud(OpusCodec codec) throws Exception {
        var opus = new SoundLibrary(codec);
        heard(opus.decoded(SoundFiles.record("", "x", "", true, SoundFiles.opus(500, 400, 312, 0))), 1);
        // Six decibels quieter.
        heard(opus.decoded(SoundFiles.record("", "x", "", true, SoundFiles.opus(500, 400, 312, -6 * 256))), 0.5);
    }

    /** Asserts that the recording is 400 ms of a tone. */
    private static void heard(Recording recording, double volume) {
        assertThat(recording.frames()).isEqualTo(20);
        for (int rate : new int[] {8_000, 16_000}) {
            short[] frame = new short[rate / 50];
            for (int i = 3; i < 17; i++) {
                recording.frame(rate, i, frame);
                double energy = 0;
                for (short sample : frame) {
                    energy += (double) sample * sample;
                }
                assertThat(Math.sqrt(energy / frame.length)).as("at %d, frame %d", rate, i).isCloseTo(5_657 * volume, within(900 * volume));
            }
            recording.frame(rate, 20, frame);
            assertThat(frame).containsOnly(0);
        }
    }
}
