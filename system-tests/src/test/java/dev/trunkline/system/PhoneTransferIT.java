package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallJoined;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferRequested;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AnsweringPhone;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Direction;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.Reply;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.phone.sip.Header;
import dev.trunkline.phone.sip.Headers;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallLog;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.Ear;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Phones of a PBX transfer the other party by REFER, and take over one another's calls by Replaces. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class PhoneTransferIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TO_ROOM = "+3225551760";
    private static final String TO_DESK = "+3225551761";
    private static final String TRUNK = "it-desks";
    private static final String ROOM = "phone-transfer-room";
    private static final String ADDRESS = "127.0.0.1";
    private static final int PORT = 19_078;
    private static final int CALLER_TONE = 700;
    private static final int DESK_TONE = 950;
    private static final int NEXT_TONE = 1_500;
    private static final int EAR_TONE = 1_200;
    private static final int WINDOWS = 5;
    private static AnsweringPhone desks;

    private final SuiteUnderTest suite;

    PhoneTransferIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void open(SuiteUnderTest suite) throws Exception {
        desks = AnsweringPhone.open(PhoneSettings.answering(ADDRESS, PORT), answers(DESK_TONE));
        suite.apply("""
                organisations:
                  - name: desks
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%s", max_concurrent_calls: 10}
                      - {phone_number: "%s", max_concurrent_calls: 10}
                outbound_trunks:
                  - name: %s
                    organisation: desks
                    gateways: [{host: %s, port: %d, transport: udp}]
                    caller_id: {number: "%s"}
                    dialling: {country: BE, form: as-dialled}
                rules:
                  - {name: desks-room, organisation: desks, trunks: [demo], numbers: ["%s"], type: direct, room_name: %s,
                     answer_policy: on-agent, patience_seconds: 25, when_agent_leaves: stay}
                  - {name: desks-forward, organisation: desks, trunks: [demo], numbers: ["%s"], type: forward,
                     forward_to: {to: "201", trunk: %s}}
                """.formatted(TO_ROOM, TO_DESK, TRUNK, ADDRESS, PORT, TO_ROOM, TO_ROOM, ROOM, TO_DESK, TRUNK));
        CalledPhone.awaitUp(suite, TRUNK);
    }

    @AfterAll
    static void close() {
        desks.close();
    }

    @AfterEach
    void nothingIsLeft() {
        Await.until("no slot is held", PATIENCE, () -> suite.gauge("rate-limiter", "trunkline_limiter_calls") == 0);
    }

    private static Answering answers(int tone) {
        return Answering.after(Duration.ofMillis(500)).saying(AudioSource.tone(tone)).listeningFor(CALLER_TONE, EAR_TONE);
    }

    private static Call dial(Phone phone, String number, String from) {
        Call call = phone.dial(CallRequest.to(number).from(from).saying(AudioSource.tone(CALLER_TONE))
                .listeningFor(DESK_TONE, NEXT_TONE, EAR_TONE));
        call.awaitAnswer(PATIENCE);
        return call;
    }

    private static List<Header> referTo(String target) {
        return List.of(new Header("Refer-To", target), new Header("Contact", "<sip:phone@" + ADDRESS + ":5999>"));
    }

    private Reply refer(Call call, String target) {
        return call.send("REFER", referTo(target), "").toCompletableFuture().join();
    }

    private CallLog leg(CallLog of, int number) {
        Await.until("leg " + number + " is made", PATIENCE, () -> of.all(TransferStarted.class).size() > number);
        CallId leg = of.all(TransferStarted.class).get(number).leg().orElseThrow();
        return suite.events().ofCall(leg.toString());
    }

    @Test
    void aCallerWhoRefersGivesItsPlaceInTheRoomToTheExtensionThatItNames() throws Exception {
        desks.answering(answers(NEXT_TONE));
        try (Ear ear = suite.ear(ROOM, EAR_TONE); Phone phone = suite.phone()) {
            Call call = dial(phone, TO_ROOM, "+32470891001");
            CallLog log = suite.events().of(call);
            ear.awaitMore(CALLER_TONE, WINDOWS);

            assertThat(refer(call, "<sip:202@127.0.0.1>").status()).isEqualTo(202);
            assertThat(log.await(TransferRequested.class).requestedBy()).isEqualTo("phone");
            TakenCall taken = desks.awaitCall(PATIENCE);
            assertThat(taken.called()).isEqualTo("202");
            assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            log.assertEnded(EndReason.TRANSFERRED);
            ear.awaitMore(NEXT_TONE, WINDOWS);
            long heard = taken.media().heardMillis(EAR_TONE);
            Await.until("the extension hears the room", PATIENCE, () -> taken.media().heardMillis(EAR_TONE) >= heard + 500);

            ear.leave();
            leg(log, 0).assertEnded(EndReason.AGENT_LEFT);
            assertThat(taken.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
        }
    }

    @Test
    void aCallerWhoHangsUpRightAfterItsReferLeavesTheRoomWithTheExtension() throws Exception {
        desks.answering(answers(NEXT_TONE));
        try (Ear ear = suite.ear(ROOM, EAR_TONE); Phone phone = suite.phone()) {
            Call call = dial(phone, TO_ROOM, "+32470891002");
            CallLog log = suite.events().of(call);
            ear.awaitMore(CALLER_TONE, WINDOWS);
            assertThat(refer(call, "<sip:202@127.0.0.1>").status()).isEqualTo(202);
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);

            TakenCall taken = desks.awaitCall(PATIENCE);
            log.assertEnded(EndReason.TRANSFERRED);
            ear.awaitMore(NEXT_TONE, WINDOWS);
            assertThat(taken.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            leg(log, 0).assertEnded(EndReason.CALLEE_HUNG_UP);
        }
    }

    @Test
    void aDeskThatRefersHandsItsCallerOnAndTheTwoHearEachOther() throws Exception {
        desks.answering(answers(DESK_TONE));
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, TO_DESK, "+32470891003");
            CallLog log = suite.events().of(call);
            TakenCall desk = desks.awaitCall(PATIENCE);
            Await.until("the caller hears the desk", PATIENCE, () -> call.media().heardMillis(DESK_TONE) >= 500);

            desks.answering(answers(NEXT_TONE));
            assertThat(desk.send("REFER", referTo("<sip:203@127.0.0.1:" + PORT + ">"), "").toCompletableFuture().join().status()).isEqualTo(202);
            TakenCall next = desks.awaitCall(PATIENCE);
            assertThat(next.called()).isEqualTo("203");
            assertThat(desk.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            leg(log, 0).assertEnded(EndReason.TRANSFERRED);
            Await.until("caller and next hear each other", PATIENCE,
                    () -> call.media().heardMillis(NEXT_TONE) >= 500 && next.media().heardMillis(CALLER_TONE) >= 500);

            assertThat(next.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            log.assertEnded(EndReason.PARTNER_LEFT);
            assertThat(log.all(TransferSucceeded.class)).hasSize(2);
        }
    }

    @Test
    void whereTheTargetIsBusyTheCallGoesOnAndWhatPhonesMayNotCallIsRefused() throws Exception {
        desks.answering(Answering.refusing(486, Duration.ZERO));
        try (Ear ear = suite.ear(ROOM, EAR_TONE); Phone phone = suite.phone()) {
            Call call = dial(phone, TO_ROOM, "+32470891004");
            CallLog log = suite.events().of(call);
            ear.awaitMore(CALLER_TONE, WINDOWS);
            Reply forbidden = refer(call, "<sip:+32470123456@127.0.0.1>");
            assertThat(forbidden.status()).isEqualTo(403);
            assertThat(forbidden.headers().first("Reason").orElseThrow()).contains("cause=403");
            assertThat(refer(call, "<sip:nobody>").status()).isEqualTo(400);
            assertThat(refer(call, "<sip:202@127.0.0.1>").status()).isEqualTo(202);
            desks.awaitCall(PATIENCE);
            Await.until("both have failed", PATIENCE, () -> log.all(TransferFailed.class).size() == 2);
            assertThat(log.all(TransferFailed.class).getLast().status()).hasValue(486);
            ear.awaitMore(CALLER_TONE, WINDOWS);
            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    @Test
    void anotherPhoneTakesACallOverByReplacesAndIsHeardInItsPlace() throws Exception {
        try (Ear ear = suite.ear(ROOM, EAR_TONE); Phone first = suite.phone(); Phone second = suite.phone()) {
            Call call = dial(first, TO_ROOM, "+32470891005");
            CallLog log = suite.events().of(call);
            ear.awaitMore(CALLER_TONE, WINDOWS);
            Headers answer = call.awaitAnswer(PATIENCE).headers();
            String replaces = "%s;to-tag=%s;from-tag=%s".formatted(call.callId(), tag(answer, "To"), tag(answer, "From"));

            Call other = second.dial(CallRequest.to(TO_ROOM).from("+32470891006").saying(AudioSource.tone(NEXT_TONE))
                    .listeningFor(EAR_TONE).header("Replaces", replaces));
            other.awaitAnswer(PATIENCE);
            assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            ear.awaitMore(NEXT_TONE, WINDOWS);
            Await.until("the other phone hears the room", PATIENCE, () -> other.media().heardMillis(EAR_TONE) >= 500);
            assertThat(log.all(CallRouted.class)).hasSize(1);
            other.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);

            CallResult gone = second.dial(CallRequest.to(TO_ROOM).from("+32470891006").header("Replaces", replaces)).awaitFinal(PATIENCE);
            assertThat(((CallResult.Refused) gone).status()).isEqualTo(481);
        }
    }

    @Test
    void aPhoneThatTakesNoReferIsHandedOverByALegInstead() throws Exception {
        desks.answering(answers(NEXT_TONE));
        try (Ear ear = suite.ear(ROOM, EAR_TONE); Phone phone = suite.phone()) {
            Call call = dial(phone, TO_ROOM, "+32470891011");
            CallLog log = suite.events().of(call);
            ear.awaitMore(CALLER_TONE, WINDOWS);
            suite.asAdmin().json("POST", "/calls/" + log.callId() + "/transfer",
                    "{\"to\": \"+32470891099\", \"way\": \"refer-first\", \"trunk\": \"" + TRUNK + "\"}");
            TakenCall taken = desks.awaitCall(PATIENCE);
            Await.until("the two hear each other", PATIENCE,
                    () -> call.media().heardMillis(NEXT_TONE) >= 500 && taken.media().heardMillis(CALLER_TONE) >= 500);
            assertThat(log.all(TransferFailed.class).getFirst().status()).as("the phone knows no REFER").hasValue(405);
            assertThat(log.all(TransferSucceeded.class).getLast().way()).isEqualTo(TransferWay.BRIDGE);
            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            assertThat(taken.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
        }
    }

    /** Sends a REFER whose Refer-To has the Replaces of a dialog, with the tags as the suite sees them. */
    private Reply join(TakenCall desk, String callId, String ourTag, String itsTag) {
        String replaces = URLEncoder.encode("%s;to-tag=%s;from-tag=%s".formatted(callId, ourTag, itsTag), StandardCharsets.UTF_8);
        return desk.send("REFER", referTo("<sip:" + TO_ROOM + "@127.0.0.1?Replaces=" + replaces + ">"), "").toCompletableFuture().join();
    }

    private static void hold(CompletionStage<Reply> reinvite) {
        assertThat(reinvite.toCompletableFuture().join().status()).isEqualTo(200);
    }

    @Test
    void aDeskThatHoldsItsCallerAndConsultsARoomJoinsTheTwoAndLeaves() throws Exception {
        desks.answering(answers(DESK_TONE));
        try (Ear ear = suite.ear(ROOM, EAR_TONE); Phone phone = suite.phone(); Phone consulting = suite.phone()) {
            Call call = dial(phone, TO_DESK, "+32470891007");
            CallLog log = suite.events().of(call);
            TakenCall desk = desks.awaitCall(PATIENCE);
            Await.until("the caller hears the desk", PATIENCE, () -> call.media().heardMillis(DESK_TONE) >= 500);
            hold(desk.reinvite(Direction.SENDONLY));

            Call second = consulting.dial(CallRequest.to(TO_ROOM).from("+32470891008").saying(AudioSource.tone(NEXT_TONE))
                    .listeningFor(EAR_TONE));
            Headers answer = second.awaitAnswer(PATIENCE).headers();
            CallLog consulted = suite.events().of(second);
            ear.awaitMore(NEXT_TONE, WINDOWS);
            hold(second.reinvite(Direction.SENDONLY));
            assertThat(join(desk, second.callId(), tag(answer, "To"), tag(answer, "From")).status()).isEqualTo(202);

            assertThat(desk.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            assertThat(second.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            long heard = call.media().heardMillis(EAR_TONE);
            Await.until("the caller hears the room", PATIENCE, () -> call.media().heardMillis(EAR_TONE) >= heard + 1_000);
            ear.awaitMore(CALLER_TONE, 2 * WINDOWS);
            assertThat(leg(log, 0).await(CallJoined.class).with()).isEqualTo(consulted.await(CallJoined.class).callId());
            assertThat(consulted.all(CallResumed.class)).as("the hold went with the phone").isNotEmpty();

            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            leg(log, 0).assertEnded(EndReason.PARTNER_LEFT);
            consulted.assertEnded(EndReason.PARTNER_LEFT);
        }
    }

    @Test
    void aDeskThatHasTwoCallersJoinsThemAndOneWhoHangsUpLeavesNobodyAlone() throws Exception {
        desks.answering(answers(DESK_TONE));
        try (Phone phone = suite.phone(); Phone other = suite.phone()) {
            Call call = dial(phone, TO_DESK, "+32470891009");
            CallLog log = suite.events().of(call);
            TakenCall desk = desks.awaitCall(PATIENCE);
            Call second = other.dial(CallRequest.to(TO_DESK).from("+32470891010").saying(AudioSource.tone(NEXT_TONE))
                    .listeningFor(CALLER_TONE, DESK_TONE));
            second.awaitAnswer(PATIENCE);
            CallLog its = suite.events().of(second);
            TakenCall line = desks.awaitCall(PATIENCE);
            Await.until("both hear the desk", PATIENCE,
                    () -> call.media().heardMillis(DESK_TONE) >= 500 && second.media().heardMillis(DESK_TONE) >= 500);
            Headers asked = line.send("OPTIONS", List.of(), "").toCompletableFuture().join().headers();

            assertThat(join(desk, line.invite().headers().require("Call-ID"), tag(asked, "To"), tag(asked, "From")).status()).isEqualTo(202);
            assertThat(desk.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            assertThat(line.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            Await.until("the two hear each other", PATIENCE,
                    () -> call.media().heardMillis(NEXT_TONE) >= 1_000 && second.media().heardMillis(CALLER_TONE) >= 1_000);

            second.hangUp().toCompletableFuture().join();
            its.assertEnded(EndReason.CALLER_HUNG_UP);
            leg(its, 0).assertEnded(EndReason.PARTNER_LEFT);
            leg(log, 0).assertEnded(EndReason.PARTNER_LEFT);
            log.assertEnded(EndReason.PARTNER_LEFT);
            assertThat(call.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
        }
    }

    private static String tag(Headers headers, String name) {
        return headers.require(name).replaceFirst(".*;tag=", "").replaceFirst(";.*", "");
    }
}
