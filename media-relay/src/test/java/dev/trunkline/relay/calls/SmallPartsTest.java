package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {
    private static RemoteParticipant participant(String identity, ParticipantKind kind, Map<String, String> attributes) {
        return new RemoteParticipant("PA_" + identity, identity, "", kind, "", attributes, List.of());
    }

    @Test
    void anAgentAnswersBeforeAnybodyElse() {
        RemoteParticipant human = participant("human", ParticipantKind.STANDARD, Map.of());
        RemoteParticipant agent = participant("agent-x", ParticipantKind.AGENT, Map.of("lk.agent.name", "demo"));
        RemoteParticipant recorder = participant("recorder", ParticipantKind.EGRESS, Map.of());
        assertThat(RoomAgents.answering(List.of(recorder, human, agent))).contains(agent);
        assertThat(RoomAgents.answering(List.of(recorder, human))).contains(human);
        assertThat(RoomAgents.answering(List.of(recorder))).isEmpty();
        assertThat(RoomAgents.name(agent)).isEqualTo("demo");
        assertThat(RoomAgents.name(human)).isEqualTo("human");
    }

    @Test
    void anotherCallersNumberIsNeverTheAgentsName() {
        assertThat(RoomAgents.name(participant("sip_+15550001", ParticipantKind.SIP, Map.of()))).doesNotContain("1555");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:5060, 127.0.0.1", "[2001:db8::1]:5060, 2001:db8::1", "192.0.2.1, 192.0.2.1"})
    void readsSources(String source, String address) {
        assertThat(Sources.of(source)).contains(InetAddress.ofLiteral(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pbx.example.org:5060", "nonsense", ":5060", ""})
    void looksNothingUp(String source) {
        assertThat(Sources.of(source)).isEmpty();
    }

    @Test
    void aQueueKeepsTheOrderAndOutlivesAFailure() throws Exception {
        List<Integer> done = new ArrayList<>();
        var finished = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var queue = new SerialQueue("test", threads);
            for (int i = 0; i < 1_000; i++) {
                int number = i;
                queue.execute(() -> {
                    if (number == 500) {
                        throw new IllegalStateException("on purpose");
                    }
                    done.add(number);
                });
            }
            queue.execute(finished::countDown);
            assertThat(finished.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(done).hasSize(999).isSorted();
    }

    @Test
    void endedCallsAreRemembered() {
        var calls = new Calls(Clock.systemUTC());
        assertThat(calls.hasEnded("a")).isFalse();
        calls.ended("a");
        assertThat(calls.hasEnded("a")).isTrue();
    }
}
