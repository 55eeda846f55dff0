package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartTimesTest {
    private Instant now = Instant.EPOCH;
    private final StartTimes times = new StartTimes(() -> now);

    @Test
    void aPartTakesFromItsBeginningUntilItIsReady() {
        after(100);
        times.begun("kafka");
        after(1_500);
        times.ready("kafka", () -> Duration.ofMillis(900));

        StartTime kafka = times.all().get("kafka");
        assertThat(kafka).isEqualTo(new StartTime(Duration.ofMillis(100), Duration.ofMillis(1_600), Duration.ofMillis(900)));
        assertThat(kafka.took()).isEqualTo(Duration.ofMillis(1_500));
    }

    @Test
    void aPartThatIsStartedAgainKeepsTheTimeOfItsFirstStart() {
        times.begun("sip-edge");
        after(2_000);
        times.ready("sip-edge", () -> Duration.ofSeconds(1));
        after(60_000);
        times.begun("sip-edge");
        times.ready("sip-edge", () -> Duration.ofSeconds(9));

        assertThat(times.all().get("sip-edge").ready()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void partsComeInTheOrderInWhichTheyWereReadyAndOthersAreMissing() {
        List.of("redis", "kafka", "media-relay").forEach(times::begun);
        times.ready("kafka", () -> Duration.ZERO);
        times.ready("redis", () -> Duration.ZERO);

        assertThat(times.all().keySet()).containsExactly("kafka", "redis");
    }

    @Test
    void whatAProcessHasUsedIsKnownOfThisOne() {
        assertThat(StartTimes.cpu(ProcessHandle.current())).isPositive();
    }

    @Test
    void theFileOfARunningSuiteKeepsThem(@TempDir Path state) throws Exception {
        Map<String, StartTime> starts = new LinkedHashMap<>();
        starts.put("sip-edge", StartTime.parse("1000 3200 2100"));
        starts.put(RunningSuite.WHOLE, StartTime.parse("0 9800 21000"));
        var suite = new RunningSuite("127.0.0.1", 5060, "127.0.0.1:9092", Optional.empty(), 6379, "ws://127.0.0.1:7880", Map.of("redis", 7L), Map.of(), starts);

        suite.save(state);

        assertThat(RunningSuite.load(state)).isEqualTo(suite);
    }

    @Test
    void theFileOfAnEarlierVersionIsReadWithoutThem(@TempDir Path state) throws Exception {
        Files.writeString(state.resolve("suite.properties"), "sip.address=127.0.0.1\nsip.port=5060\nkafka=127.0.0.1:9092\npid.sip-edge=3\n");
        assertThat(RunningSuite.load(state).starts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 2", "1 2 x", "1 2 3 4", "-1 2 3", "1  2 3"})
    void aDamagedTimeIsRefused(String text) {
        assertThatThrownBy(() -> StartTime.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not the times");
    }

    private void after(long millis) {
        now = now.plusMillis(millis);
    }
}
