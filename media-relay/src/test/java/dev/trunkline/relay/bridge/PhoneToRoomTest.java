package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.relay.PhonePacket;
import dev.trunkline.relay.bridge.PacketCounts.Kind;
import dev.trunkline.relay.dtmf.DtmfDetector;
import dev.trunkline.relay.dtmf.DtmfKey;
import dev.trunkline.relay.rtp.SequenceMapper;
import dev.trunkline.relay.rtp.SourceLatch;
import dev.trunkline.relay.rtp.TrustedSources;
import dev.trunkline.relay.sdp.MediaDirection;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sdp.PhoneMedia;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.rtp.Octets;
import dev.trunkline.rtc.rtp.RtpWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The path of packets from the phone, with a track that keeps its packets. */
class PhoneToRoomTest {
    private static final InetSocketAddress PHONE = new InetSocketAddress("203.0.113.5", 4000);

    private static final Map<PhoneCodec, Integer> TYPES =
            Map.of(PhoneCodec.PCMU, 0, PhoneCodec.PCMA, 8, PhoneCodec.G722, 9, PhoneCodec.OPUS, 96);

    private final List<String> keys = new ArrayList<>();
    private final PhoneSide phone = new PhoneSide(
            new SourceLatch(new TrustedSources(Optional.of(PHONE.getAddress()), false)),
            new LifeWatch(Duration.ofSeconds(12), Duration.ofMinutes(30)),
            media(PhoneCodec.PCMU, MediaDirection.SENDRECV));
    private final PhoneToRoom path = new PhoneToRoom(
            phone, new Codecs(OpusCodec.detect()), new SequenceMapper(500, 0, 8_000), true, new DtmfDetector.Listener() {
                @Override
                public void pressed(DtmfKey key) {
                    keys.add(key.digit());
                }

                @Override
                public void released(DtmfKey key, int millis) {
                    keys.add(millis + " ms");
                }
            });
    private final PhonePacket packet = new PhonePacket(7);

    @BeforeEach
    void answered() {
        phone.latch.answered();
    }

    private static PhoneMedia media(PhoneCodec codec, MediaDirection direction) {
        return TestMedia.of(codec, TYPES.get(codec), 20, PHONE, direction);
    }

    private void packet(InetSocketAddress from, int type, int sequence, byte[] payload) {
        int length = packet.of(type, false, sequence, sequence * 160L, payload);
        path.packet(from, packet.buffer(), length, sequence * 20_000_000L);
    }

    private static byte[] frame(int samples, int code) {
        byte[] codes = new byte[samples];
        Arrays.fill(codes, (byte) code);
        return codes;
    }

    @Test
    void theSameCodecGoesThroughUntouched() {
        var track = new KeptTrack(AudioCodec.PCMU);
        path.attach(track);
        packet(PHONE, 0, 10, frame(160, 0x21));
        packet(PHONE, 0, 12, frame(160, 0x22));
        assertThat(track.sent).extracting(KeptTrack.Sent::sequence).containsExactly(500, 502);
        assertThat(track.sent).extracting(KeptTrack.Sent::timestamp).containsExactly(0L, 320L);
        assertThat(track.sent.getFirst().marker()).isTrue();
        assertThat(track.sent.getLast().payload()).containsExactly(frame(160, 0x22));
        assertThat(phone.counts.get(Kind.PHONE_TO_ROOM)).isEqualTo(2);
        assertThat(phone.received.lost()).isEqualTo(1);
    }

    @Test
    void whomTheRoomMutesIsNotSentAlsoOnAnotherTrack() {
        path.attach(new KeptTrack(AudioCodec.PCMU));
        path.mute(true);
        path.detach();
        var track = new KeptTrack(AudioCodec.PCMU);
        path.attach(track);
        packet(PHONE, 0, 10, frame(160, 0x21));
        assertThat(track.sent).isEmpty();
        path.mute(false);
        packet(PHONE, 0, 11, frame(160, 0x21));
        assertThat(track.sent).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(AudioCodec.class)
    void aRingingToneSoundsUntilThePhoneIsHeardInOneNumbering(AudioCodec codec) {
        var track = new KeptTrack(codec);
        path.ring();
        path.beat(0);
        path.attach(track);
        for (int i = 0; i < 10; i++) {
            path.beat(i * 20_000_000L);
        }
        assertThat(track.sent).hasSize(10);
        packet(PHONE, 0, 10, frame(160, 0x21));
        path.beat(220_000_000L);
        assertThat(track.sent).hasSize(11);
        for (int i = 1; i < 11; i++) {
            assertThat(Octets.sequenceDistance(track.sent.get(i).sequence(), track.sent.get(i - 1).sequence())).isEqualTo(1);
            assertThat(track.sent.get(i).timestamp() - track.sent.get(i - 1).timestamp() & 0xffffffffL).isBetween(1L, 48_000L);
        }
        path.close();
    }

    @Test
    void theOtherLawGoesByTable() {
        var track = new KeptTrack(AudioCodec.PCMA);
        path.attach(track);
        packet(PHONE, 0, 10, frame(160, 0x21));
        assertThat(track.sent.getFirst().payload()).containsOnly(G711.PCMU.cross((byte) 0x21));
    }

    @Test
    void aRoomWithoutG711GetsOpus() {
        var track = new KeptTrack(AudioCodec.OPUS);
        path.attach(track);
        packet(PHONE, 0, 10, frame(320, 0x21));
        packet(PHONE, 0, 12, frame(320, 0x21));
        // Each packet of 40 ms becomes two Opus packets; the lost packet leaves a gap of two sequence numbers.
        assertThat(track.sent).extracting(KeptTrack.Sent::sequence).containsExactly(0, 1, 4, 5);
        assertThat(track.sent).extracting(KeptTrack.Sent::timestamp).containsExactly(0L, 960L, 1_920L, 2_880L);
        assertThat(track.sent).allMatch(sent -> sent.payload().length < 160);
        path.close();
    }

    @Test
    void oddPacketLengthsAreEncodedToo() {
        var track = new KeptTrack(AudioCodec.OPUS);
        path.attach(track);
        packet(PHONE, 0, 10, frame(240, 0x21));
        packet(PHONE, 0, 11, frame(33, 0x21));
        assertThat(track.sent).hasSize(3);
        path.close();
    }

    @Test
    void aKeyIsToldAndLeavesNoGap() {
        var track = new KeptTrack(AudioCodec.PCMU);
        path.attach(track);
        packet(PHONE, 0, 10, frame(160, 1));
        packet(PHONE, 101, 11, new byte[] {5, 10, 0, (byte) 160});
        packet(PHONE, 101, 12, new byte[] {5, (byte) 0x8a, 1, 64});
        packet(PHONE, 0, 13, frame(160, 1));
        assertThat(track.sent).extracting(KeptTrack.Sent::sequence).containsExactly(500, 501);
        assertThat(keys).startsWith("5");
    }

    @Test
    void comfortNoiseIsCountedLeavesNoGapAndMakesPatient() {
        var track = new KeptTrack(AudioCodec.PCMU);
        path.attach(track);
        packet(PHONE, 0, 10, frame(160, 1));
        phone.life.answered(0);
        packet(PHONE, 13, 11, frame(1, 1));
        packet(PHONE, 0, 12, frame(160, 1));
        assertThat(track.sent).extracting(KeptTrack.Sent::sequence).containsExactly(500, 501);
        assertThat(phone.counts.get(Kind.COMFORT_NOISE)).isEqualTo(1);
        assertThat(phone.counts.get(Kind.OTHER_PAYLOAD)).isZero();
        packet(PHONE, 13, 13, frame(1, 1));
        assertThat(phone.life.timedOut(30_000_000_000L)).isFalse();
        packet(PHONE, 0, 14, frame(160, 1));
        assertThat(phone.life.timedOut(30_000_000_000L)).isTrue();
    }

    @Test
    void strangersGarbageAndUnknownTypesTeachNothing() {
        path.attach(new KeptTrack(AudioCodec.PCMU));
        path.packet(PHONE, new byte[] {1, 2, 3}, 3, 0);
        packet(PHONE, 97, 1, frame(160, 1));
        assertThat(phone.latch.latched()).isFalse();
        packet(PHONE, 0, 2, frame(160, 1));
        packet(new InetSocketAddress("198.51.100.66", 4000), 0, 3, frame(160, 1));
        assertThat(phone.counts.get(Kind.MALFORMED)).isEqualTo(1);
        assertThat(phone.counts.get(Kind.WRONG_SOURCE)).isEqualTo(2);
        assertThat(phone.counts.get(Kind.PHONE_TO_ROOM)).isEqualTo(1);
    }

    @Test
    void nothingGoesToARoomThatIsNotThereOrNotWanted() {
        packet(PHONE, 0, 1, frame(160, 1));
        var track = new KeptTrack(AudioCodec.PCMU);
        path.attach(track);
        phone.renegotiated(media(PhoneCodec.PCMU, MediaDirection.INACTIVE), 0);
        path.renegotiated(false);
        packet(PHONE, 0, 2, frame(160, 1));
        path.detach();
        assertThat(track.sent).isEmpty();
        assertThat(phone.counts.get(Kind.UNWANTED)).isEqualTo(2);
    }

    @Test
    void aNewCodecOfThePhoneIsFollowed() {
        var track = new KeptTrack(AudioCodec.PCMU);
        path.attach(track);
        packet(PHONE, 0, 1, frame(160, 0x21));
        phone.renegotiated(media(PhoneCodec.PCMA, MediaDirection.SENDRECV), 0);
        path.renegotiated(true);
        packet(PHONE, 8, 2, frame(160, 0x21));
        assertThat(track.sent.getLast().payload()).containsOnly(G711.PCMA.cross((byte) 0x21));
        assertThat(track.sent.getLast().sequence()).isEqualTo(501);
    }

    @Test
    void wideCodecsOfThePhoneStayWideInOpus() {
        var track = new KeptTrack(AudioCodec.OPUS);
        phone.renegotiated(media(PhoneCodec.G722, MediaDirection.SENDRECV), 0);
        path.attach(track);
        packet(PHONE, 9, 10, frame(160, 0x21));
        packet(PHONE, 9, 11, frame(160, 0x21));
        assertThat(track.sent).extracting(KeptTrack.Sent::timestamp).containsExactly(0L, 960L);
        path.close();
    }

    @Test
    void damagedG722IsLeftOut() {
        var track = new KeptTrack(AudioCodec.OPUS);
        phone.renegotiated(media(PhoneCodec.G722, MediaDirection.SENDRECV), 0);
        path.attach(track);
        packet(PHONE, 9, 10, frame(161, 0x21));
        packet(PHONE, 9, 11, frame(1_203, 0x21));
        assertThat(track.sent).isEmpty();
        packet(PHONE, 9, 12, frame(80, 0x21));
        assertThat(track.sent).hasSize(1);
        path.close();
    }

    @Test
    void opusGoesThroughUntouched() {
        var track = new KeptTrack(AudioCodec.OPUS);
        phone.renegotiated(media(PhoneCodec.OPUS, MediaDirection.SENDRECV), 0);
        path.attach(track);
        packet(PHONE, 96, 10, new byte[] {0x78, 1, 2, 3});
        assertThat(track.sent.getFirst().payload()).containsExactly(0x78, 1, 2, 3);
        path.close();
    }

    /** Any codec may change to any other during a call: the room sees one stream in which no sequence number repeats. */
    @ParameterizedTest
    @EnumSource(AudioCodec.class)
    void eachCodecReachesEachRoomAndTheNumberingGoesOn(AudioCodec room) {
        var track = new KeptTrack(room);
        path.attach(track);
        int sequence = 1;
        for (PhoneCodec codec : List.of(
                PhoneCodec.PCMU, PhoneCodec.G722, PhoneCodec.OPUS, PhoneCodec.PCMA, PhoneCodec.OPUS, PhoneCodec.G722)) {
            phone.renegotiated(media(codec, MediaDirection.SENDRECV), sequence * 20_000_000L);
            path.renegotiated(true);
            byte[] payload = codec == PhoneCodec.OPUS ? new byte[] {0x78, (byte) 0xff, (byte) 0xfe} : frame(160, 0x21);
            for (int i = 0; i < 5; i++) {
                packet(PHONE, TYPES.get(codec), sequence++, payload);
            }
        }
        assertThat(track.sent).hasSize(30);
        for (int i = 1; i < track.sent.size(); i++) {
            assertThat(track.sent.get(i).sequence()).isEqualTo(track.sent.get(i - 1).sequence() + 1);
            assertThat(track.sent.get(i).timestamp()).isGreaterThan(track.sent.get(i - 1).timestamp());
        }
        path.close();
    }

    @Test
    void tonesAreKeysOnlyOfAPhoneWithoutTelephoneEvent() {
        path.attach(new KeptTrack(AudioCodec.PCMA));
        short[] five = new short[160];
        byte[] codes = new byte[160];
        int sequence = 1;
        for (boolean without : new boolean[] {false, true}) {
            PhoneMedia media = media(PhoneCodec.PCMU, MediaDirection.SENDRECV);
            phone.renegotiated(
                    without ? TestMedia.withoutKeys(media) : media, 0);
            for (int i = 0; i < 8; i++) {
                for (int s = 0; s < 160; s++) {
                    double t = (i * 160 + s) / 8_000.0;
                    five[s] = (short) (i < 5
                            ? 5_000 * (Math.sin(2 * Math.PI * 770 * t) + Math.sin(2 * Math.PI * 1_336 * t)) : 0);
                }
                G711.PCMU.encode(five, 0, 160, codes, 0);
                packet(PHONE, 0, sequence++, codes);
            }
            assertThat(keys).hasSize(without ? 2 : 0);
        }
        assertThat(keys.getFirst()).isEqualTo("5");
        path.close();
    }

    /** Sends a packet in the phone's first codec, of any length up to 200 ms. */
    private void packet(int sequence, long timestamp, int octets, long nowMillis) {
        byte[] packet = new byte[RtpWriter.HEADER + octets];
        Arrays.fill(packet, RtpWriter.HEADER, packet.length, (byte) 0x21);
        packet[0] = (byte) 0x80;
        Octets.put16(packet, 2, sequence);
        Octets.put32(packet, 4, timestamp);
        Octets.put32(packet, 8, 7);
        path.packet(PHONE, packet, packet.length, nowMillis * 1_000_000);
    }

    /**
     * Asserts that a listener in the room can play the stream: sequence numbers are consecutive, and timestamps advance by the
     * samples.
     */
    private static void assertSound(KeptTrack track, int unitsAMilli) {
        for (int i = 1; i < track.sent.size(); i++) {
            KeptTrack.Sent before = track.sent.get(i - 1);
            KeptTrack.Sent after = track.sent.get(i);
            assertThat(after.sequence()).isEqualTo(before.sequence() + 1);
            long millis = unitsAMilli == 8 ? before.payload().length / 8 : 20;
            assertThat(after.timestamp() - before.timestamp()).isEqualTo(millis * unitsAMilli);
        }
    }

    @ParameterizedTest
    @EnumSource(AudioCodec.class)
    void oneTimestampFarAheadAndOneThatStaysFarBackSilenceNobody(AudioCodec room) {
        var track = new KeptTrack(room);
        path.attach(track);
        for (int i = 0; i < 100; i++) {
            long jump = i == 20 ? 80_000 : i >= 50 ? -160_000 : 0;
            packet(i, 400_000 + i * 160L + jump, 160, i * 20L);
        }
        assertThat(track.sent).hasSize(100);
        assertSound(track, room.clockRate() / 1_000);
        path.close();
    }

    @ParameterizedTest
    @EnumSource(AudioCodec.class)
    void packetsMayChangeTheirLengthInTheCall(AudioCodec room) {
        var track = new KeptTrack(room);
        path.attach(track);
        long millis = 0;
        int sequence = 0;
        for (int length : new int[] {40, 20, 60, 100, 200, 20}) {
            for (int i = 0; i < 10; i++) {
                packet(sequence++, millis * 8, length * 8, millis);
                millis += length;
            }
        }
        assertSound(track, room.clockRate() / 1_000);
        int sent = room == AudioCodec.OPUS ? (int) millis / 20 : track.sent.stream().mapToInt(one -> one.payload().length / 8).sum();
        assertThat(sent).isEqualTo((int) (room == AudioCodec.OPUS ? millis / 20 : millis));
        path.close();
    }

    @Test
    void longPacketsGoOnInPiecesAndALateOneAmongThemIsLeftOut() {
        var track = new KeptTrack(AudioCodec.PCMU);
        path.attach(track);
        packet(1, 0, 800, 0);
        packet(3, 1_600, 800, 200);
        packet(2, 800, 800, 201);
        packet(4, 2_400, 160, 300);
        assertThat(track.sent).extracting(KeptTrack.Sent::sequence)
                .containsExactly(500, 501, 502, 503, 504, 506, 507, 508, 509, 510, 511);
        assertThat(track.sent.get(5).timestamp()).isEqualTo(1_600);
        assertThat(track.sent.stream().filter(KeptTrack.Sent::marker)).hasSize(1);
    }

    @Test
    void beforeTheAnswerNothingIsTakenFromElsewhere() {
        var unanswered = new PhoneSide(
                new SourceLatch(new TrustedSources(Optional.of(PHONE.getAddress()), false)),
                new LifeWatch(Duration.ofSeconds(12), Duration.ofMinutes(30)), media(PhoneCodec.PCMU, MediaDirection.SENDRECV));
        var early = new PhoneToRoom(
                unanswered, new Codecs(OpusCodec.detect()), new SequenceMapper(500, 0, 8_000), false, new DtmfDetector.Listener() {
                    @Override
                    public void pressed(DtmfKey key) {
                        keys.add(key.digit());
                    }

                    @Override
                    public void released(DtmfKey key, int millis) {}
                });
        var track = new KeptTrack(AudioCodec.PCMU);
        early.attach(track);
        byte[] key = {(byte) 0x80, 101, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7, 5, 10, 0, (byte) 160};
        early.packet(new InetSocketAddress(PHONE.getAddress(), 4002), key, key.length, 0);
        assertThat(track.sent).isEmpty();
        assertThat(keys).isEmpty();
        assertThat(unanswered.counts.get(Kind.WRONG_SOURCE)).isEqualTo(1);
        unanswered.latch.answered();
        early.packet(PHONE, key, key.length, 0);
        assertThat(keys).containsExactly("5");
    }
}
