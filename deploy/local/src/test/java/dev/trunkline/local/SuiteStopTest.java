package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteStopTest {
    /** Records in a file that it was told to stop and, after a while, that it has stopped. */
    private static final String TIDY = "trap 'echo told $0 >> order; sleep 0.3; echo over $0 >> order; exit' TERM; echo up; while :; do sleep 0.05; done";
    private static final String DEAF = "trap '' TERM; echo up; while :; do sleep 0.05; done";

    private static final Duration GENEROUS = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final Progress progress = new Progress() {
        @Override
        public void say(String line) {
            said.add(line);
        }

        @Override
        public void started(String part) {}
    };

    private ChildProcess part(String name, String script) throws Exception {
        var child = new ChildProcess(
                name, List.of("/bin/sh", "-c", "cd '" + folder + "'; " + script, name), Map.of(),
                new LogFile(folder.resolve(name + ".log"), LogFile.DEFAULT_LIMITS), new ReadySign.LogLine("up"));
        child.start();
        child.awaitReady(java.net.http.HttpClient.newHttpClient(), Duration.ofSeconds(20));
        return child;
    }

    @Test
    void eachPartStopsWhileWhatItNeedsIsThere() throws Exception {
        List<ChildProcess> parts = List.of(
                part("kafka", TIDY), part("call-router", TIDY), part("sip-edge", TIDY), part("media-relay", TIDY));
        new SuiteStop(parts, bound -> write("stores"), Duration.ofSeconds(5), GENEROUS, () -> OptionalInt.of(2), progress).run();
        assertThat(Files.readAllLines(folder.resolve("order"))).containsExactly(
                "told sip-edge", "over sip-edge", "told media-relay", "over media-relay",
                "told call-router", "over call-router", "stores", "told kafka", "over kafka");
        assertThat(said).containsExactly(
                "stopping: 2 ongoing calls, which have 5 s to end", "sip-edge has stopped", "media-relay has stopped",
                "call-router has stopped", "kafka has stopped");
    }

    @Test
    void whatHangsIsKilledAfterItsShareAndTheOthersAreStoppedAllTheSame() throws Exception {
        List<ChildProcess> parts = List.of(part("sip-edge", DEAF), part("call-router", TIDY), part("demo-agent", TIDY));
        new SuiteStop(parts, bound -> {}, Duration.ZERO, Duration.ofSeconds(20), OptionalInt::empty, progress).run();
        assertThat(said.getFirst()).startsWith("sip-edge did not stop in time and was killed, see ");
        assertThat(Files.readAllLines(folder.resolve("order"))).contains("over call-router", "over demo-agent");
        assertThat(parts).noneMatch(ChildProcess::isAlive);
    }

    @Test
    void howeverManyHangAllOfItHasOneBound() throws Exception {
        List<ChildProcess> parts = List.of(
                part("sip-edge", DEAF), part("media-relay", DEAF), part("call-router", DEAF), part("kafka", DEAF));
        var ofStores = new AtomicReference<Duration>();
        new SuiteStop(parts, ofStores::set, Duration.ofSeconds(1), Duration.ofSeconds(1), OptionalInt::empty, progress).run();
        assertThat(parts).noneMatch(ChildProcess::isAlive);
        assertThat(said).hasSize(4).allMatch(line -> line.contains("did not stop in time and was killed"));
        assertThat(ofStores.get()).as("what is left of two seconds").isLessThanOrEqualTo(Duration.ofMillis(900));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 | 5000   | no ongoing calls",
        "1 | 5000   | 1 ongoing call, which has 5 s to end",
        "3 | 300000 | 3 ongoing calls, which have 300 s to end",
        "2 | 1500   | 2 ongoing calls, which have 1.5 s to end",
    })
    void whoWaitsIsToldForHowLong(int calls, long millis, String words) {
        assertThat(SuiteStop.words(calls, Duration.ofMillis(millis))).isEqualTo(words);
    }

    private void write(String line) {
        try {
            Files.writeString(folder.resolve("order"), line + "\n", java.nio.file.StandardOpenOption.APPEND);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
