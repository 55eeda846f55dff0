package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.MediaStats;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.ports.PortPool;
import dev.trunkline.relay.ports.PortRange;
import dev.trunkline.relay.ports.RtpBinding;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.MediaDirection;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.loop.MediaLoop;
import dev.trunkline.rtc.rtp.Octets;
import dev.trunkline.rtc.rtp.ReportBlock;
import dev.trunkline.rtc.rtp.RtcpWriter;
import dev.trunkline.rtc.rtp.RtpView;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The quality of a call, from what the relay receives from the phone and what the phone reports to the relay. */
class CallQualityTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    private final MediaLoop loop = MediaLoop.start("test-loop", (where, fault) -> {});
    private final BlockingQueue<MediaStats> words = new LinkedBlockingQueue<>();
    private final PortPair ports = PortPair.open(
            new PortPool(new PortRange(17_950, 17_959), Duration.ZERO, Clock.systemUTC(), new Random(2)), RtpBinding.of(HERE)).orElseThrow();
    private final byte[] buffer = new byte[2_048];
    private DatagramSocket rtp;
    private CallMedia media;
    private int sequence;

    @BeforeEach
    void begin() throws Exception {
        rtp = new DatagramSocket(0, HERE);
        rtp.setSoTimeout(20_000);
        // Regular heartbeats are an hour apart, so any heartbeat here is published because of the answer.
        var shop = new MediaShop(
                OpusCodec.detect(), Duration.ofSeconds(60), Duration.ofMinutes(30), 3_600, false, Clock.systemUTC(), System::nanoTime,
                new Random(1), (kind, by) -> {}, (where, fault) -> {});
        media = shop.open(
                loop, ports,
                TestMedia.of(PhoneCodec.PCMU, 0, 20, (InetSocketAddress) rtp.getLocalSocketAddress(), MediaDirection.SENDRECV),
                Optional.empty(), new TrustedSources(Optional.of(HERE), false), new SilentListener() {
                    @Override
                    public void heartbeat(MediaStats stats, Optional<Instant> lastHeard) {
                        words.add(stats);
                    }
                });
        media.start();
    }

    @AfterEach
    void end() throws Exception {
        var done = new CountDownLatch(1);
        media.close(done::countDown);
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        loop.close();
        rtp.close();
    }

    private void speak(int packets) throws Exception {
        for (int i = 0; i < packets; i++) {
            byte[] packet = new byte[12 + 160];
            packet[0] = (byte) 0x80;
            Octets.put16(packet, 2, ++sequence);
            Octets.put32(packet, 4, 160L * sequence);
            Octets.put32(packet, 8, 7);
            rtp.send(new DatagramPacket(packet, packet.length, HERE, ports.port()));
        }
    }

    /** @return the SSRC of the first packet that the phone receives */
    private long heardSsrc() throws Exception {
        var packet = new DatagramPacket(buffer, buffer.length);
        rtp.receive(packet);
        var header = new RtpView();
        assertThat(header.wrap(buffer, packet.getLength())).isTrue();
        return header.ssrc();
    }

    private void report(long ssrc, int lostOf256, long jitter) throws Exception {
        byte[] packet = new byte[300];
        int length = new RtcpWriter(7, "phone").write(
                packet, Optional.empty(), List.of(new ReportBlock(ssrc, lostOf256, 0, 1, jitter, 0, 0)));
        rtp.send(new DatagramPacket(packet, length, HERE, ports.port() + 1));
    }

    private MediaStats untilStats(Predicate<MediaStats> which) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!which.test(media.stats())) {
            assertThat(System.nanoTime() - end).as("time is left for %s", media.stats()).isNegative();
            Thread.sleep(20);
        }
        return media.stats();
    }

    @Test
    void aCallThatIsShorterThanAHeartbeatHasItsQualityToo() throws Exception {
        media.answered();
        speak(10);
        MediaStats first = words.poll(20, TimeUnit.SECONDS);
        assertThat(first).isNotNull();
        assertThat(first.packetsReceived()).isEqualTo(10);
        assertThat(first.mos()).isGreaterThan(4);
        assertThat(words).isEmpty();
    }

    @Test
    void whatThePhoneHearsBadlyMakesABadCallHoweverWellItIsHeard() throws Exception {
        media.answered();
        long ssrc = heardSsrc();
        speak(10);
        report(ssrc, 128, 0);
        assertThat(untilStats(stats -> stats.packetsReceived() == 10 && stats.mos() < 3).lost()).isZero();
    }

    @Test
    void jitterThatThePhoneReportsCountsByItsClock() throws Exception {
        media.answered();
        long ssrc = heardSsrc();
        // Half a second at 8000 Hz: the listener's buffer would have to be twice as long.
        report(ssrc, 0, 4_000);
        untilStats(stats -> stats.mos() < 2.5);
    }
}
