package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AnsweringPhone;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.Ear;
import dev.trunkline.system.support.PeerPhone;
import dev.trunkline.system.support.PeerPhone.Program;
import dev.trunkline.system.support.PeerPhone.Way;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PJSIP as caller and callee, LiveKit's Python SDK in the room, and tones both ways: before and after a hold, and after a transfer. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class PjsipIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NUMBER = "+3225551750";
    private static final String ECHOED = "+3225551752";
    private static final String FORWARDED = "+3225551751";
    private static final String CALLER = "+32470890001";
    private static final String CALLED = "+3225550189";
    private static final String ROOM = "pjsip-room";
    private static final String TRUNK = "it-pjsip";
    private static final String DESK_TRUNK = "it-pjsip-desk";
    private static final int EAR_TONE = 1_200;
    /** Number of windows of 100 ms each. */
    private static final int WINDOWS = 7;
    private static final int DESK_PORT = 19_079;
    private static final int DESK_TONE = 950;
    /** A port on which nothing listens. */
    private static final int DEAD_PORT = 19_075;

    private static Ear ear;

    private final SuiteUnderTest suite;

    PjsipIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void directoryAndEar(SuiteUnderTest suite) throws Exception {
        trunk(suite, "PCMA", Way.UDP, "");
        suite.apply("""
                organisations:
                  - name: pjsip
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%1$s", max_concurrent_calls: 5}
                      - {phone_number: "%6$s", max_concurrent_calls: 5}
                rules:
                  - {name: pjsip, organisation: pjsip, trunks: [demo], numbers: ["%1$s"], type: direct, room_name: %3$s,
                     answer_policy: on-agent, patience_seconds: 25, when_agent_leaves: stay}
                  - {name: pjsip-echo, organisation: pjsip, trunks: [demo], numbers: ["%6$s"], type: individual, room_prefix: pjsip,
                     agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: on-agent, patience_seconds: 20}
                  - {name: pjsip-forward, trunks: [demo], numbers: ["%2$s"], type: forward,
                     forward_to: {to: "%4$s", trunk: %5$s}}
                """.formatted(NUMBER, FORWARDED, ROOM, CALLED, TRUNK, ECHOED));
        suite.asAdmin().json("POST", "/numbers",
                "{\"phone_number\": \"%s\", \"organisation\": \"demo\", \"max_concurrent_calls\": 5}".formatted(FORWARDED));
        ear = suite.ear(ROOM, EAR_TONE);
    }

    @AfterAll
    static void end() {
        ear.close();
    }

    @ParameterizedTest
    @CsvSource({"PCMA, UDP", "PCMU, TCP", "PCMA, SRTP", "G722, UDP", "G722, TLS"})
    void itCallsHoldsResumesAndHangsUpAndBothHearThroughout(String codec, Way way) throws Exception {
        try (PeerPhone phone = suite.pjsip(CALLER, codec, way)) {
            CallLog log = dial(phone);
            talkHoldAndTalk(phone, ear, log);
            phone.hangUp();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    @ParameterizedTest
    @CsvSource({"PCMA, UDP", "PCMU, TCP", "PCMA, SRTP", "G722, UDP", "G722, TLS"})
    void itIsCalledHoldsResumesAndBothHearUntilTheRoomIsClosed(String codec, Way way) throws Exception {
        trunk(suite, codec, way, "");
        try (PeerPhone phone = suite.pjsip(CALLED, codec, way)) {
            CalledPhone.awaitUp(suite, TRUNK);
            CallLog log = dial();
            try (Ear there = suite.ear(log.await(CallRouted.class).room(), EAR_TONE)) {
                phone.awaitUp();
                log.await(CallAnswered.class);
                talkHoldAndTalk(phone, there, log);
                there.closeRoom();
                log.assertEnded(EndReason.ROOM_CLOSED);
                phone.awaitOver();
            }
        }
    }

    @Test
    void aCallerIsForwardedToItWhereTheFirstGatewayIsDeadAndTheTwoHearEachOther() throws Exception {
        trunk(suite, "PCMA", Way.UDP, "{host: 127.0.0.1, port: %d, transport: udp, order: 1}, ".formatted(DEAD_PORT));
        try (PeerPhone target = suite.pjsip(CALLED, "PCMA", Way.UDP); Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to(FORWARDED).from("+32470890003").saying(AudioSource.tone(EAR_TONE))
                    .listeningFor(PeerPhone.TONE));
            call.awaitAnswer(PATIENCE);
            CallLog log = suite.events().of(call);
            CallLog leg = suite.events().ofCall(log.await(TransferStarted.class).leg().orElseThrow().toString());
            assertThat(leg.await(LegRinging.class).gateway()).contains(Integer.toString(Program.PJSIP.port()));
            bothHear(call, target);
            target.hangUp();
            leg.assertEnded(EndReason.CALLEE_HUNG_UP);
            log.assertEnded(EndReason.PARTNER_LEFT);
        }
    }

    @Test
    void aCallerIsHandedOverToItAndTheTwoHearEachOtherBeforeAndAfterItsHold() throws Exception {
        trunk(suite, "G722", Way.UDP, "");
        try (PeerPhone target = suite.pjsip(CALLED, "G722", Way.UDP); Phone phone = suite.phone()) {
            CalledPhone.awaitUp(suite, TRUNK);
            Call call = phone.dial(CallRequest.to("+3225550107").from("+32470890002").saying(AudioSource.tone(EAR_TONE))
                    .listeningFor(PeerPhone.TONE));
            call.awaitAnswer(PATIENCE);
            CallLog log = suite.events().of(call);
            suite.asAdmin().json("POST", "/calls/" + log.callId() + "/transfer",
                    "{\"to\": \"%s\", \"trunk\": \"%s\", \"way\": \"bridge\"}".formatted(CALLED, TRUNK));
            log.await(TransferSucceeded.class);
            bothHear(call, target);
            target.hold();
            Await.until("the caller hears it no more", PATIENCE, () -> call.toneNow().orElse(0) != PeerPhone.TONE);
            target.resume();
            bothHear(call, target);
            target.hangUp();
            log.assertEnded(EndReason.PARTNER_LEFT);
        }
    }

    @Test
    void itFollowsOurReferToAnExtensionOfItsOwn() throws Exception {
        trunk(suite, "PCMA", Way.UDP, "");
        try (PeerPhone phone = suite.pjsip(CALLED, "PCMA", Way.UDP)) {
            CalledPhone.awaitUp(suite, TRUNK);
            CallLog log = dial();
            try (Ear there = suite.ear(log.await(CallRouted.class).room(), EAR_TONE)) {
                log.await(CallAnswered.class);
                there.awaitMore(PeerPhone.TONE, WINDOWS);
                suite.asAdmin().json("POST", "/calls/" + log.callId() + "/transfer", "{\"to\": \"600\", \"way\": \"refer\"}");
                phone.awaitTransferRequest();
                log.assertEnded(EndReason.TRANSFERRED);
                phone.hangUp();
            }
        }
    }

    @Test
    void whereItRefusesOurReferItsCallerHasTheDeskByALeg() throws Exception {
        Answering says = Answering.after(Duration.ofMillis(300)).saying(AudioSource.tone(DESK_TONE)).listeningFor(PeerPhone.TONE);
        deskTrunk();
        try (AnsweringPhone desk = AnsweringPhone.open(PhoneSettings.answering(PeerPhone.ADDRESS, DESK_PORT), says);
                PeerPhone phone = suite.pjsip(CALLER, "PCMU", Way.UDP)) {
            CalledPhone.awaitUp(suite, DESK_TRUNK);
            CallLog log = dial(phone, ECHOED);
            phone.awaitMore(PeerPhone.TONE, WINDOWS);
            phone.refuseTransfers();
            suite.asAdmin().json("POST", "/calls/" + log.callId() + "/transfer",
                    "{\"to\": \"203\", \"trunk\": \"%s\", \"way\": \"refer-first\"}".formatted(DESK_TRUNK));
            phone.awaitTransferRequest();
            TakenCall taken = desk.awaitCall(PATIENCE);
            assertThat(taken.called()).isEqualTo("203");
            assertThat(log.await(TransferFailed.class).status()).hasValue(603);
            Await.until("the desk hears it", PATIENCE, () -> taken.media().heardMillis(PeerPhone.TONE) >= 500);
            phone.awaitMore(DESK_TONE, WINDOWS);
            phone.hangUp();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(taken.awaitEnd(PATIENCE)).isPresent();
        }
    }

    @Test
    void itHandsTheRoomOverByReferAndIsToldOfTheEnd() throws Exception {
        deskTrunk();
        Answering says = Answering.after(Duration.ofMillis(300)).saying(AudioSource.tone(DESK_TONE)).listeningFor(EAR_TONE);
        try (AnsweringPhone desk = AnsweringPhone.open(PhoneSettings.answering(PeerPhone.ADDRESS, DESK_PORT), says);
                PeerPhone phone = suite.pjsip(CALLER, "PCMA", Way.UDP)) {
            CalledPhone.awaitUp(suite, DESK_TRUNK);
            CallLog log = dial(phone);
            ear.awaitMore(PeerPhone.TONE, WINDOWS);
            phone.transfer("sip:202@" + PeerPhone.ADDRESS);
            TakenCall taken = desk.awaitCall(PATIENCE);
            phone.awaitTransferred(200);
            phone.awaitOver();
            log.assertEnded(EndReason.TRANSFERRED);
            ear.awaitMore(DESK_TONE, WINDOWS);
            Await.until("the desk hears the room", PATIENCE, () -> taken.media().heardMillis(EAR_TONE) >= 500);
            taken.hangUp().toCompletableFuture().join();
        }
    }

    private void deskTrunk() throws Exception {
        suite.apply("""
                outbound_trunks:
                  - {name: %s, organisation: pjsip, gateways: [{host: %s, port: %d, transport: udp}],
                     caller_id: {number: "%s"}, dialling: {country: BE, form: as-dialled}}
                """.formatted(DESK_TRUNK, PeerPhone.ADDRESS, DESK_PORT, NUMBER));
    }

    private static void bothHear(Call call, PeerPhone phone) {
        long heard = call.media().heardMillis(PeerPhone.TONE);
        Await.until("the caller hears it", PATIENCE, () -> call.media().heardMillis(PeerPhone.TONE) >= heard + 500);
        phone.awaitMore(EAR_TONE, WINDOWS);
    }

    private static void talkHoldAndTalk(PeerPhone phone, Ear there, CallLog log) {
        there.awaitMore(PeerPhone.TONE, WINDOWS);
        phone.awaitMore(EAR_TONE, WINDOWS);
        phone.hold();
        log.await(CallHeld.class);
        phone.resume();
        log.await(CallResumed.class);
        there.awaitMore(PeerPhone.TONE, WINDOWS);
        phone.awaitMore(EAR_TONE, WINDOWS);
    }

    private CallLog dial(PeerPhone phone) {
        return dial(phone, NUMBER);
    }

    private CallLog dial(PeerPhone phone, String number) {
        int before = suite.events().to(number).size();
        phone.dial(number, suite.edge(phone.way()));
        CallLog log = suite.events().nextTo(number, before);
        phone.awaitUp();
        return log;
    }

    private CallLog dial() throws Exception {
        JsonNode made = suite.asAdmin().json("POST", "/calls",
                "{\"organisation\": \"demo\", \"to\": \"%s\", \"trunk\": \"%s\"}".formatted(CALLED, TRUNK));
        return suite.events().ofCall(made.path("call_id").asText());
    }

    /** @param before gateways that are tried first */
    private static void trunk(SuiteUnderTest suite, String codec, Way way, String before) throws Exception {
        suite.apply("""
                outbound_trunks:
                  - name: %s
                    organisation: demo
                    gateways: [%s{host: %s, port: %d, transport: %s, order: 2}]
                    caller_id: {number: "+3225550100"}
                    dialling: {country: BE}
                    codecs: [%s]
                    srtp: "%s"
                """.formatted(TRUNK, before, PeerPhone.ADDRESS, Program.PJSIP.port(way), way.transport(), codec, way.srtp()));
    }
}
