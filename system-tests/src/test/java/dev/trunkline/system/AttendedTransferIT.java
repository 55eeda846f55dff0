package dev.trunkline.system;

import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallJoined;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.TransferStarted;
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
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Phones of other vendors that have two calls with the suite join them and leave, each by its own attended transfer (REFER with
 * Replaces). Tones show that each remote party hears the phone before the transfer, and the other remote party after it.
 */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class AttendedTransferIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TO_ROOM = "+3225551762";
    private static final String TO_DESK = "+3225551763";
    private static final String TO_PHONE = "+3225551764";
    private static final String PHONE = "+32470891101";
    private static final String CALLER = "+32470891102";
    private static final String ROOM = "attended-room";
    private static final String DESK_TRUNK = "it-attended-desk";
    private static final int DESK_PORT = 19_079;
    private static final int CALLER_TONE = 500;
    private static final int DESK_TONE = 950;
    private static final int EAR_TONE = 1_200;
    /** Number of windows of 100 ms each. */
    private static final int WINDOWS = 7;
    private static final long MILLIS = 700;

    private final SuiteUnderTest suite;

    AttendedTransferIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    private static String trunk(Program program) {
        return "it-attended-" + program.name().toLowerCase(Locale.ROOT);
    }

    @BeforeAll
    static void directory(SuiteUnderTest suite) throws Exception {
        suite.apply("""
                organisations:
                  - name: attended
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%1$s", max_concurrent_calls: 5}
                      - {phone_number: "%2$s", max_concurrent_calls: 5}
                      - {phone_number: "%3$s", max_concurrent_calls: 5}
                outbound_trunks:
                  - {name: %5$s, organisation: attended, gateways: [{host: %6$s, port: %7$d, transport: udp}],
                     caller_id: {number: "%1$s"}, dialling: {country: BE, form: as-dialled}}
                rules:
                  - {name: attended-room, organisation: attended, trunks: [demo], numbers: ["%1$s"], type: direct, room_name: %4$s,
                     answer_policy: on-agent, patience_seconds: 25, when_agent_leaves: stay}
                  - {name: attended-desk, organisation: attended, trunks: [demo], numbers: ["%2$s"], type: forward,
                     forward_to: {to: "202", trunk: %5$s}}
                """.formatted(TO_ROOM, TO_DESK, TO_PHONE, ROOM, DESK_TRUNK, PeerPhone.ADDRESS, DESK_PORT));
    }

    /** Forwards calls to the third number to the phone. */
    private void forwardTo(Program program) throws Exception {
        suite.apply("""
                outbound_trunks:
                  - {name: %1$s, organisation: attended, gateways: [{host: %2$s, port: %3$d, transport: udp}],
                     caller_id: {number: "%4$s"}, dialling: {country: BE, form: as-dialled}}
                rules:
                  - {name: attended-phone, organisation: attended, trunks: [demo], numbers: ["%5$s"], type: forward,
                     forward_to: {to: "600", trunk: %1$s}}
                """.formatted(trunk(program), PeerPhone.ADDRESS, program.port(), TO_ROOM, TO_PHONE));
    }

    @AfterEach
    void nothingIsLeft() {
        Await.until("no slot is held", PATIENCE, () -> suite.gauge("rate-limiter", "trunkline_limiter_calls") == 0);
    }

    /** The phone has placed both calls. */
    @ParameterizedTest
    @CsvSource({"PJSIP, PCMA, UDP", "PJSIP, G722, TLS", "LINPHONE, PCMU/8000, UDP"})
    void whoCalledARoomAndADeskLeavesTheTwoWithEachOther(Program program, String codec, Way way) throws Exception {
        Answering says = Answering.after(Duration.ofMillis(300)).saying(AudioSource.tone(DESK_TONE)).listeningFor(PeerPhone.TONE, EAR_TONE);
        try (AnsweringPhone desk = AnsweringPhone.open(PhoneSettings.answering(PeerPhone.ADDRESS, DESK_PORT), says);
                Ear ear = suite.ear(ROOM, EAR_TONE);
                PeerPhone phone = suite.peer(program, PHONE, codec, way)) {
            CalledPhone.awaitUp(suite, DESK_TRUNK);
            CallLog room = dial(phone, TO_ROOM);
            ear.awaitMore(PeerPhone.TONE, WINDOWS);
            phone.awaitMore(EAR_TONE, WINDOWS);
            phone.hold();
            room.await(CallHeld.class);
            CallLog toDesk = dial(phone, TO_DESK);
            TakenCall taken = desk.awaitCall(PATIENCE);
            deskHears(taken, PeerPhone.TONE);
            phone.awaitMore(DESK_TONE, WINDOWS);

            phone.joinItsTwoCalls();
            toDesk.await(CallJoined.class);
            room.await(CallJoined.class);
            phone.awaitOver(2);
            deskHears(taken, EAR_TONE);
            ear.awaitMore(DESK_TONE, 2 * WINDOWS);

            taken.hangUp().toCompletableFuture().join();
            toDesk.assertEnded(EndReason.PARTNER_LEFT);
            room.assertEnded(EndReason.PARTNER_LEFT);
        }
    }

    /** The phone was called by one of them, as when a desk consults somebody about its caller. */
    @ParameterizedTest
    @CsvSource({"PJSIP, PCMA", "LINPHONE, PCMA/8000"})
    void whoHoldsACallerAndConsultsARoomLeavesTheTwoWithEachOther(Program program, String codec) throws Exception {
        forwardTo(program);
        try (Ear ear = suite.ear(ROOM, EAR_TONE); PeerPhone phone = suite.peer(program, "600", codec, Way.UDP); Phone callers = suite.phone()) {
            CalledPhone.awaitUp(suite, trunk(program));
            Call caller = callers.dial(CallRequest.to(TO_PHONE).from(CALLER).saying(AudioSource.tone(CALLER_TONE))
                    .listeningFor(PeerPhone.TONE, EAR_TONE));
            caller.awaitAnswer(PATIENCE);
            CallLog log = suite.events().of(caller);
            CallLog leg = suite.events().ofCall(log.await(TransferStarted.class).leg().orElseThrow().toString());
            callerHears(caller, PeerPhone.TONE);
            phone.awaitMore(CALLER_TONE, WINDOWS);
            phone.hold();
            leg.await(CallHeld.class);
            CallLog room = dial(phone, TO_ROOM);
            ear.awaitMore(PeerPhone.TONE, WINDOWS);
            phone.awaitMore(EAR_TONE, WINDOWS);

            phone.joinItsTwoCalls();
            leg.await(CallJoined.class);
            room.await(CallJoined.class);
            phone.awaitOver(2);
            callerHears(caller, EAR_TONE);
            ear.awaitMore(CALLER_TONE, 2 * WINDOWS);

            caller.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            leg.assertEnded(EndReason.PARTNER_LEFT);
            room.assertEnded(EndReason.PARTNER_LEFT);
        }
    }

    private static void deskHears(TakenCall desk, int hertz) {
        long heard = desk.media().heardMillis(hertz);
        Await.until("the desk hears " + hertz + " Hz", PATIENCE, () -> desk.media().heardMillis(hertz) >= heard + MILLIS);
    }

    private static void callerHears(Call caller, int hertz) {
        long heard = caller.media().heardMillis(hertz);
        Await.until("the caller hears " + hertz + " Hz", PATIENCE, () -> caller.media().heardMillis(hertz) >= heard + MILLIS);
    }

    private CallLog dial(PeerPhone phone, String number) {
        int before = suite.events().to(number).size();
        phone.dial(number, suite.edge(phone.way()));
        CallLog log = suite.events().nextTo(number, before);
        log.await(CallAnswered.class, PATIENCE);
        return log;
    }
}
