package dev.trunkline.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TraceStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final String CALL = "019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e";

    /** The text that a person reads about a whole call is in a file, so that a review shows any change to it. */
    @Test
    void aWholeCall() throws IOException {
        assertThat(print(Story.of(CALL, "8f14e45f@203.0.113.7").answered().events())).isEqualTo(golden("answered.txt"));
    }

    @Test
    void aRefusedCall() throws IOException {
        assertThat(print(Story.of(CALL, "8f14e45f@203.0.113.7").refused().events())).isEqualTo(golden("refused.txt"));
    }

    @Test
    void aLegThatWasCalledForAnother() {
        String text = print(Story.of("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6f", "out@edge").dialled(CallId.of(CALL)).events());
        assertThat(text)
                .contains("leg of    " + CALL, "Call-ID   out@edge", "outcome   Answered, talked for 5.0 s.")
                .contains("out by trunk yeastar for acme, as +3225550100, transfer of call " + CALL)
                .contains("admitted: trunk 1 of 30, calls-out 1")
                .contains("180 from gateway 203.0.113.9", "whoever was called answered, 4000 ms after the route");
    }

    @Test
    void anEventThatStandsTwiceIsPrintedOnce() {
        List<Envelope> events = new ArrayList<>(Story.of(CALL, "a").refused().events());
        events.add(events.getLast());
        String text = print(events);
        assertThat(text.lines().filter(line -> line.contains("refused, 486"))).hasSize(1);
        assertThat(text).contains("Kafka has 1 of these events more than once");
    }

    @Test
    void aCallWithoutAnEnd() {
        List<Envelope> events = Story.of(CALL, "a").answered().events();
        assertThat(print(events.subList(0, 8))).contains("outcome   Answered, and no end is known yet");
        assertThat(print(events.subList(0, 3))).contains("outcome   Neither answered nor refused yet");
    }

    @Test
    void aCallWhoseInviteIsGone() {
        List<Envelope> events = Story.of(CALL, "a").answered().events();
        assertThat(print(events.subList(7, events.size()))).contains("Call-ID   unknown").contains("room-closed");
    }

    @Test
    void clocksThatDifferAreSaid() {
        List<Envelope> events = new ArrayList<>(Story.of(CALL, "a").refused().events());
        events.add(1, events.removeLast());
        assertThat(print(events)).contains("-9.0").contains("The clocks of the services differ");
    }

    @Test
    void aForwardedCall() {
        var invite = Story.of(CALL, "a");
        var forwarded = new CallForwarded(
                CallId.of(CALL), invite.invite(), new OrganisationRef("o", "acme"), "+3225550100", new RuleRef("r", "night"),
                "sip:desk@example.com", "rule night forwards", List.of(new TraceStep("rule-matched", "Rule night.")));
        assertThat(print(invite.add(12, "/call-router/router-1", forwarded).events()))
                .contains("forwarded to sip:desk@example.com by rule night: rule night forwards", "rule-matched: Rule night.");
    }

    @Test
    void aCallerWhoIsAskedForAPin() {
        CallId call = CallId.of(CALL);
        var story = Story.of(CALL, "a")
                .add(60, "/media-relay/relay-1", new MediaReady(call, "relay-1", "board", "", "v=0", "PCMA", 0))
                .add(9_000, "/media-relay/relay-1", new MediaReady(call, "relay-1", "board", "PA_1", "v=0", "PCMA", 0));
        assertThat(print(story.events()))
                .contains("a port for the phone, PCMA; the caller must enter the PIN before room board")
                .contains("in room board with a port for the phone, PCMA");
    }

    @Test
    void agentsThatWereRefusedAtOnce() {
        var story = Story.of(CALL, "a").add(60, "/agent-dispatcher/dispatcher-1",
                new AgentUnavailable(CallId.of(CALL), List.of("demo"), 0, "LiveKit refused the dispatch of demo (no)."));
        assertThat(print(story.events())).contains("no agent: LiveKit refused the dispatch of demo (no).");
    }

    @Test
    void aPersonAtADeskIsAPerson() {
        CallId call = CallId.of(CALL);
        var answered = Story.of(CALL, "a").toDesk()
                .add(900, "/media-relay/relay-1", new AgentJoined(call, "anna", "PA_2", "standard", 800))
                .add(5_900, "/media-relay/relay-1", new AgentLeft(call, "anna", "PA_2", "standard", "left", 5_000, true, Optional.empty()));
        assertThat(print(answered.events()))
                .contains("room front-desk, a person there answers, answered when a person publishes or listens")
                .contains("anna (a person) answers", "anna (a person) left after 5.0 s")
                .doesNotContain("agent");
        var nobody = Story.of(CALL, "a").toDesk();
        nobody.add(20_030, "/agent-dispatcher/dispatcher-1", new AgentUnavailable(call, List.of(), 20, "Nobody joined."))
                .add(20_040, "/sip-edge/edge-1", CallRejected.of(
                        nobody.invite(), RefusalReason.NO_AGENT, OptionalInt.empty(), "sip-edge", Optional.empty(), List.of()));
        assertThat(print(nobody.events()))
                .contains("nobody at the desk within 20 s: Nobody joined.")
                .contains("Refused with 480 no-agent by sip-edge: Nobody at the desk came within the rule's patience.")
                .doesNotContain("No agent", "an agent");
    }

    @Test
    void aCallThatGoesOnSaysToWhom() {
        assertThat(print(Story.of(CALL, "a").onward().events()))
                .contains("on to +3225550191 and 1000 for 25 s, then sip:sales@pbx.example for 20 s, into room call_d14b5bc8_x6ed, answered when one of them answers")
                .doesNotContain("dispatch", "agent");
    }

    @Test
    void aWrongPinIsNoTalk() {
        var story = Story.of(CALL, "a").add(12_000, "/sip-edge/edge-1", new CallEnded(
                CallId.of(CALL), "sip-edge", EndReason.PIN_WRONG, "no tries for the PIN are left", true, 11_000, Optional.empty()));
        assertThat(print(story.events())).contains("Answered for the PIN alone, talked to nobody. Ended by sip-edge, pin-wrong");
    }

    private static String print(List<Envelope> events) {
        var bytes = new ByteArrayOutputStream();
        new Timeline(new PrintStream(bytes, true, StandardCharsets.UTF_8), ZoneId.of("Europe/Brussels")).print(events);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String golden(String name) throws IOException {
        try (var file = TimelineTest.class.getResourceAsStream("/trace/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
