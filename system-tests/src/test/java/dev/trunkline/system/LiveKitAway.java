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
import dev.trunkline.system.support.Redis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import livekit.LivekitSip.CreateSIPParticipantRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * LiveKit's Redis loses everything, or livekit-server is restarted, while trunks and rules that were made in LiveKit have calls.
 * Everything is back soon without anybody's help. Run by {@link GuardedSuiteIT}.
 */
abstract class LiveKitAway {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration AFTER_A_WIPE = Duration.ofSeconds(5);
    private static final Duration AFTER_A_RESTART = Duration.ofSeconds(10);
    private static final int TONE = 800;
    private static final String PEER = "127.0.0.31";
    private static final String NUMBER = "+3225551960";

    private GuardedSuite suite;
    private LiveKitSip liveKit;
    private CalledPhone callee;
    private Phone phone;
    private String inbound;
    private String rule;
    private String outbound;
    private int callers;

    @BeforeEach
    void trunksAndARuleThatWork() throws Exception {
        suite = GuardedSuiteIT.suite();
        suite.letDemoCall();
        liveKit = suite.liveKitSip();
        callee = CalledPhone.open(suite.router());
        phone = Phone.open(PhoneSettings.calling("127.0.0.1", suite.suite().settings().sipPort()).bindTo(PEER));
        inbound = liveKit.inboundTrunk("away-pbx", NUMBER, PEER);
        rule = liveKit.rule("away-rule", "away", inbound, "demo", "{\"scenario\": \"echo\"}");
        outbound = liveKit.outboundTrunk("away-carrier", CalledPhone.address(), "+3225550100");
        Await.until("calls go in and out", PATIENCE, () -> callsIn() && callsOut());
    }

    @AfterEach
    void nothingOfItIsLeft() throws Exception {
        phone.close();
        callee.close();
        liveKit.deleteRule(rule);
        liveKit.deleteTrunk(inbound);
        liveKit.deleteTrunk(outbound);
    }

    @Test
    void aWipedRedisHasEverythingBackWithinFiveSeconds() throws Exception {
        Call up = dial();
        up.awaitAnswer(PATIENCE);
        awaitMoreEcho(up);
        try (Redis redis = suite.redis()) {
            redis.flushAll();
        }
        long wiped = System.nanoTime();
        assertBack("wipe", wiped, AFTER_A_WIPE);
        awaitMoreEcho(up);
        up.hangUp().toCompletableFuture().join();
    }

    @Test
    void aRedisThatComesBackEmptyHasEverythingBackWithinFiveSeconds() throws Exception {
        suite.suite().stopRedis();
        Await.pause(2_000);
        suite.suite().startRedis();
        assertBack("return of Redis", System.nanoTime(), AFTER_A_WIPE);
    }

    @Test
    void aLivekitServerThatIsStartedAgainHasCallsWithinTenSeconds() throws Exception {
        Call up = dial();
        up.awaitAnswer(PATIENCE);
        awaitMoreEcho(up);
        suite.suite().stopLiveKit();
        suite.suite().startLiveKit();
        long started = System.nanoTime();
        CompletableFuture<Void> agent = CompletableFuture.runAsync(this::restartAgent);
        assertBack("restart of livekit-server", started, AFTER_A_RESTART);
        agent.join();
        // The caller is put into a room of the same name, and its agent is requested again.
        awaitMoreEcho(up);
        up.hangUp().toCompletableFuture().join();
    }

    /** The agent is a LiveKit worker, which would otherwise reconnect in its own time. */
    private void restartAgent() {
        try {
            suite.suite().process("demo-agent").kill();
            suite.suite().restart("demo-agent");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Each time ends when the successful attempt began, so the duration of a call is not included. */
    private void assertBack(String after, long since, Duration bound) {
        CompletableFuture<Duration> trunks = CompletableFuture.supplyAsync(() -> whenItWorked(since, this::isListed));
        CompletableFuture<Duration> inwards = CompletableFuture.supplyAsync(() -> whenItWorked(since, this::callsIn));
        CompletableFuture<Duration> outwards = CompletableFuture.supplyAsync(() -> whenItWorked(since, this::callsOut));
        Duration listed = trunks.join();
        Duration in = inwards.join();
        Duration out = outwards.join();
        System.out.printf("after the %s: listed after %d ms, a call in after %d ms, out after %d ms%n",
                after, listed.toMillis(), in.toMillis(), out.toMillis());
        assertThat(List.of(listed, in, out)).allSatisfy(each -> assertThat(each).isLessThan(bound));
    }

    private static Duration whenItWorked(long since, BooleanSupplier what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            if (what.getAsBoolean()) {
                return Duration.ofNanos(begun - since);
            }
            Await.pause(100);
        }
        throw new AssertionError("it did not come back");
    }

    private boolean isListed() {
        try {
            return liveKit.ids().containsAll(List.of(inbound, rule, outbound));
        } catch (IOException e) {
            return false;
        }
    }

    private Call dial() {
        callers++;
        return phone.dial(CallRequest.to(NUMBER).from("+3247017%04d".formatted(callers)).saying(AudioSource.tone(TONE)).listeningFor(TONE));
    }

    private boolean callsIn() {
        Call call = dial();
        call.awaitFinal(Duration.ofSeconds(20));
        if (!call.isUp()) {
            return false;
        }
        awaitMoreEcho(call);
        call.hangUp().toCompletableFuture().join();
        return true;
    }

    private boolean callsOut() {
        callee.does(CalledPhone.answers());
        int before = callee.calls();
        try {
            LiveKitSip.Answer answer = liveKit.create(CreateSIPParticipantRequest.newBuilder()
                    .setSipTrunkId(outbound).setSipCallTo("+3225554%03d".formatted(before)).setRoomName("away-out").setParticipantIdentity("callee-" + before)
                    .setWaitUntilAnswered(true).build()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (callee.calls() > before) {
                TakenCall taken = callee.awaitCall();
                taken.hangUp().toCompletableFuture().join();
            }
            return answer.status() == 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static void awaitMoreEcho(Call call) {
        long heard = call.media().heardMillis(TONE);
        Await.until("half a second more of the echo", PATIENCE, () -> call.media().heardMillis(TONE) >= heard + 500);
    }
}
