package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bench.Machine;
import dev.trunkline.bench.Usage;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CallFigures;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.GuardedSuite;
import dev.trunkline.system.support.LiveKitSip;
import dev.trunkline.system.support.LivekitSipNode;
import dev.trunkline.system.support.SharedTrunks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Setup times and costs of calls of the suite and of livekit-sip, measured in the same way: the same phones, trunks, agent,
 * livekit-server and Redis, first with one node and then with the other. It prints figures and judges none. Not part of the other
 * tests, because it needs {@link LivekitSipNode#BINARY}: {@code docs/livekit-sip.md} has the command.
 */
class LivekitSipFiguresTrial {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** {@code opus}, as agents on LiveKit's SDKs send it, or {@code g711}. */
    private static final boolean OPUS = !System.getProperty("trunkline.livekit-sip.agent", "opus").equals("g711");
    private static final int WARM = Integer.getInteger("trunkline.livekit-sip.warm", 30);
    private static final int ONE_BY_ONE = Integer.getInteger("trunkline.livekit-sip.calls", 50);
    private static final int HELD = Integer.getInteger("trunkline.livekit-sip.held", 20);
    private static final int SECONDS = Integer.getInteger("trunkline.livekit-sip.seconds", 30);
    private static final int REST_SECONDS = 10;
    private static final long BETWEEN_MILLIS = 500;
    private static final long WARM_BETWEEN_MILLIS = 100;
    private static final long SETTLE_MILLIS = 3_000;
    private static final int TONE = 800;
    private static final long ENOUGH_MILLIS = 300;
    private static final String API = "livekit-sip-api";
    private static final String NODE = "livekit-sip";
    private static final Set<String> SERVICES =
            Set.of("call-router", "sip-edge", "rate-limiter", "media-relay", "agent-dispatcher", API, "kafka", "postgres");

    private static GuardedSuite suite;
    private static SharedTrunks trunks;
    private static LiveKitSip liveKit;
    private final List<String> report = new ArrayList<>();
    private int dialled;

    @BeforeAll
    static void start() throws Exception {
        LivekitSipNode.binary();
        suite = GuardedSuite.unguarded();
        liveKit = suite.liveKitSip();
        trunks = SharedTrunks.of(suite);
    }

    @AfterAll
    static void stop() throws Exception {
        if (trunks != null) {
            trunks.close();
        }
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    void setupTimesAndCostOfBoth() throws Exception {
        report.add("%s, %s; agents send %s".formatted(Machine.hardware(), Machine.system(), OPUS ? "Opus" : "G.711"));
        Map<String, Long> pids = new HashMap<>(suite.suite().running().pids());
        measure("Trunkline", suite.suite().settings().sipPort(), pids, SERVICES::contains);

        suite.suite().process(API).kill();
        pids.remove(API);
        try (LivekitSipNode node = LivekitSipNode.start(suite)) {
            pids.put(NODE, node.pid());
            measure(NODE, LivekitSipNode.SIP_PORT, pids, NODE::equals);
        }
        Path file = suite.suite().logs().resolveSibling("livekit-sip-figures-" + (OPUS ? "opus" : "g711") + ".txt");
        Files.write(file, report);
        System.out.println("written to " + file);
    }

    private void measure(String name, int port, Map<String, Long> pids, Predicate<String> own) throws Exception {
        say("load before: %.1f".formatted(Machine.load()));
        try (Phone phone = SharedTrunks.phone(port)) {
            callIn(phone, WARM, WARM_BETWEEN_MILLIS);
            List<Double> setup = callIn(phone, ONE_BY_ONE, BETWEEN_MILLIS);
            CallFigures.of(name + ", callers", Map.of("INVITE to 200", setup), HELD, held(pids, () -> holdIn(phone))).lines(own).forEach(this::say);
        }
        callOut(WARM, WARM_BETWEEN_MILLIS);
        Map<String, List<Double>> times = callOut(ONE_BY_ONE, BETWEEN_MILLIS);
        CallFigures.of(name + ", calls out", times, HELD, held(pids, this::holdOut)).lines(own).forEach(this::say);
    }

    private void say(String line) {
        System.out.println(line);
        report.add(line);
    }

    private List<Double> callIn(Phone phone, int calls, long between) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            Call call = dial(phone);
            millis.add(call.awaitAnswer(PATIENCE).setupNanos() / 1e6);
            call.hangUp().toCompletableFuture().join();
            Await.pause(between);
        }
        return millis;
    }

    private Call dial(Phone phone) {
        return phone.dial(CallRequest.to(OPUS ? SharedTrunks.OPUS : SharedTrunks.G711).from("+32470%06d".formatted(dialled++))
                .saying(AudioSource.tone(TONE)).listeningFor(TONE));
    }

    /** Returns the times from the request to LiveKit's API until the phone rings, and until the API reports that it has answered. */
    private Map<String, List<Double>> callOut(int calls, long between) throws Exception {
        trunks.callee().does(Answering.after(Duration.ZERO));
        List<Double> rings = new ArrayList<>();
        List<Double> told = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            long begin = System.nanoTime();
            CompletableFuture<LiveKitSip.Answer> asked = create(dialled++);
            TakenCall taken = trunks.callee().awaitCall();
            rings.add((System.nanoTime() - begin) / 1e6);
            answered(asked);
            told.add((System.nanoTime() - begin) / 1e6);
            taken.hangUp().toCompletableFuture().join();
            Await.pause(between);
        }
        return Map.of("CreateSIPParticipant to INVITE", rings, "CreateSIPParticipant to its answer", told);
    }

    private static CompletableFuture<LiveKitSip.Answer> create(int call) {
        return liveKit.create(CreateSIPParticipantRequest.newBuilder()
                .setSipTrunkId(trunks.outbound()).setSipCallTo("+3225553%03d".formatted(call)).setRoomName(room(call))
                .setParticipantIdentity("callee").setWaitUntilAnswered(true).build());
    }

    private static String room(int call) {
        return "figures-" + call;
    }

    private static void answered(CompletableFuture<LiveKitSip.Answer> asked) throws Exception {
        LiveKitSip.Answer answer = asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.status()).as("%s", answer.error()).isEqualTo(200);
    }

    /** Calls that are being held. */
    private interface Held {
        boolean areUp();

        void hangUp();
    }

    /** A way to set calls up. */
    private interface Calls {
        Held up() throws Exception;
    }

    private static List<Usage> held(Map<String, Long> pids, Calls calls) throws Exception {
        Await.pause(SETTLE_MILLIS);
        Usage before = Usage.of(pids);
        Await.pause(REST_SECONDS * 1_000L);
        Usage rest = Usage.of(pids);
        Held held = calls.up();
        Await.pause(SETTLE_MILLIS);
        Usage begin = Usage.of(pids);
        Await.pause(SECONDS * 1_000L);
        Usage end = Usage.of(pids);
        assertThat(held.areUp()).as("each call is still up").isTrue();
        held.hangUp();
        Await.pause(SETTLE_MILLIS);
        return List.of(before, rest, begin, end);
    }

    private Held holdIn(Phone phone) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < HELD; i++) {
            Call call = dial(phone);
            call.awaitAnswer(PATIENCE);
            Await.until("the caller hears the agent's echo", PATIENCE, () -> call.media().heardMillis(TONE) >= ENOUGH_MILLIS);
            calls.add(call);
        }
        return new Held() {
            @Override
            public boolean areUp() {
                return calls.stream().allMatch(Call::isUp);
            }

            @Override
            public void hangUp() {
                calls.forEach(call -> call.hangUp().toCompletableFuture().join());
            }
        };
    }

    private Held holdOut() throws Exception {
        trunks.callee().does(Answering.after(Duration.ZERO).saying(AudioSource.tone(CalledPhone.TONE)).listeningFor(CalledPhone.TONE));
        List<TakenCall> calls = new ArrayList<>();
        for (int i = 0; i < HELD; i++) {
            int number = dialled++;
            CompletableFuture<LiveKitSip.Answer> asked = create(number);
            TakenCall taken = trunks.callee().awaitCall();
            answered(asked);
            trunks.dispatch(room(number), OPUS);
            Await.until("the callee hears the agent's echo", PATIENCE, () -> taken.media().heardMillis(CalledPhone.TONE) >= ENOUGH_MILLIS);
            calls.add(taken);
        }
        return new Held() {
            @Override
            public boolean areUp() {
                return calls.stream().allMatch(TakenCall::isUp);
            }

            @Override
            public void hangUp() {
                calls.forEach(call -> call.hangUp().toCompletableFuture().join());
            }
        };
    }
}
