package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.trunkline.rtc.rtp.Octets;
import dev.trunkline.rtc.rtp.RtpView;
import dev.trunkline.rtc.rtp.RtpWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A call's media on real sockets. Keys show which source is accepted, and the silence that keeps the line warm shows where audio is sent.
 */
class PhoneSourcesTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
    private static final int KEYS = 101;

    private final MediaLoop loop = MediaLoop.start("test-loop", (where, fault) -> {});
    private final BlockingQueue<Integer> keys = new LinkedBlockingQueue<>();
    private final PortPair ports = PortPair.open(
            new PortPool(new PortRange(17_950, 17_959), Duration.ZERO, Clock.systemUTC(), new Random(2)), RtpBinding.of(HERE)).orElseThrow();
    private int sequence;
    private CallMedia media;

    private void begin(InetSocketAddress described, int ptime, boolean anywhere) {
        var shop = new MediaShop(
                OpusCodec.detect(), Duration.ofSeconds(60), Duration.ofMinutes(30), 10, false, Clock.systemUTC(), System::nanoTime,
                new Random(1), (kind, by) -> {}, (where, fault) -> {});
        media = shop.open(
                loop, ports, TestMedia.of(PhoneCodec.PCMU, 0, ptime, described, MediaDirection.SENDRECV), Optional.empty(),
                new TrustedSources(Optional.of(HERE), anywhere), new SilentListener() {
                    @Override
                    public void pressed(DtmfKey key) {
                        keys.add(key.code());
                    }
                });
        media.start();
    }

    @AfterEach
    void end() throws Exception {
        var done = new CountDownLatch(1);
        media.close(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        loop.close();
    }

    private void press(DatagramSocket from, int key, int packets) throws Exception {
        for (int i = 0; i < packets; i++) {
            byte[] packet = new byte[RtpWriter.HEADER + 4];
            packet[0] = (byte) 0x80;
            packet[1] = (byte) (i == 0 ? 0x80 | KEYS : KEYS);
            Octets.put16(packet, 2, ++sequence);
            Octets.put32(packet, 4, 10_000L * key);
            Octets.put32(packet, 8, from.getLocalPort());
            packet[12] = (byte) key;
            packet[15] = (byte) 160;
            from.send(new DatagramPacket(packet, packet.length, HERE, ports.port()));
        }
    }

    /** Waits until the loop has read all pending packets; it reads before it runs tasks. */
    private void settle() throws Exception {
        for (int round = 0; round < 3; round++) {
            var ran = new CountDownLatch(1);
            loop.execute(ran::countDown);
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Returns the header of the next packet that arrives at the phone. */
    private static RtpView heard(DatagramSocket phone) throws Exception {
        phone.setSoTimeout(10_000);
        var packet = new DatagramPacket(new byte[2_048], 2_048);
        phone.receive(packet);
        var header = new RtpView();
        assertThat(header.wrap(packet.getData(), packet.getLength())).isTrue();
        return header;
    }

    private static boolean hearsNothing(DatagramSocket thief) throws Exception {
        thief.setSoTimeout(200);
        try {
            thief.receive(new DatagramPacket(new byte[2_048], 2_048));
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private int key() throws Exception {
        Integer key = keys.poll(10, TimeUnit.SECONDS);
        assertThat(key).as("a key").isNotNull();
        return key;
    }

    @Test
    void aThiefBeforeThePhonesFirstPacketNeitherHearsNorIsHeard() throws Exception {
        begin(new InetSocketAddress("192.168.77.20", 4_000), 20, false);
        try (var phone = new DatagramSocket(0, HERE); var thief = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.66"))) {
            settle();
            press(phone, 1, 6);
            press(thief, 6, 6);
            settle();
            assertThat(keys).isEmpty();
            media.answered();
            press(thief, 6, 60);
            press(phone, 2, 6);
            assertThat(key()).isEqualTo(2);
            assertThat(heard(phone).payloadType()).isZero();
            press(thief, 7, 60);
            press(phone, 3, 6);
            assertThat(key()).isEqualTo(3);
            assertThat(hearsNothing(thief)).isTrue();
        }
    }

    @Test
    void whereTheTrunkAllowsItMediaComesFromElsewhere() throws Exception {
        begin(new InetSocketAddress("192.168.77.20", 4_000), 20, true);
        try (var phone = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.3"))) {
            media.answered();
            press(phone, 2, 6);
            assertThat(key()).isEqualTo(2);
            assertThat(heard(phone).payloadType()).isZero();
        }
    }

    @Test
    void aPhoneThatSendsFromAnotherPortThanItListensAtIsHeard() throws Exception {
        try (var listening = new DatagramSocket(0, HERE); var sending = new DatagramSocket(0, HERE)) {
            begin((InetSocketAddress) listening.getLocalSocketAddress(), 20, false);
            media.answered();
            assertThat(heard(listening).payloadType()).isZero();
            press(sending, 4, 6);
            assertThat(key()).isEqualTo(4);
            assertThat(heard(sending).payloadType()).isZero();
        }
    }

    @Test
    void packetsOf30MillisecondsAreStampedByTheirSamples() throws Exception {
        try (var phone = new DatagramSocket(0, HERE)) {
            begin((InetSocketAddress) phone.getLocalSocketAddress(), 30, false);
            media.answered();
            RtpView before = heard(phone);
            for (int i = 0; i < 20; i++) {
                RtpView after = heard(phone);
                assertThat(after.payloadLength()).isEqualTo(240);
                assertThat(after.sequence() - before.sequence() & 0xffff).isEqualTo(1);
                before = after;
            }
        }
    }
}
