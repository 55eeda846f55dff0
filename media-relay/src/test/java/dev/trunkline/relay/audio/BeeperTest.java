package dev.trunkline.relay.audio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.audio.Beeper.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeeperTest {
    private final Beeper beeper = new Beeper(8_000);

    private List<short[]> play(Signal signal) {
        beeper.play(signal);
        List<short[]> frames = new ArrayList<>();
        while (beeper.busy()) {
            frames.add(beeper.next().clone());
        }
        return frames;
    }

    private static int loudest(short[] frame) {
        return IntStream.range(0, frame.length).map(i -> Math.abs(frame[i])).max().orElseThrow();
    }

    private static long tones(List<short[]> frames) {
        return IntStream.range(1, frames.size())
                .filter(i -> loudest(frames.get(i)) > 1_000 && loudest(frames.get(i - 1)) <= 1_000)
                .count();
    }

    @ParameterizedTest
    @CsvSource({"ASK, 30", "AGAIN, 56"})
    void aSignalIsAsLongAsItsTones(Signal signal, int frames) {
        assertThat(play(signal)).hasSize(frames);
        assertThat(loudest(beeper.next())).isZero();
    }

    @Test
    void askingIsOneToneAfterAMoment() {
        List<short[]> frames = play(Signal.ASK);
        assertThat(frames.subList(0, 15)).allMatch(frame -> loudest(frame) == 0);
        assertThat(tones(frames)).isEqualTo(1);
        assertThat(frames.subList(16, 29)).allMatch(frame -> loudest(frame) > 7_000 && loudest(frame) <= 8_192);
    }

    @Test
    void aSignalCutsOffTheOneBefore() {
        beeper.play(Signal.AGAIN);
        beeper.next();
        assertThat(play(Signal.ASK)).hasSize(30);
    }

    @Test
    void nothingClicks() {
        short before = 0;
        for (short[] frame : play(Signal.AGAIN)) {
            for (short sample : frame) {
                // A full 1000 Hz tone at this volume changes by at most 5794 from one sample to the next.
                assertThat(Math.abs(sample - before)).isLessThan(6_500);
                before = sample;
            }
        }
        assertThat(Math.abs((int) before)).isLessThan(500);
    }
}
