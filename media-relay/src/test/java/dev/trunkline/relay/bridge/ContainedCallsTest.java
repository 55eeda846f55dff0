package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.MediaStats;
import dev.trunkline.relay.PhonePacket;
import dev.trunkline.relay.audio.Sound;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.PortRange;
import dev.trunkline.relay.ports.RtpBinding;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.MediaDirection;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.loop.MediaLoop;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two calls on one media loop, with real sockets: the other call is not affected by what one of them throws. */
class ContainedCallsTest {
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final MediaLoop loop = MediaLoop.start("test-loop", (where, fault) -> told.add(where));
    private volatile boolean countsFail;
    private final MediaShop shop = new MediaShop(
            OpusCodec.detect(), SILENCE, Duration.ofMinutes(30), 1, false, Clock.systemUTC(), System::nanoTime, new Random(1), (kind, by) -> {
                if (countsFail) {
                    throw new StackOverflowError("on purpose");
                }
            }, (where, fault) -> told.add(where));
    private final PortPool pool = new PortPool(new PortRange(17_940, 17_949), Duration.ZERO, Clock.systemUTC(), new Random(1));
    private final Neighbour neighbour = new Neighbour();
    private Call healthy;

    /** Records what a call's media reports. */
    private static class Neighbour implements CallMedia.Listener {
        final Semaphore heartbeats = new Semaphore(0);
        final Semaphore keys = new Semaphore(0);
        final CountDownLatch silent = new CountDownLatch(1);
        final CountDownLatch failing = new CountDownLatch(1);

        @Override
        public void pressed(DtmfKey key) {
            keys.release();
        }

        @Override
        public void released(DtmfKey key, int millis) {}

        @Override
        public void keyed(int millis) {}

        @Override
        public void phoneSilent(boolean excused, Optional<Instant> lastHeard) {
            silent.countDown();
        }

        @Override
        public void heartbeat(MediaStats stats, Optional<Instant> lastHeard) {
            heartbeats.release();
        }

        @Override
        public void failing() {
            failing.countDown();
        }
    }

    /** Throws an Error in every callback. */
    private static final class Broken extends Neighbour {
        @Override
        public void pressed(DtmfKey key) {
            throw new StackOverflowError("on purpose");
        }

        @Override
        public void phoneSilent(boolean excused, Optional<Instant> lastHeard) {
            throw new StackOverflowError("on purpose");
        }

        @Override
        public void heartbeat(MediaStats stats, Optional<Instant> lastHeard) {
            throw new StackOverflowError("on purpose");
        }
    }

    private record Call(CallMedia media, PortPair ports, DatagramSocket phone) {
        /** Waits for audio that is sent after this moment. */
        void awaitAudio(int packets) throws Exception {
            phone.setSoTimeout(10_000);
            var packet = new DatagramPacket(new byte[2_048], 2_048);
            for (int i = 0; i < packets; i++) {
                phone.receive(packet);
            }
        }

        void send(int type, byte[] payload, int sequence) throws Exception {
            var packet = new PhonePacket(0x1234);
            int length = packet.of(type, false, sequence, 160L * sequence, payload);
            phone.send(new DatagramPacket(packet.buffer(), length, InetAddress.getLoopbackAddress(), ports.port()));
        }
    }

    private Call open(CallMedia.Listener listener, Optional<InetSocketAddress> elsewhere) throws Exception {
        var phone = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        PortPair ports = PortPair.open(pool, RtpBinding.of(InetAddress.getLoopbackAddress())).orElseThrow();
        InetSocketAddress agreed = new InetSocketAddress(InetAddress.getLoopbackAddress(), phone.getLocalPort());
        var pcmu = TestMedia.of(PhoneCodec.PCMU, 0, 20, agreed, MediaDirection.SENDRECV);
        CallMedia media = shop.open(
                loop, ports, elsewhere.map(to -> TestMedia.at(pcmu, to)).orElse(pcmu), Optional.empty(),
                new TrustedSources(Optional.of(InetAddress.getLoopbackAddress()), false), listener);
        media.start();
        media.answered();
        return new Call(media, ports, phone);
    }

    @BeforeEach
    void openHealthy() throws Exception {
        healthy = open(neighbour, Optional.empty());
        healthy.awaitAudio(1);
    }

    @AfterEach
    void stop() {
        loop.close();
        healthy.phone().close();
    }

    private void assertHealthy() throws Exception {
        healthy.awaitAudio(20);
        healthy.send(0, new byte[160], 1);
        healthy.send(101, new byte[] {5, 0, 0, (byte) 160}, 2);
        assertThat(neighbour.keys.tryAcquire(10, TimeUnit.SECONDS)).as("keys").isTrue();
        neighbour.heartbeats.drainPermits();
        assertThat(neighbour.heartbeats.tryAcquire(2, 10, TimeUnit.SECONDS)).as("heartbeats").isTrue();
        assertThat(neighbour.silent.await(10, TimeUnit.SECONDS)).as("the time-out of a silent phone").isTrue();
        assertThat(neighbour.failing.getCount()).isEqualTo(1);
    }

    @Test
    void aPhoneWhoseAddressCannotBeReachedFromThisSocketHarmsNobody() throws Exception {
        var its = new Neighbour();
        open(its, Optional.of(new InetSocketAddress(InetAddress.ofLiteral("2001:db8::10"), 4_000)));
        assertHealthy();
        assertThat(its.heartbeats.tryAcquire(1, 10, TimeUnit.SECONDS)).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void aCallWhoseBeatKeepsThrowingIsToldAndItsNeighbourGoesOn() throws Exception {
        var its = new Neighbour();
        Call failing = open(its, Optional.empty());
        failing.media().waiting(Optional.of(rate -> new Sound() {
            @Override
            public short[] next() {
                throw new StackOverflowError("on purpose");
            }
        }));
        assertThat(its.failing.await(10, TimeUnit.SECONDS)).as("the call is told").isTrue();
        assertThat(its.heartbeats.tryAcquire(2, 10, TimeUnit.SECONDS)).as("its own heartbeats go on").isTrue();
        assertHealthy();
        assertThat(told).containsOnly("phone-beat");
    }

    @Test
    void aListenerThatThrowsHarmsNobody() throws Exception {
        Call failing = open(new Broken(), Optional.empty());
        failing.send(0, new byte[160], 1);
        failing.send(101, new byte[] {5, 0, 0, (byte) 160}, 2);
        assertHealthy();
        assertThat(told).contains("phone-rtp", "phone-second");
    }

    @Test
    void aPortIsFreeWhateverTheEndOfItsCallThrew() throws Exception {
        int used = pool.inUse();
        Call failing = open(new Neighbour(), Optional.empty());
        countsFail = true;
        failing.send(0, new byte[160], 1);
        var done = new CountDownLatch(1);
        failing.media().close(() -> {
            pool.giveBack(failing.ports().port());
            done.countDown();
            throw new StackOverflowError("on purpose");
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        // A fault in the last step is reported after that step.
        loop.beat().toCompletableFuture().get(10, TimeUnit.SECONDS);
        countsFail = false;
        assertThat(pool.inUse()).isEqualTo(used);
        assertThat(failing.ports().rtp().isOpen()).isFalse();
        assertThat(failing.ports().rtcp().isOpen()).isFalse();
        assertThat(told).contains("call-release");
        assertHealthy();
    }

    @Test
    void aCallWhoseSocketsCannotBeOpenedIsToldAtOnceAndLeavesNothing() throws Exception {
        var its = new Neighbour();
        PortPair ports = PortPair.open(pool, RtpBinding.of(InetAddress.getLoopbackAddress())).orElseThrow();
        ports.rtcp().close();
        CallMedia media = shop.open(
                loop, ports, TestMedia.of(PhoneCodec.PCMU, 0, 20,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 9), MediaDirection.SENDRECV),
                Optional.empty(), new TrustedSources(Optional.empty(), false), its);
        media.start();
        assertThat(its.failing.await(10, TimeUnit.SECONDS)).isTrue();
        var done = new CountDownLatch(1);
        media.close(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ports.rtp().isOpen()).isFalse();
        assertHealthy();
    }
}
