package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.SmallStack;
import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.dtmf.DtmfDetector;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.rtp.SequenceMapper;
import dev.trunkline.relay.rtp.SourceLatch;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.MediaDirection;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.rtp.RtcpWriter;
import dev.trunkline.rtc.rtp.RtpWriter;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets with the right source and any header: none makes the relay throw on a small stack, and the next regular packet is heard. */
class HostilePacketTest {
    private static final InetSocketAddress PHONE = new InetSocketAddress("203.0.113.5", 4000);
    private static final int MOST_DATAGRAM = 4_096;

    private static byte[] packet(int type, int sequence, long timestamp, int octets) {
        byte[] packet = new byte[RtpWriter.HEADER + octets];
        packet[0] = (byte) 0x80;
        packet[1] = (byte) type;
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        for (int i = 0; i < 4; i++) {
            packet[4 + i] = (byte) (timestamp >> 24 - 8 * i);
        }
        packet[11] = 7;
        return packet;
    }

    private static PhoneSide answered(PhoneCodec codec) {
        var phone = new PhoneSide(
                new SourceLatch(new TrustedSources(Optional.empty(), false)),
                new LifeWatch(Duration.ofSeconds(12), Duration.ofMinutes(30)),
                TestMedia.of(codec, 96, 20, PHONE, MediaDirection.SENDRECV));
        phone.latch.answered();
        return phone;
    }

    @ParameterizedTest
    @EnumSource(PhoneCodec.class)
    void anyHeaderAndAnyLengthOfRtpIsOutlived(PhoneCodec codec) throws Exception {
        SmallStack.run(() -> {
            PhoneSide phone = answered(codec);
            var path = new PhoneToRoom(
                    phone, new Codecs(OpusCodec.detect()), new SequenceMapper(0, 0, codec.clockRate()), true, new Silent());
            var track = new KeptTrack(codec == PhoneCodec.OPUS ? AudioCodec.PCMU : AudioCodec.OPUS);
            path.attach(track);
            var random = new Random(codec.ordinal());
            long now = 0;
            for (int round = 0; round < 8_000; round++) {
                byte[] packet = packet(
                        round % 3 == 0 ? 101 : 96, round, 160L * round, random.nextInt(round % 50 == 0 ? 4_000 : 200));
                for (int damage = random.nextInt(6); damage > 0; damage--) {
                    packet[random.nextInt(Math.min(packet.length, 20))] = (byte) random.nextInt();
                }
                byte[] buffer = new byte[MOST_DATAGRAM];
                System.arraycopy(packet, 0, buffer, 0, packet.length);
                path.packet(PHONE, buffer, random.nextInt(8) == 0 ? random.nextInt(packet.length + 1) : packet.length, now);
                now += 20_000_000;
            }
            int before = track.sent.size();
            for (int i = 0; i < 10; i++) {
                byte[] packet = codec == PhoneCodec.OPUS ? packet(96, i, 960L * i, 3) : packet(96, i, 160L * i, 160);
                packet[12] = 0x78;
                path.packet(PHONE, packet, packet.length, now + i * 20_000_000L);
            }
            assertThat(track.sent.size() - before).isGreaterThanOrEqualTo(8);
            path.close();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyRtcpIsOutlived(long seed) throws Exception {
        SmallStack.run(() -> {
            var random = new Random(seed);
            PhoneSide phone = answered(PhoneCodec.PCMU);
            var session = new RtcpSession(phone, new PhonePort(Optional.empty()), 5, "cname", Clock.systemUTC());
            var writer = new RtcpWriter(5, "cname");
            byte[] report = new byte[200];
            for (int round = 0; round < 50_000; round++) {
                byte[] packet = new byte[random.nextInt(round % 100 == 0 ? 65_536 : 300)];
                if (random.nextBoolean()) {
                    random.nextBytes(packet);
                } else {
                    int length = writer.write(report, Optional.of(new RtcpWriter.SenderInfo(0, 1, 1, 1)), List.of());
                    System.arraycopy(report, 0, packet, 0, Math.min(length, packet.length));
                }
                for (int damage = random.nextInt(8); damage > 0 && packet.length > 0; damage--) {
                    packet[random.nextInt(Math.min(packet.length, 40))] = (byte) random.nextInt();
                }
                if (packet.length > 2 && random.nextBoolean()) {
                    packet[0] = (byte) (0x80 | random.nextInt(32));
                    packet[1] = (byte) (200 + random.nextInt(2));
                }
                session.packet(PHONE, packet, packet.length, round);
            }
            // Ten thousand reports of one word each.
            byte[] many = new byte[8 + 4 * 10_000];
            for (int at = 0; at < many.length; at += at == 0 ? 8 : 4) {
                many[at] = (byte) 0x80;
                many[at + 1] = (byte) 201;
                many[at + 3] = (byte) (at == 0 ? 1 : 0);
            }
            long malformed = phone.counts.get(Kind.MALFORMED);
            session.packet(PHONE, many, many.length, 0);
            assertThat(phone.counts.get(Kind.MALFORMED)).isEqualTo(malformed).isPositive();
        });
    }

    private static final class Silent implements DtmfDetector.Listener {
        @Override
        public void pressed(DtmfKey key) {}

        @Override
        public void released(DtmfKey key, int millis) {}
    }
}
