package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.TransferCall;
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
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.DataMessage;
import dev.trunkline.rtc.RpcError;
import dev.trunkline.rtc.RpcException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hand-overs that agents, people and programs request, through the whole service; the test plays router and edge. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class TransferServiceTest extends WholeRelay {
    private static final String METHOD = "trunkline.transfer";
    private static final SealedTargets TARGETS = new SealedTargets(TestCalls.SEALER);

    private final CallId call = new CallId(UUID.randomUUID());
    private final CallId leg = new CallId(UUID.randomUUID());
    private final String room = "transfer-" + call;
    private FakePhone phone;
    private FakeAgent agent;

    @BeforeEach
    void ring() throws Exception {
        Await.untilTrue("there are ports", () -> metric("trunkline_relay_ports_available") >= 2);
        phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x1111));
        admit(TestCalls.admitted(call, room, phone.offer()));
        phone.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
        agent = opened(new FakeAgent(rtc, room, "agent-1", AudioCodec.PCMU));
        bus.await(call, AgentJoined.class);
        phone.hum(440);
    }

    private void answer() throws Exception {
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.ON_AGENT, 50, "sealed"));
        Await.untilTrue("the phone hears its tone", () -> phone.hears(440));
    }

    private String caller() {
        return "sip_" + TestCalls.CALLER;
    }

    private CompletionStage<String> perform(String json) {
        return agent.room.performRpc(caller(), METHOD, json, Duration.ofSeconds(60));
    }

    private static RpcError error(CompletionStage<String> answer) {
        Throwable thrown = catchThrowable(() -> answer.toCompletableFuture().join());
        assertThat(thrown).hasCauseInstanceOf(RpcException.class);
        return ((RpcException) thrown.getCause()).error();
    }

    private TransferRequested requested() throws Exception {
        return (TransferRequested) bus.await(call, TransferRequested.class).record();
    }

    private void started(String transfer) {
        bus.say(new TransferStarted(
                call, transfer, TransferWay.BRIDGE, Optional.of(leg), Optional.of(new TrunkRef("out-1", "out")), Optional.empty(),
                List.of()));
    }

    private void failed(String transfer, OptionalInt status) {
        bus.say(new TransferFailed(
                call, transfer, Optional.of(TransferWay.BRIDGE), Optional.of(leg), status, "Whom it called was busy.", List.of()));
    }

    /** Waits for a matching data message to the agent. */
    private JsonNode told(Predicate<JsonNode> which) throws Exception {
        return Await.until("the agent is told", Duration.ofSeconds(20), () -> agent.data.stream()
                .filter(DataMessage.UserData.class::isInstance).map(DataMessage.UserData.class::cast)
                .filter(message -> message.topic().equals(METHOD))
                .map(message -> read(message.payload()))
                .filter(which).findFirst());
    }

    private static JsonNode read(byte[] json) {
        try {
            return EventJson.MAPPER.readTree(json);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Predicate<JsonNode> state(String state) {
        return said -> said.path("state").asText().equals(state);
    }

    private void send(byte[] payload) {
        agent.room.sendData(new DataMessage.UserData(METHOD, payload, true)).toCompletableFuture().join();
    }

    private void send(String json) {
        send(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anAgentWhoCallsTheMethodGetsTheEndForItsAnswer() throws Exception {
        answer();
        CompletionStage<String> answer = perform(
                "{\"to\":\"+32470123456\",\"trunk\":\"carrier\",\"way\":\"bridge\",\"agents_stay\":true,\"ringing_seconds\":20}");
        TransferRequested requested = requested();
        assertThat(TARGETS.transfer(call, requested.sealedTarget())).isEqualTo(new TransferTarget("+32470123456"));
        assertThat(requested.toString()).doesNotContain("470123456");
        assertThat(requested.outboundTrunk()).contains("carrier");
        assertThat(requested.way()).contains(TransferWay.BRIDGE);
        assertThat(requested.agentsStay()).isTrue();
        assertThat(requested.ringingSeconds()).hasValue(20);
        assertThat(requested.requestedBy()).isEqualTo("agent");
        assertThat(requested.room()).isEqualTo(room);
        assertThat(requested.relay()).isEqualTo("relay-t");
        started(requested.transfer());
        assertThat(told(state("started")).path("leg").textValue()).isEqualTo(leg.toString());
        assertThat(answer.toCompletableFuture().isDone()).isFalse();
        bus.say(new TransferSucceeded(call, requested.transfer(), TransferWay.BRIDGE, Optional.of(leg), true));
        JsonNode said = read(answer.toCompletableFuture().join().getBytes(StandardCharsets.UTF_8));
        assertThat(said.path("transfer").textValue()).isEqualTo(requested.transfer());
        assertThat(said.path("leg").textValue()).isEqualTo(leg.toString());
        told(state("succeeded"));
    }

    @Test
    void whatWentWrongIsAnErrorWithTheSipStatusAndAnotherMayBeTried() throws Exception {
        answer();
        CompletionStage<String> answer = perform("{\"to\":\"+32470123456\"}");
        TransferRequested requested = requested();
        assertThat(error(perform("{\"to\":\"+32470123457\"}")).code()).isEqualTo(409);
        failed(requested.transfer(), OptionalInt.of(486));
        RpcError error = error(answer);
        assertThat(error.code()).isEqualTo(486);
        assertThat(error.message()).isEqualTo("Whom it called was busy. (SIP 486)");
        assertThat(read(error.data().getBytes(StandardCharsets.UTF_8)).path("status").intValue()).isEqualTo(486);

        send("{\"to\":\"+32470123458\"}");
        var second = (TransferRequested) bus.await(
                call, TransferRequested.class, event -> !event.transfer().equals(requested.transfer())).record();
        started(second.transfer());
        told(said -> state("started").test(said) && said.path("transfer").textValue().equals(second.transfer()));
        failed(second.transfer(), OptionalInt.of(480));
        JsonNode said = told(one -> state("failed").test(one) && one.path("transfer").textValue().equals(second.transfer()));
        assertThat(said.path("status").intValue()).isEqualTo(480);
        assertThat(said.path("detail").textValue()).isEqualTo("Whom it called was busy.");
        assertThat(bus.count(call, TransferRequested.class)).isEqualTo(2);
    }

    @Test
    void whatIsNotTakenByReferIsBridgedWhereThatWasAskedAndTheAskerHearsOneEnd() throws Exception {
        answer();
        CompletionStage<String> answer = perform("{\"to\":\"+32470123456\",\"way\":\"refer-first\",\"agents_stay\":true}");
        TransferRequested first = requested();
        assertThat(first.way()).contains(TransferWay.REFER_FIRST);
        bus.say(new TransferFailed(
                call, first.transfer(), Optional.of(TransferWay.REFER), Optional.empty(), OptionalInt.of(405), "It takes no REFER.", List.of()));
        var second = (TransferRequested) bus.await(
                call, TransferRequested.class, event -> !event.transfer().equals(first.transfer())).record();
        assertThat(second.transfer()).isEqualTo(first.transfer() + ".2");
        assertThat(second.way()).contains(TransferWay.BRIDGE);
        assertThat(second.sealedTarget()).isEqualTo(first.sealedTarget());
        assertThat(second.agentsStay()).isTrue();
        assertThat(answer.toCompletableFuture().isDone()).isFalse();
        bus.say(new TransferSucceeded(call, second.transfer(), TransferWay.BRIDGE, Optional.of(leg), true));
        assertThat(read(answer.toCompletableFuture().join().getBytes(StandardCharsets.UTF_8)).path("transfer").textValue())
                .isEqualTo(first.transfer());
    }

    @Test
    void theSecondWayOfTheRuleIsTriedWhereWhoeverAskedNamedNone() throws Exception {
        answer();
        CompletionStage<String> answer = perform("{\"to\":\"+32470123456\"}");
        TransferRequested first = requested();
        assertThat(first.way()).isEmpty();
        bus.say(new TransferStarted(
                call, first.transfer(), TransferWay.REFER, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.of(TransferWay.REFER_FIRST), List.of()));
        bus.say(new TransferFailed(
                call, first.transfer(), Optional.of(TransferWay.REFER), Optional.empty(), OptionalInt.of(405), "It takes no REFER.", List.of()));
        var second = (TransferRequested) bus.await(
                call, TransferRequested.class, event -> event.transfer().equals(first.transfer() + ".2")).record();
        assertThat(second.way()).contains(TransferWay.BRIDGE);
        started(second.transfer());
        bus.say(new TransferSucceeded(call, second.transfer(), TransferWay.BRIDGE, Optional.of(leg), false));
        assertThat(read(answer.toCompletableFuture().join().getBytes(StandardCharsets.UTF_8)).path("transfer").textValue())
                .isEqualTo(first.transfer());
    }

    @Test
    void bothWaysAreTriedOnceAndNoneWhereTheTargetIsBusyOrTheRouterRefuses() throws Exception {
        answer();
        CompletionStage<String> both = perform("{\"to\":\"+32470123456\",\"way\":\"bridge-first\"}");
        TransferRequested first = requested();
        failed(first.transfer(), OptionalInt.of(404));
        var second = (TransferRequested) bus.await(
                call, TransferRequested.class, event -> event.transfer().equals(first.transfer() + ".2")).record();
        assertThat(second.way()).contains(TransferWay.REFER);
        bus.say(new TransferFailed(
                call, second.transfer(), Optional.of(TransferWay.REFER), Optional.empty(), OptionalInt.of(501), "It takes no REFER.", List.of()));
        assertThat(error(both).code()).isEqualTo(501);

        CompletionStage<String> busy = perform("{\"to\":\"+32470123457\",\"way\":\"bridge-first\"}");
        var third = (TransferRequested) bus.await(call, TransferRequested.class,
                event -> !event.transfer().startsWith(first.transfer())).record();
        failed(third.transfer(), OptionalInt.of(486));
        assertThat(error(busy).code()).isEqualTo(486);

        CompletionStage<String> refused = perform("{\"to\":\"+32470123458\",\"way\":\"refer-first\"}");
        var fourth = (TransferRequested) bus.await(call, TransferRequested.class,
                event -> !event.transfer().startsWith(first.transfer()) && !event.transfer().equals(third.transfer())).record();
        bus.say(new TransferFailed(
                call, fourth.transfer(), Optional.empty(), Optional.empty(), OptionalInt.empty(), "Not there.", List.of()));
        assertThat(error(refused).message()).isEqualTo("Not there.");
        assertThat(bus.count(call, TransferRequested.class)).isEqualTo(4);
    }

    @Test
    void aCallThatIsNotAnsweredIsNotHandedOver() throws Exception {
        RpcError error = error(perform("{\"to\":\"+32470123456\"}"));
        assertThat(error.code()).isEqualTo(409);
        assertThat(error.message()).contains("not been answered");
        send("{\"to\":\"+32470123456\"}");
        assertThat(told(state("failed")).path("code").intValue()).isEqualTo(409);
        assertThat(bus.count(call, TransferRequested.class)).isZero();
    }

    @Test
    void whoAsksAMomentBeforeTheAnswerIsHeardWaitsForIt() throws Exception {
        CompletionStage<String> early = perform("{\"to\":\"+32470123456\"}");
        RpcError second = error(perform("{\"to\":\"+32470123457\"}"));
        assertThat(second.code()).as("one waits at a time").isEqualTo(409);
        assertThat(bus.count(call, TransferRequested.class)).isZero();
        answer();
        bus.say(new TransferSucceeded(call, requested().transfer(), TransferWay.BRIDGE, Optional.of(leg), true));
        assertThat(early.toCompletableFuture().join()).contains(leg.toString());
        assertThat(bus.count(call, TransferRequested.class)).isEqualTo(1);
    }

    @Test
    void garbageHarmsNobody() throws Exception {
        answer();
        for (String bad : List.of("", "no json", "{}", "{\"to\":\"\"}", "{\"to\":\"" + "1".repeat(300) + "\"}", "[".repeat(4_000),
                "{\"to\":\"1\",\"way\":\"teleport\"}", "x".repeat(15_000))) {
            assertThat(error(perform(bad)).code()).isEqualTo(400);
        }
        assertThat(error(agent.room.performRpc(caller(), "no.such.method", "", Duration.ofSeconds(20))).code())
                .isEqualTo(RpcError.UNSUPPORTED_METHOD);
        var random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] payload = new byte[random.nextInt(2_000)];
            random.nextBytes(payload);
            send(payload);
        }
        assertThat(told(state("failed")).path("code").intValue()).isEqualTo(400);
        int beats = (int) bus.count(call, CallHeartbeat.class);
        int before = phone.heard.size();
        Await.untilTrue("the call goes on", () -> bus.count(call, CallHeartbeat.class) > beats + 2
                && phone.heard.size() > before + 50 && phone.hears(440));
        assertThat(bus.count(call, TransferRequested.class) + bus.count(call, EndCall.class)).isZero();
        assertThat(agent.data.size()).isLessThan(60);

        CompletionStage<String> good = perform("{\"to\":\"+32470123456\"}");
        bus.say(new TransferSucceeded(call, requested().transfer(), TransferWay.BRIDGE, Optional.of(leg), true));
        assertThat(good.toCompletableFuture().join()).contains(leg.toString());
    }

    @Test
    void anotherPhoneInTheRoomMayNotAsk() throws Exception {
        answer();
        FakeAgent sip = opened(new FakeAgent(rtc, room, "sip_stranger", AudioCodec.PCMU, "sip"));
        RpcError error = error(sip.room.performRpc(caller(), METHOD, "{\"to\":\"+32470123456\"}", Duration.ofSeconds(20)));
        assertThat(error.code()).isEqualTo(403);
        sip.room.sendData(new DataMessage.UserData(METHOD, "{\"to\":\"1\"}".getBytes(StandardCharsets.UTF_8), true))
                .toCompletableFuture().join();

        // With a second caller in the room, a request must name the caller that it means.
        send("{\"to\":\"+32470123456\"}");
        assertThat(told(state("failed")).path("detail").textValue()).contains("participant");
        send("{\"to\":\"+32470123456\",\"participant\":\"sip_somebody-else\"}");
        send("{\"to\":\"+32470123457\",\"participant\":\"" + caller() + "\"}");
        assertThat(TARGETS.transfer(call, requested().sealedTarget()).to()).isEqualTo("+32470123457");
        assertThat(bus.count(call, TransferRequested.class)).isEqualTo(1);
    }

    private TransferCall command(String transfer) {
        return new TransferCall(
                call, transfer, TARGETS.seal(call, new TransferTarget("+32470123456")), Optional.empty(), Optional.of(TransferWay.REFER),
                false, OptionalInt.of(40), "api", Optional.empty());
    }

    @Test
    void whenTheCallersPhoneHasItsPlaceGivenToAnotherTheAgentIsToldOfIt() throws Exception {
        answer();
        bus.command(new TransferCall(
                call, "by-phone", TARGETS.seal(call, new TransferTarget("201")), Optional.empty(), Optional.of(TransferWay.BRIDGE), true,
                OptionalInt.empty(), "phone", Optional.of(call)));
        TransferRequested requested = requested();
        assertThat(requested.referredBy()).contains(call);
        assertThat(requested.isReplaced()).isTrue();
        started("by-phone");
        bus.say(new TransferSucceeded(call, "by-phone", TransferWay.BRIDGE, Optional.of(leg), true));
        JsonNode told = told(state("replaced"));
        assertThat(told.path("leg").textValue()).isEqualTo(leg.toString());
        assertThat(told.path("transfer").textValue()).isEqualTo("by-phone");
    }

    @Test
    void aProgramAsksByACommandAndOneThatIsKnownChangesNothing() throws Exception {
        answer();
        bus.command(command("t-1"));
        TransferRequested requested = requested();
        assertThat(requested.transfer()).isEqualTo("t-1");
        assertThat(requested.requestedBy()).isEqualTo("api");
        assertThat(requested.way()).contains(TransferWay.REFER);
        assertThat(TARGETS.transfer(call, requested.sealedTarget()).to()).isEqualTo("+32470123456");
        bus.command(command("t-1"));
        bus.command(command("t-2"));
        var refused = (TransferFailed) bus.await(call, TransferFailed.class).record();
        assertThat(refused.transfer()).isEqualTo("t-2");
        assertThat(refused.detail()).contains("already");
        failed("t-1", OptionalInt.of(603));
        bus.await(call, TransferFailed.class, event -> event.transfer().equals("t-1"));
        bus.command(command("t-1"));
        bus.command(command("t-3"));
        bus.await(call, TransferRequested.class, event -> event.transfer().equals("t-3"));
        assertThat(bus.count(call, TransferRequested.class)).isEqualTo(2);
    }

    @Test
    void whoWaitsHearsThatTheCallHasEnded() throws Exception {
        answer();
        CompletionStage<String> answer = perform("{\"to\":\"+32470123456\"}");
        requested();
        bus.say(new CallEnded(call, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty()));
        // The error comes from the relay, or from LiveKit because the recipient has left, whichever arrives first.
        assertThat(error(answer).code()).isIn(500, RpcError.RECIPIENT_LEFT);
    }
}
