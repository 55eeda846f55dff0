package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallJoined;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
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
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A desk whose two calls are at two edges joins them by its attended transfer; both parties hear each other, and end together. */
@Tag("long")
@ExtendWith(SuiteExtension.class)
class TwoEdgesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TO_ROOM = "+3225551766";
    private static final String TO_DESK = "+3225551767";
    private static final String CALLER = "+32470891201";
    private static final String DESK = "+32470891202";
    private static final String TRUNK = "it-two-edges";
    private static final String ROOM = "two-edges-room";
    private static final String ADDRESS = "127.0.0.1";
    private static final int PORT = 19_078;
    private static final int CALLER_TONE = 700;
    private static final int DESK_TONE = 950;
    private static final int CONSULTING_TONE = 1_500;
    private static final int EAR_TONE = 1_200;
    private static final int WINDOWS = 7;

    private static AnsweringPhone desks;
    private static String second;

    private final SuiteUnderTest suite;

    TwoEdgesIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void open(SuiteUnderTest suite) throws Exception {
        second = suite.suite().addReplica("sip-edge");
        desks = AnsweringPhone.open(PhoneSettings.answering(ADDRESS, PORT), Answering.after(Duration.ofMillis(300))
                .saying(AudioSource.tone(DESK_TONE)).listeningFor(CALLER_TONE));
        suite.apply("""
                organisations:
                  - name: two-edges
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%1$s", max_concurrent_calls: 10}
                      - {phone_number: "%2$s", max_concurrent_calls: 10}
                outbound_trunks:
                  - {name: %3$s, organisation: two-edges, gateways: [{host: %4$s, port: %5$d, transport: udp}],
                     caller_id: {number: "%1$s"}, dialling: {country: BE, form: as-dialled}}
                rules:
                  - {name: two-edges-room, organisation: two-edges, trunks: [demo], numbers: ["%1$s"], type: direct, room_name: %6$s,
                     answer_policy: on-agent, patience_seconds: 25, when_agent_leaves: stay}
                  - {name: two-edges-desk, organisation: two-edges, trunks: [demo], numbers: ["%2$s"], type: forward,
                     forward_to: {to: "201", trunk: %3$s}}
                """.formatted(TO_ROOM, TO_DESK, TRUNK, ADDRESS, PORT, ROOM));
        CalledPhone.awaitUp(suite, TRUNK);
    }

    @AfterAll
    static void close(SuiteUnderTest suite) throws Exception {
        desks.close();
        suite.suite().removeReplica(second);
    }

    @AfterEach
    void nothingIsLeft() {
        Await.until("no slot is held, and no edge has a call", PATIENCE, () -> suite.gauge("rate-limiter", "trunkline_limiter_calls") == 0
                && suite.gauge("sip-edge", "trunkline_edge_calls") == 0 && suite.gauge(second, "trunkline_edge_calls") == 0);
    }

    private static String tag(Headers headers, String name) {
        return headers.require(name).replaceFirst(".*;tag=", "").replaceFirst(";.*", "");
    }

    private static String replaces(Call call, Headers answer) {
        return "%s;to-tag=%s;from-tag=%s".formatted(call.callId(), tag(answer, "To"), tag(answer, "From"));
    }

    @Test
    void aDeskWithACallerByOneEdgeAndARoomByAnotherJoinsTheTwoAndLeaves() throws Exception {
        try (Ear ear = suite.ear(ROOM, EAR_TONE); Phone phone = suite.phone(); Phone consulting = suite.phoneOfSecondEdge()) {
            Call call = phone.dial(CallRequest.to(TO_DESK).from(CALLER).saying(AudioSource.tone(CALLER_TONE)).listeningFor(DESK_TONE, EAR_TONE));
            call.awaitAnswer(PATIENCE);
            CallLog log = suite.events().of(call);
            TakenCall desk = desks.awaitCall(PATIENCE);
            Await.until("the caller hears the desk", PATIENCE, () -> call.media().heardMillis(DESK_TONE) >= 500);
            assertThat(desk.reinvite(Direction.SENDONLY).toCompletableFuture().join().status()).isEqualTo(200);
            Call asked = consulting.dial(CallRequest.to(TO_ROOM).from(DESK).saying(AudioSource.tone(CONSULTING_TONE)).listeningFor(EAR_TONE));
            Headers answer = asked.awaitAnswer(PATIENCE).headers();
            CallLog consulted = suite.events().of(asked);
            assertThat(log.await(InviteReceived.class).edge()).isNotEqualTo(consulted.await(InviteReceived.class).edge());
            ear.awaitMore(CONSULTING_TONE, WINDOWS);

            assertThat(join(desk, replaces(asked, answer)).status()).isEqualTo(202);
            assertThat(desk.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            assertThat(asked.awaitEnd(PATIENCE).orElseThrow().by()).isEqualTo(CallEnd.By.FAR_END);
            long heard = call.media().heardMillis(EAR_TONE);
            Await.until("the caller hears the room", PATIENCE, () -> call.media().heardMillis(EAR_TONE) >= heard + 1_000);
            ear.awaitMore(CALLER_TONE, 2 * WINDOWS);
            CallId leg = log.await(TransferStarted.class).leg().orElseThrow();
            assertThat(consulted.await(CallJoined.class).with()).isEqualTo(leg);
            assertThat(consulted.await(CallJoined.class).edge()).isEqualTo(Optional.of(log.await(InviteReceived.class).edge()));

            call.hangUp().toCompletableFuture().join();
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            suite.events().ofCall(leg.toString()).assertEnded(EndReason.PARTNER_LEFT);
            consulted.assertEnded(EndReason.PARTNER_LEFT);
        }
    }

    @Test
    void whatTheOtherEdgeRefusesIsToldAndAPickUpByTheWrongEdgeToo() throws Exception {
        try (Ear ear = suite.ear(ROOM, EAR_TONE); Phone phone = suite.phone(); Phone other = suite.phoneOfSecondEdge()) {
            Call one = phone.dial(CallRequest.to(TO_ROOM).from(CALLER).saying(AudioSource.tone(CALLER_TONE)).listeningFor(EAR_TONE));
            Headers answer = one.awaitAnswer(PATIENCE).headers();
            CallLog log = suite.events().of(one);
            Call same = other.dial(CallRequest.to(TO_ROOM).from(DESK).saying(AudioSource.tone(CONSULTING_TONE)).listeningFor(EAR_TONE));
            Headers second = same.awaitAnswer(PATIENCE).headers();
            CallLog its = suite.events().of(same);

            Reply refused = one.send("REFER", referTo(replaces(same, second)), "").toCompletableFuture().join();
            assertThat(refused.status()).isEqualTo(603);
            assertThat(refused.headers().first("Reason").orElseThrow()).contains("in one room");
            assertThat(log.await(TransferFailed.class).status()).hasValue(603);

            CallResult wrong = other.dial(CallRequest.to(TO_ROOM).from(DESK).header("Replaces", replaces(one, answer))).awaitFinal(PATIENCE);
            assertThat(((CallResult.Refused) wrong).status()).isEqualTo(481);
            assertThat(((CallResult.Refused) wrong).headers().first("Reason").orElseThrow()).contains("where its Contact points");
            ear.awaitMore(CALLER_TONE, WINDOWS);
            ear.awaitMore(CONSULTING_TONE, WINDOWS);
            for (Call call : List.of(one, same)) {
                assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            }
            log.assertEnded(EndReason.CALLER_HUNG_UP);
            its.assertEnded(EndReason.CALLER_HUNG_UP);
        }
    }

    private Reply join(TakenCall desk, String replaces) {
        return desk.send("REFER", referTo(replaces), "").toCompletableFuture().join();
    }

    private List<Header> referTo(String replaces) {
        return List.of(
                new Header("Refer-To", "<sip:%s@%s:%d?Replaces=%s>".formatted(TO_ROOM, ADDRESS, suite.secondEdge().getPort(),
                        URLEncoder.encode(replaces, StandardCharsets.UTF_8))),
                new Header("Contact", "<sip:phone@" + ADDRESS + ":5999>"));
    }
}
