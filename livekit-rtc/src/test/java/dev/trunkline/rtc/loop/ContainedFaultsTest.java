package dev.trunkline.rtc.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An Error at each place of a media loop, and its effect on the neighbours there. */
class ContainedFaultsTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final MediaLoop loop = MediaLoop.start("test-loop", (where, fault) -> {
        told.add(where);
        throw new StackOverflowError("the listener fails too");
    });
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        loop.close();
    }

    private static void fail() {
        throw new StackOverflowError("on purpose");
    }

    @Test
    void anErrorOfATaskOrATimerHarmsNoOther() throws Exception {
        loop.execute(ContainedFaultsTest::fail);
        loop.execute(() -> heard.add("task"));
        loop.schedule(Duration.ofMillis(1), ContainedFaultsTest::fail);
        loop.schedule(Duration.ofMillis(2), () -> heard.add("timer"));
        assertThat(next()).isEqualTo("task");
        assertThat(next()).isEqualTo("timer");
        assertThat(told).containsExactly("media-loop-task", "media-loop-timer");
    }

    @Test
    void anErrorOfAPacketsHandlerHarmsNeitherThePacketsBehindItNorOtherSockets() throws Exception {
        SocketRegistration failing = loop.register(socket(), (from, buffer, length) -> {
            heard.add("failing");
            fail();
        });
        SocketRegistration neighbour = loop.register(socket(), (from, buffer, length) -> heard.add("neighbour"));
        SocketRegistration sender = loop.register(socket(), (from, buffer, length) -> { });
        for (int i = 0; i < 3; i++) {
            loop.execute(() -> sender.send(address(failing), new byte[1], 0, 1));
            assertThat(next()).isEqualTo("failing");
            loop.execute(() -> sender.send(address(neighbour), new byte[1], 0, 1));
            assertThat(next()).isEqualTo("neighbour");
        }
        assertThat(told).containsOnly("media-loop-packet");
    }

    @Test
    void aSelectorThatBreaksIsReplacedAndEverySocketAndTimerGoesOn() throws Exception {
        SocketRegistration receiver = loop.register(socket(), (from, buffer, length) -> heard.add("packet"));
        SocketRegistration sender = loop.register(socket(), (from, buffer, length) -> { });
        loop.selector().close();
        loop.schedule(Duration.ofMillis(20), () -> heard.add("timer"));
        assertThat(next()).isEqualTo("timer");
        loop.execute(() -> sender.send(address(receiver), new byte[1], 0, 1));
        assertThat(next()).isEqualTo("packet");
        loop.register(socket(), (from, buffer, length) -> { });
        assertThat(loop.sockets()).isEqualTo(3);
        assertThat(told).contains("media-loop-select");
    }

    @Test
    void aLoopThatSomebodyInterruptsIsNotKeptAwakeByIt() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        loop.schedule(Duration.ZERO, () -> Thread.currentThread().interrupt());
        loop.schedule(Duration.ofMillis(20), () -> interrupted.complete(Thread.currentThread().isInterrupted()));
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aPacketToAnAddressThatTheSocketCannotReachIsOnlyNotSent() throws Exception {
        SocketRegistration sender = loop.register(socket(), (from, buffer, length) -> { });
        CompletableFuture<List<Boolean>> sent = new CompletableFuture<>();
        loop.execute(() -> {
            List<Boolean> results = new ArrayList<>();
            results.add(sender.send(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::10"), 4000), new byte[1], 0, 1));
            results.add(sender.send(InetSocketAddress.createUnresolved("nowhere.invalid", 4000), new byte[1], 0, 1));
            results.add(sender.send(new InetSocketAddress("127.0.0.1", 9), new byte[70_000], 0, 70_000));
            sent.complete(results);
        });
        assertThat(sent.get(10, TimeUnit.SECONDS)).containsOnly(false).hasSize(3);
        assertThat(told).isEmpty();
    }

    @Test
    void aTaskOrATimerThatAlwaysComesAgainStarvesNobody() throws Exception {
        SocketRegistration receiver = loop.register(socket(), (from, buffer, length) -> heard.add("packet"));
        SocketRegistration sender = loop.register(socket(), (from, buffer, length) -> { });
        loop.execute(new Runnable() {
            @Override
            public void run() {
                loop.execute(this);
            }
        });
        loop.schedule(Duration.ZERO, new Runnable() {
            @Override
            public void run() {
                loop.schedule(Duration.ZERO, this);
            }
        });
        loop.execute(() -> sender.send(address(receiver), new byte[1], 0, 1));
        assertThat(next()).isEqualTo("packet");
    }

    @Test
    void aMachineThatFailsIsWokenAgain() throws Exception {
        loop.execute(() -> new LoopDeadline(loop, System::nanoTime, () -> {
            heard.add("woken");
            fail();
        }).arm(OptionalLong.of(System.nanoTime())));
        assertThat(next()).isEqualTo("woken");
        assertThat(next()).isEqualTo("woken");
        assertThat(told).containsOnly("loop-deadline");
    }

    @Test
    void aLoopAnswersWhetherItLives() throws Exception {
        loop.beat().toCompletableFuture().get(10, TimeUnit.SECONDS);
        CompletableFuture<Void> release = new CompletableFuture<>();
        loop.execute(release::join);
        CompletableFuture<Void> beat = loop.beat().toCompletableFuture();
        assertThat(beat.copy().completeOnTimeout(null, 100, TimeUnit.MILLISECONDS).thenApply(late -> beat.isDone()).join())
                .isFalse();
        release.complete(null);
        beat.get(10, TimeUnit.SECONDS);
    }

    @Test
    void timersThatWereCancelledAreNotKeptUntilTheyWereDue() throws Exception {
        List<LoopTimer> timers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            timers.add(loop.schedule(Duration.ofMinutes(5), () -> { }));
        }
        assertThat(loop.timers()).isEqualTo(500);
        timers.forEach(LoopTimer::cancel);
        timers.forEach(LoopTimer::cancel);
        assertThat(timers).allMatch(LoopTimer::isDone);
        loop.beat().toCompletableFuture().get(10, TimeUnit.SECONDS);
        assertThat(loop.timers()).isZero();
        CompletableFuture<Integer> queued = new CompletableFuture<>();
        loop.schedule(Duration.ofMillis(5), () -> queued.complete(loop.queued()));
        assertThat(queued.get(10, TimeUnit.SECONDS)).isLessThan(100);
    }

    private String next() throws InterruptedException {
        return heard.poll(10, TimeUnit.SECONDS);
    }

    private static InetSocketAddress address(SocketRegistration registration) {
        return (InetSocketAddress) registration.channel().socket().getLocalSocketAddress();
    }

    private static DatagramChannel socket() throws Exception {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        return channel;
    }
}
