package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CompleteTransfer;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TransferCall;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.TransferTarget;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RpcError;
import dev.trunkline.rtc.RpcException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hand-overs in which the target speaks with the agent first, through the whole service; the test plays router, edge and agent. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class WarmHandOverServiceTest extends WholeRelay {
    private static final String METHOD = "trunkline.transfer";
    private static final double CALLER = 440;
    private static final double AGENT = 300;
    private static final double TARGET = 900;

    private final CallId call = new CallId(UUID.randomUUID());
    private final CallId leg = new CallId(UUID.randomUUID());
    private final String room = "warm-" + call;
    private final Queue<JsonNode> told = new ConcurrentLinkedQueue<>();
    private FakePhone caller;
    private FakePhone target;
    private Room agent;
    private OpusHummer voice;

    /** The caller talks with an agent, which hums. */
    @BeforeEach
    void talk() throws Exception {
        Await.untilTrue("there are ports for both calls", () -> metric("trunkline_relay_ports_available") >= 2);
        caller = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x1111));
        admit(TestCalls.admitted(call, room, caller.offer()));
        caller.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
        agent = joined("agent-1", "agent", told);
        voice = opened(OpusHummer.in(rtc, room, AGENT));
        bus.await(call, AgentJoined.class);
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
        caller.hum(CALLER);
        Await.untilTrue("the caller hears the agent", () -> caller.hears(AGENT));
    }

    private Room joined(String identity, String kind, Queue<JsonNode> heard) {
        Room in = rtc.join(JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(room, identity, kind)), rtc.nextLoop(), new RoomListener() {
            @Override
            public void dataReceived(Optional<RemoteParticipant> sender, DataMessage message) {
                if (message instanceof DataMessage.UserData data && data.topic().equals(METHOD)) {
                    heard.add(read(data.payload()));
                }
            }
        }).toCompletableFuture().join();
        open.add(() -> in.leave().toCompletableFuture().join());
        return in;
    }

    private static JsonNode read(byte[] json) {
        try {
            return EventJson.MAPPER.readTree(json);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(CompletionStage<String> answer) {
        return read(answer.toCompletableFuture().join().getBytes(StandardCharsets.UTF_8));
    }

    private CompletionStage<String> perform(String method, String payload) {
        return agent.performRpc("sip_" + TestCalls.CALLER, method, payload, Duration.ofSeconds(60));
    }

    private static RpcError error(CompletionStage<String> answer) {
        Throwable thrown = catchThrowable(() -> answer.toCompletableFuture().join());
        assertThat(thrown).hasCauseInstanceOf(RpcException.class);
        return ((RpcException) thrown.getCause()).error();
    }

    private static JsonNode told(Queue<JsonNode> whom, String state) throws Exception {
        return Await.until("it is told: " + state, Duration.ofSeconds(20),
                () -> whom.stream().filter(said -> said.path("state").asText().equals(state)).findFirst());
    }

    /** Starts a hand-off: the agent requests it, and the router permits the attempt. */
    private CompletionStage<String> started() throws Exception {
        CompletionStage<String> answer = perform(METHOD, "{\"to\":\"+32470123456\",\"way\":\"warm\"}");
        begun();
        return answer;
    }

    private void begun() throws Exception {
        TransferRequested requested = (TransferRequested) bus.await(call, TransferRequested.class).record();
        bus.say(new TransferStarted(
                call, requested.transfer(), TransferWay.WARM, Optional.of(leg), Optional.of(new TrunkRef("out-1", "out")), Optional.empty(),
                List.of()));
    }

    private String transfer() throws Exception {
        return ((TransferRequested) bus.await(call, TransferRequested.class).record()).transfer();
    }

    /** The target answers and hums. */
    private void answered() throws Exception {
        admit(TestCalls.goingOut(
                TestCalls.leg(DialPurpose.TRANSFER, Optional.of(call), SrtpUse.OFF).consulting(), TestCalls.admitted(leg, room, "")));
        var offer = (MediaReady) bus.await(leg, MediaReady.class).record();
        target = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x2222));
        target.answered(offer.sdpAnswer());
        bus.say(MediaOffered.answering(leg, 0, target.offer()));
        bus.say(new CallAnswered(leg, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
        target.hum(TARGET);
        bus.say(new TransferConsulting(call, transfer(), leg));
    }

    private boolean callerWaits() {
        return caller.share(WAITING_LOW) + caller.share(WAITING_HIGH) > 0.3;
    }

    private static final double WAITING_LOW = 523.25;
    private static final double WAITING_HIGH = 659.25;

    private void failed(String detail, OptionalInt status) throws Exception {
        bus.say(new TransferFailed(call, transfer(), Optional.of(TransferWay.WARM), Optional.of(leg), status, detail, List.of()));
        bus.say(new CallEnded(leg, "sip-edge", EndReason.CALLEE_HUNG_UP, "", true, 1_000, Optional.empty()));
    }

    private void callerIsBack() throws Exception {
        Await.untilTrue("the caller hears the agent again", () -> caller.hears(AGENT));
        assertThat(bus.count(call, EndCall.class)).isZero();
    }

    private EndCall ending() throws Exception {
        return (EndCall) bus.await(leg, EndCall.class).record();
    }

    @Test
    void agentAndTargetSpeakWhileTheCallerWaitsAndThenTheTwoAreJoined() throws Exception {
        CompletionStage<String> answer = started();
        Await.untilTrue("the caller waits", this::callerWaits);
        answered();
        JsonNode said = read(answer);
        assertThat(said.path("state").asText()).isEqualTo("consulting");
        assertThat(said.path("leg").asText()).isEqualTo(leg.toString());
        assertThat(told(told, "consulting").path("participant").asText()).startsWith("sip_").isNotEqualTo("sip_" + TestCalls.CALLER);
        Await.untilTrue("the target hears the agent", () -> target.hears(AGENT));
        int before = caller.heard.size();
        Await.untilTrue("the caller waits still", () -> caller.heard.size() > before + 100 && callerWaits());
        assertThat(caller.share(TARGET) + caller.share(AGENT)).isLessThan(0.05);
        assertThat(target.share(CALLER)).isLessThan(0.05);

        CompletionStage<String> joined = perform(METHOD + ".complete", "");
        var command = (CompleteTransfer) bus.await(leg, CompleteTransfer.class).record();
        assertThat(command.transfer()).isEqualTo(transfer());
        assertThat(error(perform(METHOD + ".complete", "")).code()).isEqualTo(409);
        assertThat(error(perform(METHOD + ".cancel", "")).code()).isEqualTo(409);
        voice.close();
        bus.say(new TransferSucceeded(call, transfer(), TransferWay.WARM, Optional.of(leg), false));
        assertThat(read(joined).path("leg").asText()).isEqualTo(leg.toString());
        told(told, "succeeded");
        agent.leave().toCompletableFuture().join();
        Await.untilTrue("the caller hears the target", () -> caller.hears(TARGET));
        Await.untilTrue("the target hears the caller", () -> target.hears(CALLER));
        assertThat(bus.count(call, EndCall.class)).isZero();
    }

    @Test
    void whoSaysThatTheTwoAreToBeJoinedMayLeaveAtOnce() throws Exception {
        started();
        answered();
        told(told, "consulting");
        agent.sendData(new DataMessage.UserData(METHOD + ".complete", new byte[0], true)).toCompletableFuture().join();
        bus.await(leg, CompleteTransfer.class);
        voice.close();
        agent.leave().toCompletableFuture().join();
        var left = (AgentLeft) bus.await(call, AgentLeft.class).record();
        bus.say(new TransferSucceeded(call, transfer(), TransferWay.WARM, Optional.of(leg), false));
        Await.untilTrue("the caller hears the target", () -> caller.hears(TARGET));
        assertThat(bus.count(leg, EndCall.class)).isZero();
        assertThat(left.route()).as("nobody is asked for in the agent's place").isEmpty();
    }

    @Test
    void theTargetDeclinesByAKeyAndTheCallerIsBackWithTheAgent() throws Exception {
        started();
        answered();
        told(told, "consulting");
        target.press(1);
        target.press(9);
        EndCall end = ending();
        assertThat(end.reason()).isEqualTo(EndReason.CALLEE_DECLINED);
        failed(end.detail(), OptionalInt.of(603));
        JsonNode said = told(told, "failed");
        assertThat(said.path("status").asInt()).isEqualTo(603);
        assertThat(said.path("detail").asText()).contains("declined");
        callerIsBack();
        assertThat(bus.count(leg, EndCall.class)).isEqualTo(1);
    }

    @Test
    void theAgentTakesItBackWhileItRings() throws Exception {
        CompletionStage<String> answer = started();
        told(told, "started");
        assertThat(error(perform(METHOD + ".complete", "")).message()).contains("not answered");
        assertThat(error(perform(METHOD, "{\"to\":\"+32470123457\"}")).code()).isEqualTo(409);
        assertThat(read(perform(METHOD + ".cancel", "")).path("transfer").asText()).isEqualTo(transfer());
        assertThat(ending().reason()).isEqualTo(EndReason.REQUESTED);
        failed("The transfer was cancelled.", OptionalInt.of(487));
        assertThat(error(answer).code()).isEqualTo(487);
        callerIsBack();
        assertThat(error(perform(METHOD + ".cancel", "")).message()).contains("No warm hand-over");
    }

    @Test
    void anAgentWhoIsLostInTheMiddleTakesTheTargetWithIt() throws Exception {
        started();
        answered();
        told(told, "consulting");
        voice.close();
        agent.leave().toCompletableFuture().join();
        assertThat(ending().reason()).isEqualTo(EndReason.AGENT_LEFT);
        var left = (AgentLeft) bus.await(call, AgentLeft.class, AgentLeft::alone).record();
        assertThat(left.route()).as("somebody is asked for in its place").isPresent();
        failed("Everybody who could have spoken with the target has left.", OptionalInt.empty());
        Await.untilTrue("the caller hears the waiting sound", this::callerWaits);
        assertThat(caller.share(TARGET)).isLessThan(0.05);
        assertThat(bus.count(call, EndCall.class)).isZero();
    }

    @Test
    void twoWhoSpeakForTooLongAreParted() throws Exception {
        started();
        answered();
        told(told, "consulting");
        Await.untilTrue("they are parted", Duration.ofSeconds(60), () -> bus.count(leg, EndCall.class) == 1);
        EndCall end = ending();
        assertThat(end.reason()).isEqualTo(EndReason.TOO_LONG);
        failed(end.detail(), OptionalInt.empty());
        callerIsBack();
    }

    @Test
    void theAgentOfTheRoomHearsOfOneThatAProgramAskedFor() throws Exception {
        // LiveKit reports an agent that publishes nothing only after seconds; an agent that has called a method is known.
        assertThat(error(perform(METHOD + ".cancel", "")).message()).contains("No warm hand-over");
        var targets = new SealedTargets(TestCalls.SEALER);
        bus.command(new TransferCall(
                call, "t-1", targets.seal(call, new TransferTarget("+32470123456")), Optional.empty(), Optional.empty(), true,
                OptionalInt.empty(), "api", Optional.empty()));
        begun();
        answered();
        assertThat(told(told, "consulting").path("transfer").asText()).isEqualTo("t-1");
        perform(METHOD + ".complete", "");
        bus.await(leg, CompleteTransfer.class);
        bus.say(new TransferSucceeded(call, "t-1", TransferWay.WARM, Optional.of(leg), true));
        told(told, "succeeded");
        Await.untilTrue("the three hear each other", () -> caller.share(TARGET) > 0.2 && caller.share(AGENT) > 0.2);
    }

    @Test
    void thereIsNoneWhereAnotherCallerWouldHearIt() throws Exception {
        joined("sip_stranger", "sip", new ConcurrentLinkedQueue<>());
        Await.untilTrue("the relay knows of the other caller", () -> {
            RpcError error = error(perform(METHOD, "{\"to\":\"+32470123456\",\"way\":\"warm\"}"));
            return error.code() == 409 && error.message().contains("Several callers");
        });
        assertThat(caller.hears(AGENT)).isTrue();
    }

    @Test
    void aRuleMayHaveEachOneBeWarm() throws Exception {
        CompletionStage<String> answer = perform(METHOD, "{\"to\":\"+32470123456\"}");
        bus.say(new TransferStarted(
                call, transfer(), TransferWay.WARM, Optional.of(leg), Optional.of(new TrunkRef("out-1", "out")), Optional.empty(),
                Optional.of(TransferWay.WARM), List.of()));
        Await.untilTrue("the caller waits", this::callerWaits);
        failed("The called party was busy.", OptionalInt.of(486));
        assertThat(error(answer).code()).isEqualTo(486);
        callerIsBack();
        assertThat(bus.count(call, TransferRequested.class)).as("there is no second way").isEqualTo(1);
    }
}
