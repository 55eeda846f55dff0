package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.events.Topics;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
        assertThat(RoomAgents.answering(List.of(recorder, human, agent), false)).contains(agent);
        assertThat(RoomAgents.answering(List.of(recorder, human), false)).contains(human);
        assertThat(RoomAgents.answering(List.of(recorder), true)).isEmpty();
        RemoteParticipant supervisor = participant("eve", ParticipantKind.STANDARD, Map.of("trunkline.supervisor", "true"));
        assertThat(RoomAgents.answering(List.of(supervisor, human), false)).contains(human);
        assertThat(RoomAgents.answering(List.of(supervisor), true)).isEmpty();
        assertThat(RoomAgents.mayAsk(supervisor)).isFalse();
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
    void endedCallsAreRemembered() {
        var calls = new Calls(
            Clock.systemUTC(), new KeptPartitions(List.of(Topics.EVENTS), () -> 4, System::nanoTime));
        assertThat(calls.hasEnded("a")).isFalse();
        calls.ended("a");
        assertThat(calls.hasEnded("a")).isTrue();
    }
}
