package dev.trunkline.phone.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.AudioSource.EchoProbe;
import dev.trunkline.phone.Codec;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoDetectorTest {

    private static final long MILLI = 1_000_000;
    private static final EchoProbe PROBE = AudioSource.echoProbe();
    private static final int SECONDS = 4;

    /** Returns what the phone says for some seconds, decoded again. */
    private static short[] said(Codec codec) {
        byte[] encoded = new byte[SECONDS * 8_000];
        Waveform.of(PROBE, codec).read(0, encoded);
        short[] samples = new short[encoded.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = G711.decode(codec, encoded[i]);
        }
        return samples;
    }

    private static short[] later(short[] samples, double millis, double gain) {
        short[] delayed = new short[samples.length];
        int shift = (int) Math.round(millis * 8);
        for (int i = shift; i < delayed.length; i++) {
            delayed[i] = (short) Math.round(samples[i - shift] * gain);
        }
        return delayed;
    }

    /** Plays the received audio in packets of 20 ms, the first at time 0, and reports bursts as they are sent. */
    private static EchoDetector listen(short[] heard) {
        EchoDetector detector = new EchoDetector(PROBE);
        Waveform waveform = Waveform.of(PROBE, Codec.PCMU);
        for (int at = 0; at < heard.length; at += 160) {
            long now = at / 8L * MILLI;
            if (waveform.burstBeginsAt(at)) {
                detector.sent(now);
            }
            detector.heard(Arrays.copyOfRange(heard, at, at + 160), 160, now);
        }
        return detector;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 5, 13.5, 20, 37.25, 80, 149.9, 240, 400, 640, 890})
    void findsTheDelay(double millis) {
        List<Double> delays = listen(later(said(Codec.PCMU), millis, 1)).delays();

        assertThat(delays).hasSizeBetween(2, 3).allSatisfy(delay -> assertThat(delay).isCloseTo(millis, within(2.0)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {2, 1, 0.5, 0.1, 0.05})
    void findsLoudAndFaintEchoes(double gain) {
        assertThat(listen(later(said(Codec.PCMA), 100, gain)).delays()).hasSize(3).allSatisfy(delay -> assertThat(delay).isCloseTo(100, within(2.0)));
    }

    @Test
    void findsItInNoise() {
        short[] heard = later(said(Codec.PCMU), 120, 1);
        Random random = new Random(7);
        for (int i = 0; i < heard.length; i++) {
            heard[i] += (short) (random.nextGaussian() * 400);
        }
        assertThat(listen(heard).delays()).hasSize(3).allSatisfy(delay -> assertThat(delay).isCloseTo(120, within(4.0)));
    }

    @Test
    void passesOverSpeechTonesAndClicks() {
        short[] heard = new short[SECONDS * 8_000];
        Random random = new Random(11);
        for (int i = 0; i < 8_000; i++) {
            // A second of audio similar to speech: many frequencies that come and go.
            heard[i] = (short) (3_000 * Math.sin(2 * Math.PI * 180 * i / 8_000) * Math.sin(i / 700.0) + random.nextGaussian() * 1_500);
        }
        short[] tone = Waveform.sine(1_000, 0.25, 4_800);
        System.arraycopy(tone, 0, heard, 10_000, tone.length);
        short[] other = Waveform.sine(1_400, 0.25, 800);
        System.arraycopy(other, 0, heard, 18_000, other.length);
        short[] click = Waveform.sine(1_000, 0.25, 160);
        System.arraycopy(click, 0, heard, 24_000, click.length);

        EchoDetector detector = listen(heard);
        assertThat(detector.delays()).isEmpty();
        assertThat(detector.probes()).isEqualTo(3);
    }

    @Test
    void hearsNothingBeforeItHasSaidAnything() {
        EchoDetector detector = new EchoDetector(PROBE);
        short[] heard = said(Codec.PCMU);
        for (int at = 0; at < heard.length; at += 160) {
            assertThat(detector.heard(Arrays.copyOfRange(heard, at, at + 160), 160, at / 8L * MILLI)).isEmpty();
        }
    }
}
