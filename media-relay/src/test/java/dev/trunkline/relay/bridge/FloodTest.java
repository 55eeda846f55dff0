package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.PhonePacket;
import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.dtmf.DtmfDetector;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.rtp.PacketRate;
import dev.trunkline.relay.rtp.SequenceMapper;
import dev.trunkline.relay.rtp.SourceLatch;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.MediaDirection;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.rtp.RtcpWriter;
import dev.trunkline.rtc.rtp.RtpView;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phone, or a participant in the room, that sends more than any codec needs: the other side gets no more than it can need. */
class FloodTest {
    private static final InetSocketAddress PHONE = new InetSocketAddress("203.0.113.5", 4000);
    /** Ten times the accepted rate, within a second. */
    private static final int PACKETS = 10 * PacketRate.AUDIO;
    private static final long INTERVAL = 1_000_000_000L / PACKETS;

    private final PhoneSide phone = new PhoneSide(
            new SourceLatch(new TrustedSources(Optional.empty(), false)),
            new LifeWatch(Duration.ofSeconds(12), Duration.ofMinutes(30)),
            TestMedia.of(PhoneCodec.PCMU, 0, 20, PHONE, MediaDirection.SENDRECV));
    private final Codecs codecs = new Codecs(OpusCodec.detect());
    private final PhonePacket packet = new PhonePacket(7);

    @BeforeEach
    void answered() {
        phone.latch.answered();
    }

    private int next(int number) {
        return packet.of(0, false, number, number * 160L, new byte[160]);
    }

    /** Asserts that no more passed than the burst allowance and the rate after it permit. */
    private void assertHeldToTheRate(long passed) {
        assertThat(passed).isBetween((long) PacketRate.AUDIO, 2L * PacketRate.AUDIO + 1);
        assertThat(phone.counts.get(Kind.TOO_MANY)).isEqualTo(PACKETS - passed);
    }

    @Test
    void theRoomHearsAPhoneAtNoMoreThanTheRate() {
        var path = new PhoneToRoom(phone, codecs, new SequenceMapper(500, 0, 8_000), false, new DtmfDetector.Listener() {
            @Override
            public void pressed(DtmfKey key) {
                throw new AssertionError("no key was pressed");
            }

            @Override
            public void released(DtmfKey key, int millis) {
                throw new AssertionError("no key was pressed");
            }
        });
        var track = new KeptTrack(AudioCodec.PCMU);
        path.attach(track);
        for (int i = 0; i < PACKETS; i++) {
            path.packet(PHONE, packet.buffer(), next(i), i * INTERVAL);
        }
        assertHeldToTheRate(track.sent.size());
        assertThat(phone.received.lost()).as("they did come").isZero();
        assertThat(phone.life.lastHeard()).hasValue((PACKETS - 1) * INTERVAL);
    }

    @Test
    void aPhoneHearsEachOfTheRoomAtNoMoreThanTheRate() {
        var stream = new PhoneStream(
                phone, new PhonePort(Optional.empty()), 9, new SequenceMapper(500, 0, 8_000), codecs, (nanos, task) -> { });
        var room = new RoomToPhone(phone, stream, codecs, Optional.empty());
        room.answered(0);
        var view = new RtpView(1);
        for (int i = 0; i < PACKETS; i++) {
            assertThat(view.wrap(packet.buffer(), next(i))).isTrue();
            room.audio("TR_flood", view, i * INTERVAL);
        }
        // There is no socket, so packets that would have been sent are counted as unsent.
        assertHeldToTheRate(phone.counts.get(Kind.UNSENT));
        assertThat(view.wrap(packet.buffer(), next(0))).isTrue();
        room.audio("TR_other", view, PACKETS * INTERVAL);
        assertThat(phone.counts.get(Kind.TOO_MANY)).as("another speaker has a rate of its own").isEqualTo(PACKETS - phone.counts.get(Kind.UNSENT));
        room.close();
    }

    @Test
    void reportsAreReadAtNoMoreThanTheirRate() {
        var session = new RtcpSession(phone, new PhonePort(Optional.empty()), 9, "cname", Clock.systemUTC());
        byte[] report = new byte[300];
        int length = new RtcpWriter(7, "phone").write(report, Optional.empty(), List.of());
        for (int i = 0; i < 1_000; i++) {
            session.packet(PHONE, report, length, i);
        }
        assertThat(phone.counts.get(Kind.TOO_MANY)).isEqualTo(1_000 - PacketRate.REPORTS);
    }
}
