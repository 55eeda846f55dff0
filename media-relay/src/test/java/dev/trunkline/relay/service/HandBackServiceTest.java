package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentMissed;
import dev.trunkline.events.AgentWanted;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RpcError;
import dev.trunkline.rtc.RpcException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People who give their callers back to the agent, through the whole service; the test plays edge, dispatcher, person and agent. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class HandBackServiceTest extends WholeRelay {
    private static final String METHOD = "trunkline.agent";
    private static final double CALLER = 440;

    private final CallId call = new CallId(UUID.randomUUID());
    private final String room = "back-" + call;
    private CallAdmitted admitted;
    private FakePhone caller;

    @BeforeEach
    void ports() throws Exception {
        Await.untilTrue("there are ports", () -> metric("trunkline_relay_ports_available") >= 2);
        caller = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x1111));
    }

    private FakeAgent talksWith(String identity, String kind, CallAdmitted with) throws Exception {
        admitted = with;
        admit(admitted);
        caller.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
        FakeAgent somebody = somebody(identity, kind);
        bus.await(call, AgentJoined.class);
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
        caller.hum(CALLER);
        Await.untilTrue("the caller hears the echo", () -> caller.hears(CALLER));
        return somebody;
    }

    private FakeAgent person() throws Exception {
        return talksWith("desk-anna", "standard", call());
    }

    private CallAdmitted call() {
        return TestCalls.admitted(call, room, caller.offer());
    }

    private FakeAgent somebody(String identity, String kind) {
        return opened(new FakeAgent(rtc, room, identity, AudioCodec.PCMU, kind));
    }

    private static CompletableFuture<String> giveBack(Room who) {
        return who.performRpc("sip_" + TestCalls.CALLER, METHOD, "", Duration.ofSeconds(60)).toCompletableFuture();
    }

    private static RpcError refused(CompletableFuture<String> answer) {
        Throwable thrown = catchThrowable(answer::join);
        assertThat(thrown).hasCauseInstanceOf(RpcException.class);
        return ((RpcException) thrown.getCause()).error();
    }

    private AgentWanted wanted() throws Exception {
        return (AgentWanted) bus.await(call, AgentWanted.class).record();
    }

    @Test
    void thePersonIsToldWhenTheAgentAnswersAndLeavesTheCallerWithIt() throws Exception {
        FakeAgent person = person();
        CompletableFuture<String> answer = giveBack(person.room);
        assertThat(wanted()).isEqualTo(new AgentWanted(call, "desk-anna", Optional.empty(), Optional.of(admitted.route())));
        assertThat(answer).isNotDone();
        assertThat(caller.hears(CALLER)).as("the person is there meanwhile").isTrue();

        FakeAgent agent = somebody("agent-1", "agent");
        assertThat(answer.join()).isEqualTo("{\"agent\":\"demo\"}");
        var joined = (AgentJoined) bus.await(call, AgentJoined.class, one -> one.kind().equals("agent")).record();
        assertThat(joined.participantSid()).isEqualTo(agent.room.localSid());
        person.close();
        int heard = agent.heard.get();
        Await.untilTrue("the agent hears the caller", () -> agent.heard.get() > heard + 100);
        Await.untilTrue("and the caller the agent", () -> caller.hears(CALLER));
        assertThat(bus.count(call, AgentLeft.class)).as("nobody is missed").isZero();
        assertThat(bus.count(call, EndCall.class)).isZero();
        assertThat(bus.count(call, AgentWanted.class)).isEqualTo(1);
    }

    @Test
    void whereNoAgentComesThePersonHearsItKeepsTheCallerAndMayTryAgain() throws Exception {
        FakeAgent person = person();
        CompletableFuture<String> answer = giveBack(person.room);
        CompletableFuture<String> pressedAgain = giveBack(person.room);
        wanted();
        bus.say(new AgentMissed(call, List.of("demo"), 10, "No agent came within 10 s."));
        RpcError why = refused(answer);
        assertThat(why.code()).isEqualTo(480);
        assertThat(why.message()).isEqualTo("No agent came within 10 s.");
        assertThat(refused(pressedAgain).code()).isEqualTo(480);
        assertThat(bus.count(call, AgentWanted.class)).as("one agent for two presses").isEqualTo(1);
        assertThat(caller.hears(CALLER)).as("the person is there still").isTrue();
        assertThat(bus.count(call, EndCall.class)).isZero();

        CompletableFuture<String> later = giveBack(person.room);
        Await.untilTrue("an agent is asked for again", () -> bus.count(call, AgentWanted.class) == 2);
        somebody("agent-1", "agent");
        assertThat(later.join()).isEqualTo("{\"agent\":\"demo\"}");
    }

    @Test
    void anAgentWhoHasTheCallerAlreadyIsAskedForByNobody() throws Exception {
        talksWith("agent-1", "agent", call());
        FakeAgent person = somebody("desk-anna", "standard");
        assertThat(giveBack(person.room).join()).isEqualTo("{\"agent\":\"demo\"}");
        assertThat(bus.count(call, AgentWanted.class)).isZero();
    }

    @Test
    void theAgentWhoHadTheCallerBeforeIsWantedBack() throws Exception {
        FakeAgent agent = talksWith("agent-1", "agent", call());
        FakeAgent person = somebody("desk-anna", "standard");
        agent.close();
        bus.await(call, AgentJoined.class, one -> one.agent().equals("desk-anna"));
        giveBack(person.room);
        assertThat(wanted().agent()).contains("demo");
    }

    @Test
    void whoeverLeavesBeforeTheAgentComesLeavesTheCallerToTheRule() throws Exception {
        FakeAgent person = person();
        giveBack(person.room);
        wanted();
        person.close();
        var left = (AgentLeft) bus.await(call, AgentLeft.class).record();
        assertThat(left.alone()).isTrue();
        assertThat(left.route()).contains(admitted.route());
    }

    @Test
    void aCallerWhoIsHandedOverMeanwhileIsNotGivenBack() throws Exception {
        FakeAgent person = person();
        CompletableFuture<String> answer = giveBack(person.room);
        wanted();
        bus.say(new TransferSucceeded(call, "t-1", TransferWay.BRIDGE, Optional.of(new CallId(UUID.randomUUID())), true));
        assertThat(refused(answer).code()).isEqualTo(409);
        assertThat(refused(giveBack(person.room)).code()).isEqualTo(409);
    }

    @Test
    void aDeskWithoutAnAgentHasNobodyToGiveCallersBackTo() throws Exception {
        FakeAgent person = talksWith("desk-anna", "standard", TestCalls.atDesk(call()));
        RpcError why = refused(giveBack(person.room));
        assertThat(why.code()).isEqualTo(404);
        assertThat(why.message()).contains("rule all");
        assertThat(bus.count(call, AgentWanted.class)).isZero();
    }

    @Test
    void aDeskWhoseFallbackIsAnAgentHasThatOne() throws Exception {
        FakeAgent person = talksWith(
                "desk-anna", "standard", TestCalls.atDesk(call(), new Fallback(FallbackKind.AGENT, "demo", "", 5)));
        CompletableFuture<String> answer = giveBack(person.room);
        assertThat(wanted().route()).contains(admitted.route());
        somebody("agent-1", "agent");
        assertThat(answer.join()).isEqualTo("{\"agent\":\"demo\"}");
    }

    @Test
    void neitherAnAgentNorAPhoneGivesACallerBackAndNobodyOneWhoIsNotAnswered() throws Exception {
        FakeAgent agent = talksWith("agent-1", "agent", call());
        assertThat(refused(giveBack(agent.room)).code()).isEqualTo(403);
        Room stranger = rtc.join(
                        JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(room, "sip_stranger", "sip")), rtc.nextLoop(), new RoomListener() {})
                .toCompletableFuture().join();
        open.add(() -> stranger.leave().toCompletableFuture().join());
        assertThat(refused(giveBack(stranger)).code()).isEqualTo(403);

        CallId ringing = new CallId(UUID.randomUUID());
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x3333));
        admit(TestCalls.admitted(ringing, "back-" + ringing, phone.offer()));
        bus.await(ringing, MediaReady.class);
        var early = opened(new FakeAgent(rtc, "back-" + ringing, "desk-anna", AudioCodec.PCMU, "standard"));
        Await.untilTrue("the caller is there", () -> !early.room.participants().isEmpty());
        assertThat(refused(giveBack(early.room)).code()).isEqualTo(409);
    }
}
