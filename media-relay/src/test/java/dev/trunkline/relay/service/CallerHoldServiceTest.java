package dev.trunkline.relay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.JoinRequest;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.Room;
import dev.trunkline.rtc.RoomListener;
import dev.trunkline.rtc.RpcException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers put on hold by a participant in the room, through the whole service; the test plays edge and person. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class CallerHoldServiceTest extends WholeRelay {
    private static final String HOLD = "trunkline.hold";
    private static final String RESUME = "trunkline.resume";
    private static final double CALLER = 440;
    private static final double WAITING_LOW = 523.25;
    private static final double WAITING_HIGH = 659.25;

    private final CallId call = new CallId(UUID.randomUUID());
    private final String room = "hold-" + call;
    private FakePhone caller;
    private FakeAgent person;

    /** Connects the caller to a person, who echoes the caller. */
    @BeforeEach
    void talk() throws Exception {
        Await.untilTrue("there are ports", () -> metric("trunkline_relay_ports_available") >= 2);
        caller = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x1111));
        admit(TestCalls.admitted(call, room, caller.offer()));
        caller.answered(((MediaReady) bus.await(call, MediaReady.class).record()).sdpAnswer());
        person = somebody("desk-anna");
        bus.await(call, AgentJoined.class);
        bus.say(new CallAnswered(call, "edge-t", AnswerPolicy.IMMEDIATE, 50, "sealed"));
        caller.hum(CALLER);
        awaitTalk();
    }

    private FakeAgent somebody(String identity) {
        return opened(new FakeAgent(rtc, room, identity, AudioCodec.PCMU, "standard"));
    }

    private String perform(FakeAgent who, String method) {
        return who.room.performRpc("sip_" + TestCalls.CALLER, method, "", Duration.ofSeconds(60)).toCompletableFuture().join();
    }

    private static int refused(CompletionStage<String> answer) {
        Throwable thrown = catchThrowable(() -> answer.toCompletableFuture().join());
        assertThat(thrown).hasCauseInstanceOf(RpcException.class);
        return ((RpcException) thrown.getCause()).error().code();
    }

    private void awaitTalk() throws Exception {
        Await.untilTrue("the caller hears the echo", () -> caller.hears(CALLER));
    }

    private boolean waits() {
        return caller.share(WAITING_LOW) + caller.share(WAITING_HIGH) > 0.3;
    }

    private static Optional<String> attribute(FakeAgent who) {
        return who.room.participants().stream()
                .filter(one -> one.identity().equals("sip_" + TestCalls.CALLER)).map(RemoteParticipant::attributes)
                .map(attributes -> attributes.getOrDefault("trunkline.held", "")).findFirst();
    }

    private void assertHeld(FakeAgent by) throws Exception {
        Await.untilTrue("the caller hears the waiting sound", this::waits);
        Await.untilTrue("the room is told", () -> attribute(by).equals(Optional.of("true")));
        int[] before = {caller.heard.size(), by.heard.get()};
        Await.untilTrue("two seconds of it", () -> caller.heard.size() > before[0] + 100);
        assertThat(by.heard.get()).as("packets of the caller in the room").isEqualTo(before[1]);
        assertThat(caller.share(CALLER)).isLessThan(0.05);
    }

    private void hold(FakeAgent by) throws Exception {
        assertThat(perform(by, HOLD)).isEqualTo("{\"held\":true}");
        assertHeld(by);
    }

    /** Asserts that the room's hold was published once, with the participant that requested it, and its end once. */
    private void assertOver(String by, String why) throws Exception {
        var over = (CallResumed) bus.await(call, CallResumed.class).record();
        assertThat(over).isEqualTo(new CallResumed(call, Optional.of(by), Optional.of(why)));
        assertThat(bus.await(call, CallHeld.class).record()).isEqualTo(new CallHeld(call, Optional.of(by)));
        assertThat(bus.count(call, CallHeld.class)).isEqualTo(1);
        assertThat(bus.count(call, CallResumed.class)).isEqualTo(1);
    }

    @Test
    void theHeldCallerHearsTheWaitingSoundAndNeitherHearsTheOther() throws Exception {
        assertThat(attribute(person)).contains("");
        hold(person);
        assertThat(perform(person, HOLD)).as("twice").isEqualTo("{\"held\":true}");
        assertThat(perform(person, RESUME)).isEqualTo("{\"held\":false}");
        awaitTalk();
        Await.untilTrue("the room is told", () -> attribute(person).equals(Optional.of("")));
        assertThat(perform(person, RESUME)).as("twice").isEqualTo("{\"held\":false}");
        assertOver("desk-anna", "desk-anna took the caller back");
        assertThat(bus.count(call, EndCall.class)).isZero();
    }

    @Test
    void whoeverHeldAndComesBackFindsTheCallerHeld() throws Exception {
        hold(person);
        person.close();
        bus.await(call, AgentLeft.class);
        FakeAgent again = somebody("desk-anna");
        Await.untilTrue("the person is back", () -> bus.count(call, AgentJoined.class) == 2);
        assertHeld(again);
        perform(again, RESUME);
        awaitTalk();
        assertOver("desk-anna", "desk-anna took the caller back");
    }

    @Test
    void whoeverAnswersInThePlaceOfWhoHeldIsHeardAtOnce() throws Exception {
        hold(person);
        person.close();
        bus.await(call, AgentLeft.class);
        FakeAgent next = somebody("desk-ben");
        awaitTalk();
        Await.untilTrue("the room is told", () -> attribute(next).equals(Optional.of("")));
        assertOver("desk-anna", "the participant who held the caller has left, and somebody else is in the room");
    }

    @Test
    void whomTheCallerIsHandedOverToIsHeard() throws Exception {
        hold(person);
        bus.say(new TransferSucceeded(call, "t-1", TransferWay.BRIDGE, Optional.of(new CallId(UUID.randomUUID())), true));
        awaitTalk();
        assertOver("desk-anna", "the caller was handed over");
    }

    @Test
    void aPhoneMayNotHoldAndWhoWasCalledForACallerIsNotHeldAlone() throws Exception {
        Room stranger = rtc.join(
                        JoinRequest.of(Surroundings.LIVEKIT, FakeAgent.token(room, "sip_stranger", "sip")), rtc.nextLoop(), new RoomListener() {})
                .toCompletableFuture().join();
        open.add(() -> stranger.leave().toCompletableFuture().join());
        assertThat(refused(stranger.performRpc("sip_" + TestCalls.CALLER, HOLD, "", Duration.ofSeconds(60)))).isEqualTo(403);

        CallId leg = new CallId(UUID.randomUUID());
        admit(TestCalls.goingOut(TestCalls.leg(DialPurpose.TRANSFER, Optional.of(call), SrtpUse.OFF), TestCalls.admitted(leg, room, "")));
        bus.await(leg, MediaReady.class);
        Await.untilTrue("its participant is there", () -> partner(leg).isPresent());
        assertThat(refused(person.room.performRpc(partner(leg).get(), HOLD, "", Duration.ofSeconds(60)))).isEqualTo(409);
        assertThat(caller.hears(CALLER)).isTrue();
    }

    private Optional<String> partner(CallId leg) {
        return person.room.participants().stream()
                .filter(one -> leg.toString().equals(one.attributes().get("trunkline.callId")))
                .map(RemoteParticipant::identity).findFirst();
    }

    @Test
    void aCallThatIsNotAnsweredIsNotHeld() throws Exception {
        CallId ringing = new CallId(UUID.randomUUID());
        FakePhone phone = opened(new FakePhone(PhoneCodec.PCMU, 20, 0x3333));
        admit(TestCalls.admitted(ringing, "hold-" + ringing, phone.offer()));
        bus.await(ringing, MediaReady.class);
        var early = opened(new FakeAgent(rtc, "hold-" + ringing, "desk-anna", AudioCodec.PCMU, "standard"));
        Await.untilTrue("the caller is there", () -> !early.room.participants().isEmpty());
        assertThat(refused(early.room.performRpc("sip_" + TestCalls.CALLER, HOLD, "", Duration.ofSeconds(60)))).isEqualTo(409);
    }
}
