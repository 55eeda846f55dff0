package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AnsweringPhone;
import dev.trunkline.phone.AudioSource;
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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tests for each phone of another vendor: it calls and is called, in several codecs and ways, holds and resumes, transfers, and is
 * asked to call somebody, with LiveKit's Python SDK in the room. Each side hears the other before and after.
 */
@ExtendWith(SuiteExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class PeerCalls {
    /** @param calling the phone's name for the codec @param codec the name in a directory file */
    record Talk(String calling, String codec, Way way) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NUMBER = "+3225551792";
    private static final String CALLER = "+32470890201";
    /** An extension that the phone considers its own. */
    private static final String ITSELF = "600";
    private static final String ROOM = "peers-room";
    private static final String TRUNK = "it-peers";
    /** Its name sorts before that of the other trunk, because both have the same host. */
    private static final String DESK_TRUNK = "it-desk-of-peers";
    /** A trunk whose first gateway is the desk. */
    private static final String REFERRING_TRUNK = "it-peers-by-refer";
    private static final int DESK_PORT = 19_079;
    private static final int DESK_TONE = 950;
    private static final int EAR_TONE = 1_200;
    /** Number of windows of 100 ms each. */
    private static final int WINDOWS = 7;

    private final SuiteUnderTest suite;
    private final Program program;
    private final List<Talk> asCaller;
    private final List<Talk> asCallee;
    /** Codec and transport that the tests' own phone supports too. */
    private final Talk plain;
    /** The tone expected from the phone: it sends its own tone, or echoes what it hears. */
    private final int tone;
    private final Ear ear;

    PeerCalls(SuiteUnderTest suite, Program program, int tone, List<Talk> asCaller, List<Talk> asCallee, Talk plain)
            throws IOException, InterruptedException {
        this.suite = suite;
        this.program = program;
        this.tone = tone;
        this.asCaller = asCaller;
        this.asCallee = asCallee;
        this.plain = plain;
        suite.apply("""
                organisations:
                  - name: peers
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%1$s", max_concurrent_calls: 5}
                rules:
                  - {name: peers, organisation: peers, trunks: [demo], numbers: ["%1$s"], type: direct, room_name: %2$s,
                     answer_policy: on-agent, patience_seconds: 25, when_agent_leaves: stay}
                outbound_trunks:
                  - {name: %3$s, organisation: peers, gateways: [{host: %4$s, port: %5$d, transport: udp}],
                     caller_id: {number: "%1$s"}, dialling: {country: BE, form: as-dialled}}
                  - name: %6$s
                    organisation: peers
                    gateways:
                      - {host: %4$s, port: %5$d, transport: udp, order: 1}
                      - {host: %4$s, port: %7$d, transport: %8$s, order: 2}
                    caller_id: {number: "%1$s"}
                    dialling: {country: BE, form: as-dialled}
                """.formatted(NUMBER, ROOM, DESK_TRUNK, PeerPhone.ADDRESS, DESK_PORT, REFERRING_TRUNK, program.port(plain.way()),
                plain.way().transport()));
        ear = suite.ear(ROOM, EAR_TONE);
    }

    @AfterAll
    void end() {
        ear.close();
    }

    @AfterEach
    void nothingIsLeft() {
        Await.until("no slot is held", PATIENCE, () -> suite.gauge("rate-limiter", "trunkline_limiter_calls") == 0);
    }

    List<Talk> asCaller() {
        return asCaller;
    }

    List<Talk> asCallee() {
        return asCallee;
    }

    private PeerPhone phone(String user, Talk talk) throws IOException, InterruptedException {
        return suite.peer(program, user, talk.calling(), talk.way());
    }

    @ParameterizedTest
    @MethodSource("asCaller")
    void itCallsHoldsResumesAndHangsUpAndBothHearThroughout(Talk talk) throws Exception {
        try (PeerPhone phone = phone(CALLER, talk)) {
            CallLog log = dial(phone);
            talkHoldAndTalk(phone, ear, log);
            phone.hangUp();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    @ParameterizedTest
    @MethodSource("asCallee")
    void itIsCalledHoldsResumesAndBothHearUntilTheRoomIsClosed(Talk talk) throws Exception {
        suite.apply("""
                outbound_trunks:
                  - name: %s
                    organisation: peers
                    gateways: [{host: %s, port: %d, transport: %s}]
                    caller_id: {number: "%s"}
                    dialling: {country: BE, form: as-dialled}
                    codecs: [%s]
                    srtp: "%s"
                """.formatted(TRUNK, PeerPhone.ADDRESS, program.port(talk.way()), talk.way().transport(), NUMBER, talk.codec(), talk.way().srtp()));
        try (PeerPhone phone = phone(ITSELF, talk)) {
            CalledPhone.awaitUp(suite.asAdmin(), TRUNK, gateway(talk));
            CallLog log = call(TRUNK);
            try (Ear there = suite.ear(log.await(CallRouted.class).room(), EAR_TONE)) {
                log.await(CallAnswered.class);
                talkHoldAndTalk(phone, there, log);
                there.closeRoom();
                log.assertEnded(EndReason.ROOM_CLOSED);
                phone.awaitOver();
            }
        }
    }

    /** The first gateway, the desk, is full, so the phone is called; then a REFER asks it to call the desk. */
    void isCalledAndFollowsOurRefer() throws Exception {
        int said = program == Program.BARESIP ? DESK_TONE : PeerPhone.TONE;
        try (AnsweringPhone desk = AnsweringPhone.open(
                        PhoneSettings.answering(PeerPhone.ADDRESS, DESK_PORT), Answering.refusing(503, Duration.ZERO));
                PeerPhone phone = phone(ITSELF, plain)) {
            CalledPhone.awaitUp(suite.asAdmin(), REFERRING_TRUNK, gateway(plain));
            CallLog log = call(REFERRING_TRUNK);
            try (Ear there = suite.ear(log.await(CallRouted.class).room(), EAR_TONE)) {
                log.await(CallAnswered.class);
                bothHear(phone, there);
                desk.answering(Answering.after(Duration.ofMillis(300)).saying(AudioSource.tone(DESK_TONE)).listeningFor(said));
                suite.asAdmin().json("POST", "/calls/" + log.callId() + "/transfer", "{\"to\": \"202\", \"way\": \"refer\"}");
                log.assertEnded(EndReason.TRANSFERRED);
                TakenCall taken = desk.calls().stream().filter(one -> one.called().equals("202")).findFirst().orElseThrow();
                phone.awaitMore(DESK_TONE, WINDOWS);
                Await.until("the desk hears it", PATIENCE, () -> taken.media().heardMillis(said) >= 500);
                phone.hangUp();
            }
        }
    }

    @Test
    void itHandsTheRoomOverByReferAndIsOutOfTheCall() throws Exception {
        Answering says = Answering.after(Duration.ofMillis(300)).saying(AudioSource.tone(DESK_TONE)).listeningFor(EAR_TONE);
        try (AnsweringPhone desk = AnsweringPhone.open(PhoneSettings.answering(PeerPhone.ADDRESS, DESK_PORT), says);
                PeerPhone phone = phone(CALLER, asCaller.getFirst())) {
            CalledPhone.awaitUp(suite, DESK_TRUNK);
            CallLog log = dial(phone);
            bothHear(phone, ear);
            phone.transfer("sip:202@" + PeerPhone.ADDRESS + ":" + DESK_PORT);
            TakenCall taken = desk.awaitCall(PATIENCE);
            assertThat(taken.called()).isEqualTo("202");
            log.assertEnded(EndReason.TRANSFERRED);
            phone.awaitOver();
            ear.awaitMore(DESK_TONE, WINDOWS);
            Await.until("the desk hears the room", PATIENCE, () -> taken.media().heardMillis(EAR_TONE) >= 500);
            taken.hangUp().toCompletableFuture().join();
        }
    }

    private void bothHear(PeerPhone phone, Ear there) {
        there.awaitMore(tone, WINDOWS);
        phone.awaitMore(EAR_TONE, WINDOWS);
    }

    private void talkHoldAndTalk(PeerPhone phone, Ear there, CallLog log) {
        bothHear(phone, there);
        phone.hold();
        log.await(CallHeld.class);
        phone.resume();
        log.await(CallResumed.class);
        bothHear(phone, there);
    }

    private CallLog dial(PeerPhone phone) {
        int before = suite.events().to(NUMBER).size();
        phone.dial(NUMBER, suite.edge(phone.way()));
        CallLog log = suite.events().nextTo(NUMBER, before);
        phone.awaitUp();
        return log;
    }

    /** Returns how the edge names the phone. */
    private String gateway(Talk talk) {
        return "%s:%d;transport=%s".formatted(PeerPhone.ADDRESS, program.port(talk.way()), talk.way().transport());
    }

    private CallLog call(String trunk) throws Exception {
        return suite.events().ofCall(suite.asAdmin()
                .json("POST", "/calls", "{\"organisation\": \"peers\", \"to\": \"%s\", \"trunk\": \"%s\"}".formatted(ITSELF, trunk))
                .path("call_id").asText());
    }
}
