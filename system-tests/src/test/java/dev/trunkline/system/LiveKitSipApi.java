package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration.Builder;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.ReceivedDigit;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.AgentWorker;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.GuardedSuite;
import dev.trunkline.system.support.LiveKitSip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import livekit.LivekitSip;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import livekit.LivekitSip.SIPParticipantInfo;
import livekit.LivekitSip.TransferSIPParticipantRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LiveKit's SIP API, used as by LiveKit's SDK, where the guarded suite is in livekit-sip's place. Run by {@link GuardedSuiteIT}. */
abstract class LiveKitSipApi {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NUMBER = "+3225550100";
    private static final String ECHO = "+3225550101";

    private static GuardedSuite suite;
    private static CalledPhone callee;
    private static LiveKitSip liveKit;
    private static String trunk;

    @BeforeAll
    static void start() throws Exception {
        suite = GuardedSuiteIT.suite();
        callee = CalledPhone.open(suite.router());
        liveKit = suite.liveKitSip();
        trunk = liveKit.outboundTrunk(CalledPhone.TRUNK, CalledPhone.address(), NUMBER);
        Await.until("LiveKit's SIP API is answered", PATIENCE, () -> suite.isReady("livekit-sip-api"));
    }

    @AfterAll
    static void stop() {
        if (callee != null) {
            callee.close();
        }
    }

    private static CreateSIPParticipantRequest.Builder call(String number, String room) {
        return CreateSIPParticipantRequest.newBuilder()
                .setSipTrunkId(trunk).setSipCallTo(number).setRoomName(room).setParticipantIdentity("callee-of-" + room)
                .setParticipantName("Anna").putParticipantAttributes("order", "17").setWaitUntilAnswered(true);
    }

    private static LiveKitSip.Answer get(CompletableFuture<LiveKitSip.Answer> answer) throws Exception {
        return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Optional<LiveKitSip.InRoom> find(String attribute, String value) {
        try {
            return liveKit.participantWith(attribute, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aParticipantIsCalledAndTheAnswerComesWhenThePhoneHasAnswered() throws Exception {
        callee.does(CalledPhone.answers(CalledPhone.TONE));
        CompletableFuture<LiveKitSip.Answer> asked = liveKit.create(call("+3225550191", "lk-answered").build());
        TakenCall taken = callee.awaitCall();
        assertThat(taken.called()).isEqualTo("+3225550191");
        LiveKitSip.Answer answer = get(asked);
        assertThat(answer.status()).as("%s", answer.error()).isEqualTo(200);
        SIPParticipantInfo info = answer.participant();
        assertThat(info.getRoomName()).isEqualTo("lk-answered");
        assertThat(info.getParticipantIdentity()).isEqualTo("callee-of-lk-answered");
        assertThat(info.getSipCallId()).startsWith("SCL_");
        Await.until("the participant is active", PATIENCE, () -> find("sip.callID", info.getSipCallId())
                .filter(found -> "active".equals(found.participant().getAttributesMap().get("sip.callStatus"))).isPresent());
        var found = find("sip.callID", info.getSipCallId()).orElseThrow();
        assertThat(found.room()).isEqualTo("lk-answered");
        assertThat(found.participant().getSid()).isEqualTo(info.getParticipantId());
        assertThat(found.participant().getIdentity()).isEqualTo("callee-of-lk-answered");
        assertThat(found.participant().getName()).isEqualTo("Anna");
        assertThat(found.participant().getAttributesMap()).containsEntry("sip.trunkID", trunk)
                .containsEntry("sip.phoneNumber", "+3225550191").containsEntry("order", "17");

        // A second party called into the same room hears the first and is heard.
        CompletableFuture<LiveKitSip.Answer> second = liveKit.create(
                call("+3225550192", "lk-answered").setParticipantIdentity("another").build());
        TakenCall other = callee.awaitCall();
        assertThat(get(second).status()).isEqualTo(200);
        Await.until("both hear the other's tone", PATIENCE, () ->
                taken.media().heardMillis(CalledPhone.TONE) >= 500 && other.media().heardMillis(CalledPhone.TONE) >= 500);
        assertThat(taken.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        assertThat(other.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        Await.until("nobody of the call is left", PATIENCE, () -> find("sip.callID", info.getSipCallId()).isEmpty());
    }

    @Test
    void whoIsBusyIsToldWithTheSipStatus() throws Exception {
        callee.does(Answering.refusing(486, Duration.ZERO));
        LiveKitSip.Answer answer = get(liveKit.create(call("+3225550193", "lk-busy").build()));
        assertThat(answer.code()).as("%s", answer.error()).isEqualTo("resource_exhausted");
        assertThat(answer.sipStatus()).isEqualTo("486");
        callee.awaitCall();
    }

    @Test
    void whoDeclinesIsToldWithTheSipStatus() throws Exception {
        callee.does(Answering.refusing(603, Duration.ZERO));
        LiveKitSip.Answer answer = get(liveKit.create(call("+3225550194", "lk-declined").build()));
        assertThat(answer.code()).as("%s", answer.error()).isEqualTo("permission_denied");
        assertThat(answer.sipStatus()).isEqualTo("603");
        callee.awaitCall();
    }

    @Test
    void whoDoesNotAnswerInTimeIsATimeOut() throws Exception {
        callee.does(Answering.never());
        Builder two = com.google.protobuf.Duration.newBuilder().setSeconds(2);
        LiveKitSip.Answer answer = get(liveKit.create(call("+3225550195", "lk-silent").setRingingTimeout(two).build()));
        assertThat(answer.code()).as("%s", answer.error()).isEqualTo("canceled");
        assertThat(answer.error().orElseThrow().path("msg").asText()).contains("sip request timed out");
        callee.awaitCall();
    }

    @Test
    void whatMayNotBeCalledIsRefusedAsSuch() throws Exception {
        LiveKitSip.Answer answer = get(liveKit.create(call("+881612345678", "lk-forbidden").build()));
        assertThat(answer.code()).as("%s", answer.error()).isEqualTo("permission_denied");
        assertThat(answer.sipStatus()).isEqualTo("403");
    }

    @Test
    void aCallerIsHandedOver() throws Exception {
        try (Phone phone = phone()) {
            Call caller = called(phone, "+32470150011");
            LiveKitSip.InRoom found = inRoom("+32470150011");

            callee.does(Answering.refusing(486, Duration.ZERO));
            LiveKitSip.Answer busy = get(liveKit.transfer(transfer(found)));
            assertThat(busy.sipStatus()).as("%s", busy.error()).isEqualTo("486");
            callee.awaitCall();
            assertThat(caller.isUp()).isTrue();

            callee.does(Answering.after(Duration.ofSeconds(3)).saying(AudioSource.tone(CalledPhone.TONE)));
            int before = callee.calls();
            CompletableFuture<LiveKitSip.Answer> asked = liveKit.transfer(transfer(found));
            TakenCall taken = callee.awaitCall();
            // A repeated request waits for the same transfer, and a caller cannot be transferred to two targets.
            CompletableFuture<LiveKitSip.Answer> again = liveKit.transfer(transfer(found));
            LiveKitSip.Answer elsewhere = get(liveKit.transfer(transfer(found).toBuilder().setTransferTo("tel:+3225550195").build()));
            assertThat(elsewhere.code()).as("%s", elsewhere.error()).isEqualTo("invalid_argument");
            LiveKitSip.Answer answer = get(asked);
            assertThat(answer.status()).as("%s", answer.error()).isEqualTo(200);
            assertThat(get(again).status()).isEqualTo(200);
            assertThat(callee.calls() - before).isOne();
            Await.until("the caller hears whom it was handed over to", PATIENCE, () -> caller.media().heardMillis(CalledPhone.TONE) >= 500);
            caller.hangUp().toCompletableFuture().join();
            assertThat(taken.awaitEnd(PATIENCE)).isPresent();
        }
    }

    @Test
    void whatTheRequestAsksForIsOnTheWireAndInTheRoom() throws Exception {
        callee.does(CalledPhone.answers());
        CompletableFuture<LiveKitSip.Answer> asked = liveKit.create(
                call("+3225550197", "lk-extras").setDisplayName("Acme Desk").setDtmf("1w#").setPlayDialtone(true).setKrispEnabled(true)
                        .setIncludeHeaders(LivekitSip.SIPHeaderOptions.SIP_ALL_HEADERS).build());
        TakenCall taken = callee.awaitCall();
        assertThat(taken.invite().headers().require("From")).startsWith("\"Acme Desk\" <sip:");
        LiveKitSip.Answer answer = get(asked);
        assertThat(answer.status()).as("%s", answer.error()).isEqualTo(200);
        Await.until("both keys are heard", PATIENCE, () -> taken.media().digits().size() >= 2);
        assertThat(taken.media().digits()).extracting(ReceivedDigit::digit).containsExactly('1', '#');
        String id = answer.participant().getSipCallId();
        Await.until("the participant is active", PATIENCE, () -> find("sip.callID", id)
                .filter(found -> "active".equals(found.participant().getAttributesMap().get("sip.callStatus"))).isPresent());
        assertThat(find("sip.callID", id).orElseThrow().participant().getAttributesMap())
                .containsKeys("sip.callTag", "sip.callIDFull", "sip.h.contact").containsEntry("trunkline.krispEnabled", "true")
                .containsEntry("sip.hostname", CalledPhone.address());
        taken.hangUp().toCompletableFuture().join();
    }

    @Test
    void whoIsRemovedOrWhoseRoomIsDeletedIsHungUpOnAlsoWhileItRings() throws Exception {
        callee.does(CalledPhone.answers());
        CompletableFuture<LiveKitSip.Answer> asked = liveKit.create(call("+3225550198", "lk-removed").build());
        TakenCall talking = callee.awaitCall();
        assertThat(get(asked).status()).isEqualTo(200);
        liveKit.remove("lk-removed", "callee-of-lk-removed");
        assertThat(talking.awaitEnd(PATIENCE)).isPresent();

        callee.does(Answering.never());
        CompletableFuture<LiveKitSip.Answer> rings = liveKit.create(call("+3225550199", "lk-deleted").build());
        TakenCall ringing = callee.awaitCall();
        Await.until("it rings in the room", PATIENCE, () -> find("sip.phoneNumber", "+3225550199").isPresent());
        liveKit.delete("lk-deleted");
        assertThat(ringing.awaitFinal(PATIENCE)).isInstanceOf(CallResult.Cancelled.class);
        assertThat(get(rings).status()).isNotEqualTo(200);
    }

    @Test
    void livekitAgentsWorkerTakesCallsHandsThemOverAndMakesThem() throws Exception {
        suite.router().json("POST", "/directory/apply", """
                organisations:
                  - name: demo
                    numbers: [{phone_number: "+3225550177", max_concurrent_calls: 5, caller_rate: {calls: 1000, window_seconds: 3600}}]
                rules:
                  - {name: sip-worker, organisation: demo, trunks: [demo], numbers: ["+3225550177"], type: individual, room_prefix: worker, agents: [{name: sip-worker}]}
                """);
        try (AgentWorker worker = suite.sipWorker("sip-worker", trunk, "+3225550178").awaitRegistered(); Phone phone = phone()) {
            Call caller = phone.dial(CallRequest.to("+3225550177").from("+32470150012").saying(AudioSource.tone(950)).listeningFor(700, CalledPhone.TONE));
            caller.awaitAnswer(PATIENCE);
            assertThat(worker.awaitLine("\"what\": \"caller\"")).contains(
                    "sip_+32470150012", "Phone +32470150012", "sip.callID\": \"SCL_", "sip.callIDFull", "sip.callTag", "sip.trunkID", "sip.ruleID",
                    "\"sip.phoneNumber\": \"+32470150012\"", "\"sip.trunkPhoneNumber\": \"+3225550177\"", "sip.hostname", "sip.callStatus");
            Await.until("the caller hears the agent", PATIENCE, () -> caller.media().heardMillis(700) >= 500);

            callee.does(Answering.refusing(486, Duration.ZERO));
            caller.sendDtmf('2');
            callee.awaitCall();
            assertThat(worker.awaitLine("\"what\": \"call\"", "resource_exhausted")).contains("\"status\": \"486\"");
            callee.does(Answering.refusing(603, Duration.ZERO));
            caller.sendDtmf('2');
            callee.awaitCall();
            assertThat(worker.awaitLine("\"what\": \"call\"", "permission_denied")).contains("\"status\": \"603\"");
            callee.does(Answering.never());
            caller.sendDtmf('2');
            callee.awaitCall();
            worker.awaitLine("\"what\": \"call\"", "canceled");

            callee.does(CalledPhone.answers(700, 950));
            caller.sendDtmf('2');
            TakenCall colleague = callee.awaitCall();
            worker.awaitLine("\"what\": \"call\"", "\"ok\"");
            Await.until("the colleague hears the agent or the caller, and is heard", PATIENCE, () ->
                    colleague.media().heardMillis(700) + colleague.media().heardMillis(950) >= 500
                            && caller.media().heardMillis(CalledPhone.TONE) >= 500);
            colleague.hangUp().toCompletableFuture().join();

            callee.does(CalledPhone.answers(950));
            caller.sendDtmf('1');
            TakenCall target = callee.awaitCall();
            worker.awaitLine("\"what\": \"transfer\"", "\"ok\"");
            Await.until("whom the caller was handed over to hears it", PATIENCE, () -> target.media().heardMillis(950) >= 500);
            caller.hangUp().toCompletableFuture().join();
        }
    }

    private static TransferSIPParticipantRequest transfer(LiveKitSip.InRoom caller) {
        return TransferSIPParticipantRequest.newBuilder()
                .setRoomName(caller.room()).setParticipantIdentity(caller.participant().getIdentity())
                .setTransferTo("tel:+3225550196").build();
    }

    private static LiveKitSip.InRoom inRoom(String number) {
        Await.until("the caller is in a room", PATIENCE, () -> find("sip.phoneNumber", number).isPresent());
        return find("sip.phoneNumber", number).orElseThrow();
    }

    private static Call called(Phone phone, String from) {
        Call call = phone.dial(CallRequest.to(ECHO).from(from).saying(AudioSource.echoProbe()).listeningFor(CalledPhone.TONE));
        call.awaitAnswer(PATIENCE);
        return call;
    }

    private static Phone phone() throws IOException {
        return Phone.open(PhoneSettings.calling("127.0.0.1", suite.suite().settings().sipPort()).bindTo("127.0.0.1"));
    }
}
