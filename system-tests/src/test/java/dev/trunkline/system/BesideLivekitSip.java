package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.GuardedSuite;
import dev.trunkline.system.support.LiveKitSip;
import dev.trunkline.system.support.OtherSipNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The suite and a livekit-sip beside each other: one livekit-server, one Redis, a port each. Not part of the usual run, for it needs
 * that program: {@code ./trunkline faults -Dit.test=BesideLivekitSip -Dtrunkline.livekit-sip=PATH}.
 */
class BesideLivekitSip {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CALLS = 100;
    private static final int AT_ONCE = 5;
    private static final int TONE = 800;
    private static final int THEIR_PORT = 19_270;
    private static final String PEER = "127.0.0.41";
    private static final String NUMBER = "+3225551970";

    private static GuardedSuite suite;
    private static LiveKitSip liveKit;
    private OtherSipNode other;
    private CalledPhone callee;
    private String outbound;
    private String inbound;
    private String rule;

    @BeforeAll
    static void start() throws Exception {
        suite = GuardedSuite.start();
        suite.letDemoCall();
        liveKit = suite.liveKitSip();
    }

    @AfterAll
    static void stop() {
        if (suite != null) {
            suite.close();
        }
    }

    @BeforeEach
    void provision() throws Exception {
        String program = System.getProperty("trunkline.livekit-sip");
        assertThat(program).as("where livekit-sip is: -Dtrunkline.livekit-sip=PATH").isNotNull();
        callee = CalledPhone.open(suite.router());
        outbound = liveKit.outboundTrunk("beside-carrier", CalledPhone.address(), "+3225550100");
        inbound = liveKit.inboundTrunk("beside-pbx", NUMBER, PEER);
        rule = liveKit.rule("beside-rule", "beside-in", inbound, "demo", "{\"scenario\": \"echo\"}");
        CalledPhone.awaitUp(suite.router(), "beside-carrier");
        other = suite.livekitSip(Path.of(program), THEIR_PORT);
        Await.until("LiveKit's SIP API is answered", PATIENCE, () -> suite.isReady("livekit-sip-api"));
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        other.close();
        callee.close();
        liveKit.deleteRule(rule);
        liveKit.deleteTrunk(inbound);
        liveKit.deleteTrunk(outbound);
    }

    private static String number(int call) {
        return "+3225553%03d".formatted(call);
    }

    @Test
    void eachOfAHundredCallsOutIsMadeOnce() throws Exception {
        callee.does(CalledPhone.answers().talkingFor(Duration.ofMillis(500)));
        for (int first = 0; first < CALLS; first += AT_ONCE) {
            List<CompletableFuture<LiveKitSip.Answer>> asked = IntStream.range(first, first + AT_ONCE)
                    .mapToObj(i -> liveKit.create(CreateSIPParticipantRequest.newBuilder().setSipTrunkId(outbound).setSipCallTo(number(i))
                            .setRoomName("beside-" + i).setParticipantIdentity(number(i)).setWaitUntilAnswered(true).build()))
                    .toList();
            for (CompletableFuture<LiveKitSip.Answer> each : asked) {
                LiveKitSip.Answer answer = each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(answer.status()).as("%s", answer.error()).isEqualTo(200);
            }
        }
        // Another one that takes what was taken already would do so by now.
        Await.pause(2_000);
        List<TakenCall> taken = callee.taken();
        Map<String, Long> made = taken.stream().collect(Collectors.groupingBy(
                call -> call.invite().headers().first("User-Agent").orElse("nameless").split("[/ ]")[0], Collectors.counting()));
        System.out.println("calls out beside livekit-sip: " + made);
        assertThat(taken.stream().map(TakenCall::called).toList())
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, CALLS).mapToObj(BesideLivekitSip::number).toList());
        assertThat(made).hasSize(2);
    }

    @Test
    void eachOfAHundredCallsInToEitherIsAnsweredByTheOneThatWasCalled() throws Exception {
        try (Phone ours = phone(suite.suite().settings().sipPort()); Phone theirs = phone(THEIR_PORT)) {
            for (int first = 0; first < CALLS; first += AT_ONCE) {
                List<Call> calls = new ArrayList<>();
                for (int i = first; i < first + AT_ONCE; i++) {
                    calls.add(dial(ours, "+324703%05d".formatted(i)));
                    calls.add(dial(theirs, "+324704%05d".formatted(i)));
                }
                for (Call call : calls) {
                    call.awaitAnswer(PATIENCE);
                }
                for (int i = first; i < first + AT_ONCE; i++) {
                    assertThat(inRooms("+324703%05d".formatted(i))).singleElement().satisfies(who -> assertThat(isOurs(who)).isTrue());
                    assertThat(inRooms("+324704%05d".formatted(i))).singleElement().satisfies(who -> assertThat(isOurs(who)).isFalse());
                }
                for (Call call : calls) {
                    Await.until("the caller hears the agent's echo", PATIENCE, () -> call.media().heardMillis(TONE) >= 300);
                    call.hangUp().toCompletableFuture().join();
                }
            }
        }
    }

    private static List<ParticipantInfo> inRooms(String caller) throws Exception {
        return liveKit.participantsWith("sip.phoneNumber", caller).stream().map(LiveKitSip.InRoom::participant).toList();
    }

    private static boolean isOurs(ParticipantInfo who) {
        return Optional.ofNullable(who.getAttributesMap().get("trunkline.callId")).isPresent();
    }

    private static Call dial(Phone phone, String from) {
        return phone.dial(CallRequest.to(NUMBER).from(from).saying(AudioSource.tone(TONE)).listeningFor(TONE));
    }

    private static Phone phone(int port) throws Exception {
        return Phone.open(PhoneSettings.calling("127.0.0.1", port).bindTo(PEER));
    }
}
