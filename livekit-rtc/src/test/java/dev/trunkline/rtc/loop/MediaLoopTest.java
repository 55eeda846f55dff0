package dev.trunkline.rtc.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaLoopTest {

    private final MediaLoop loop = MediaLoop.start("test-loop");
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void tasksRunInOrderOnTheLoop() throws Exception {
        List<Integer> order = new ArrayList<>();
        CompletableFuture<Boolean> last = new CompletableFuture<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            loop.execute(() -> order.add(number));
        }
        loop.execute(() -> last.complete(loop.inLoop()));
        assertThat(last.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).hasSize(1000).isSorted();
        assertThat(loop.inLoop()).isFalse();
    }

    @Test
    void timersRunInTheOrderOfTheirTimesAndNotWhenCancelled() throws Exception {
        loop.schedule(Duration.ofMillis(60), () -> heard.add("late"));
        loop.schedule(Duration.ofMillis(20), () -> heard.add("cancelled")).cancel();
        loop.schedule(Duration.ofMillis(30), () -> heard.add("early"));
        assertThat(next()).isEqualTo("early");
        assertThat(next()).isEqualTo("late");
    }

    @Test
    void aTaskThatFailsHarmsNoOther() throws Exception {
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.execute(() -> heard.add("next"));
        assertThat(next()).isEqualTo("next");
    }

    @Test
    void datagramsGoBetweenTwoSocketsOfTheLoop() throws Exception {
        SocketRegistration[] echo = new SocketRegistration[1];
        echo[0] = loop.register(socket(), (from, buffer, length) -> echo[0].send(from, buffer, 0, length));
        SocketRegistration client = loop.register(socket(), (from, buffer, length) ->
                heard.add(new String(Arrays.copyOf(buffer, length))));
        InetSocketAddress to = (InetSocketAddress) echo[0].channel().getLocalAddress();
        loop.execute(() -> client.send(to, "-hello-".getBytes(), 1, 5));
        assertThat(next()).isEqualTo("hello");
        echo[0].close();
        client.close();
    }

    @Test
    void whatPiledUpIsHeardBeforeATimerThatIsDue() throws Exception {
        int count = 20;
        AtomicInteger got = new AtomicInteger();
        SocketRegistration receiver = loop.register(socket(), (from, buffer, length) -> got.incrementAndGet());
        SocketRegistration other = loop.register(socket(), (from, buffer, length) -> got.incrementAndGet());
        CompletableFuture<Integer> whenDue = new CompletableFuture<>();
        CountDownLatch stalled = new CountDownLatch(1);
        loop.schedule(Duration.ZERO, () -> {
            loop.schedule(Duration.ZERO, () -> whenDue.complete(got.get()));
            awaitQuietly(stalled);
        });
        try (DatagramSocket sender = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < count; i++) {
                sender.send(new DatagramPacket(new byte[1], 1, receiver.channel().getLocalAddress()));
                sender.send(new DatagramPacket(new byte[1], 1, other.channel().getLocalAddress()));
            }
            stalled.countDown();
            assertThat(whenDue.get(20, TimeUnit.SECONDS)).isEqualTo(2 * count);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aHandlerThatFailsHearsTheNextDatagram() throws Exception {
        SocketRegistration receiver = loop.register(socket(), (from, buffer, length) -> {
            heard.add(new String(Arrays.copyOf(buffer, length)));
            throw new IllegalArgumentException("on purpose");
        });
        SocketRegistration sender = loop.register(socket(), (from, buffer, length) -> { });
        InetSocketAddress to = (InetSocketAddress) receiver.channel().getLocalAddress();
        loop.execute(() -> sender.send(to, "1".getBytes(), 0, 1));
        assertThat(next()).isEqualTo("1");
        loop.execute(() -> sender.send(to, "2".getBytes(), 0, 1));
        assertThat(next()).isEqualTo("2");
    }

    @Test
    void sendingOffTheLoopIsRefusedAndToNowhereIsFalse() throws Exception {
        SocketRegistration socket = loop.register(socket(), (from, buffer, length) -> { });
        assertThatThrownBy(() -> socket.send(new InetSocketAddress("127.0.0.1", 9), new byte[1], 0, 1))
                .isInstanceOf(IllegalStateException.class);
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        loop.execute(() -> {
            socket.close();
            sent.complete(socket.send(new InetSocketAddress("127.0.0.1", 9), new byte[1], 0, 1));
        });
        assertThat(sent.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aDeadlineFiresOnceAndMayBeMoved() throws Exception {
        CompletableFuture<LoopDeadline> made = new CompletableFuture<>();
        loop.execute(() -> {
            LoopDeadline deadline = new LoopDeadline(loop, System::nanoTime, () -> heard.add("fired"));
            deadline.arm(OptionalLong.of(System.nanoTime() + Duration.ofMinutes(5).toNanos()));
            deadline.arm(OptionalLong.of(System.nanoTime() + Duration.ofMillis(10).toNanos()));
            made.complete(deadline);
        });
        assertThat(next()).isEqualTo("fired");
        LoopDeadline deadline = made.get(10, TimeUnit.SECONDS);
        loop.execute(() -> {
            deadline.arm(OptionalLong.of(System.nanoTime() + Duration.ofMillis(10).toNanos()));
            deadline.arm(OptionalLong.empty());
        });
        loop.schedule(Duration.ofMillis(50), () -> heard.add("after"));
        assertThat(next()).isEqualTo("after");
    }

    @Test
    void aClosedLoopClosesItsSockets() throws Exception {
        DatagramChannel channel = socket();
        loop.register(channel, (from, buffer, length) -> { });
        loop.close();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aLoopThatClosesItselfDoesNotWaitForItself() throws Exception {
        DatagramChannel channel = socket();
        loop.register(channel, (from, buffer, length) -> { });
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        loop.execute(() -> {
            loop.close();
            closed.complete(channel.isOpen());
        });
        assertThat(closed.get(10, TimeUnit.SECONDS)).as("still open while its own task runs").isTrue();
        loop.close();
        assertThat(channel.isOpen()).isFalse();
    }

    private String next() throws InterruptedException {
        return heard.poll(10, TimeUnit.SECONDS);
    }

    private static DatagramChannel socket() throws Exception {
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        return channel;
    }
}
