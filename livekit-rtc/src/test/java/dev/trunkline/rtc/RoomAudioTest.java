package dev.trunkline.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.rtc.server.Client;
import dev.trunkline.rtc.server.Ear;
import dev.trunkline.rtc.server.LiveKitServer;
import dev.trunkline.rtc.server.Speaker;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Audio through a real livekit-server. */
class RoomAudioTest {

    private static final double TONE = 440;

    private static LiveKitServer server;
    private static LiveKitRtc rtc;

    @BeforeAll
    static void start() throws Exception {
        server = LiveKitServer.startWithPortRange();
        rtc = LiveKitRtc.create(RtcSettings.defaults().withLoops(2));
        rtc.warmUp();
    }

    @AfterAll
    static void stop() throws Exception {
        rtc.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(AudioCodec.class)
    void aToneIsHeardByTheOtherParticipant(AudioCodec codec) throws Exception {
        String name = "tone-" + codec;
        try (Client alice = join(name, "alice", codec); Client bob = join(name, "bob");
                Speaker speaker = Speaker.start(alice.room(), TONE)) {
            assertThat(alice.room().audio().orElseThrow().codec()).isEqualTo(codec);
            RemoteAudioTrack track = (RemoteAudioTrack) bob.await("trackSubscribed");
            assertThat(track.participantIdentity()).isEqualTo("alice");
            assertThat(track.sid()).isEqualTo(alice.room().audio().orElseThrow().sid());
            assertThat(alice.await("localTrackSubscribed")).isEqualTo(track.sid());

            bob.hear(10);
            List<Client.Heard> heard = bob.hear(50);
            assertThat(heard).allMatch(packet -> packet.codec().orElseThrow() == codec);
            assertThat(Ear.share(heard, TONE)).isGreaterThan(0.8);
            assertThat(Ear.share(heard, 2 * TONE)).isLessThan(0.1);
            assertThat(bob.offLoop()).isZero();
        }
    }

    @Test
    void g711PayloadsArriveUntouchedAndInSequence() throws Exception {
        try (Client alice = join("untouched", "alice", AudioCodec.PCMA); Client bob = join("untouched", "bob");
                Speaker speaker = Speaker.start(alice.room(), TONE)) {
            List<Client.Heard> heard = bob.hear(40);
            for (int i = 1; i < heard.size(); i++) {
                assertThat(heard.get(i).sequence()).isEqualTo(heard.get(i - 1).sequence() + 1 & 0xffff);
                assertThat(heard.get(i).timestamp()).isEqualTo(heard.get(i - 1).timestamp() + 160 & 0xffff_ffffL);
                assertThat(heard.get(i).payload()).hasSize(160);
            }
        }
    }

    @Test
    void bothDirectionsAndAThirdSpeakerAreKeptApart() throws Exception {
        try (Client alice = join("three", "alice", AudioCodec.PCMU); Client bob = join("three", "bob", AudioCodec.OPUS);
                Client carol = join("three", "carol", AudioCodec.PCMA);
                Speaker high = Speaker.start(alice.room(), 1000); Speaker middle = Speaker.start(bob.room(), 700);
                Speaker low = Speaker.start(carol.room(), 300)) {
            List<Client.Heard> heard = new ArrayList<>();
            while (from(heard, "bob").size() < 40 || from(heard, "carol").size() < 40) {
                heard.addAll(alice.hear(10));
            }
            assertThat(Ear.share(from(heard, "bob"), 700)).isGreaterThan(0.8);
            assertThat(Ear.share(from(heard, "carol"), 300)).isGreaterThan(0.9);
            assertThat(bob.hear(20)).isNotEmpty();
        }
    }

    @Test
    void reportsTellLossJitterAndRoundTripBothWays() throws Exception {
        RtcSettings chatty = RtcSettings.defaults().withRtcpInterval(java.time.Duration.ofMillis(500));
        try (LiveKitRtc own = LiveKitRtc.create(chatty);
                Client alice = Client.join(own, server.url(), server.token("reports", "alice"), AudioCodec.PCMU);
                Client bob = Client.join(own, server.url(), server.token("reports", "bob"));
                Speaker speaker = Speaker.start(alice.room(), TONE)) {
            bob.hear(100);
            while (alice.room().stats().roundTrip().isEmpty()) {
                bob.hear(10);
            }
            RoomStats sent = alice.room().stats();
            assertThat(sent.sent().packets()).isGreaterThanOrEqualTo(100);
            assertThat(sent.sent().octets()).isEqualTo(160 * sent.sent().packets());
            assertThat(sent.sent().failures()).isZero();
            assertThat(sent.sent().reportedLost()).isZero();
            RoomStats received = bob.room().stats();
            assertThat(received.received().packets()).isGreaterThanOrEqualTo(100);
            assertThat(received.received().lost()).isZero();
            assertThat(received.received().jitter()).isPositive();
            assertThat(received.dropped().undecrypted()).isZero();
            assertThat(received.dropped().malformed()).isZero();
        }
    }

    @Test
    void manyRoomsShareTheLoopsAndHearOnlyThemselves() throws Exception {
        List<AutoCloseable> open = new ArrayList<>();
        List<Client> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                Client alice = join("many-" + i, "alice", AudioCodec.PCMU);
                Client bob = join("many-" + i, "bob");
                open.add(alice);
                open.add(bob);
                listeners.add(bob);
                open.add(Speaker.start(alice.room(), 300 + 100 * i));
            }
            for (int i = 0; i < listeners.size(); i++) {
                listeners.get(i).hear(5);
                assertThat(Ear.share(listeners.get(i).hear(30), 300 + 100 * i)).isGreaterThan(0.9);
            }
        } finally {
            for (AutoCloseable one : open.reversed()) {
                one.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void joinsFromOneLocalAddressOnly(String address) throws Exception {
        RtcSettings bound = RtcSettings.defaults().withBindAddress(InetAddress.getByName(address));
        try (LiveKitRtc own = LiveKitRtc.create(bound);
                Client alice = Client.join(own, server.url(), server.token("bound" + address.hashCode(), "alice"), AudioCodec.PCMU);
                Client bob = Client.join(own, server.url(), server.token("bound" + address.hashCode(), "bob"));
                Speaker speaker = Speaker.start(alice.room(), TONE)) {
            bob.hear(5);
            assertThat(Ear.share(bob.hear(20), TONE)).isGreaterThan(0.9);
        }
    }

    @Test
    void sendingFromAnotherThreadIsRefused() throws Exception {
        try (Client alice = join("thread", "alice", AudioCodec.PCMU)) {
            LocalAudioTrack track = alice.room().audio().orElseThrow();
            assertThatThrownBy(() -> track.send(1, 160, true, new byte[160], 0, 160))
                    .isInstanceOf(IllegalStateException.class).hasMessageContaining("media loop");
        }
    }

    @Test
    void aRoomWithoutG711TakesOpusOrNothing() throws Exception {
        try (LiveKitServer opusOnly = LiveKitServer.start("room: {enabled_codecs: [{mime: audio/opus}]}\n");
                Client alice = Client.join(
                        rtc, opusOnly.url(), opusOnly.token("opus", "alice"), AudioCodec.PCMU, AudioCodec.OPUS)) {
            assertThat(alice.room().audio().orElseThrow().codec()).isEqualTo(AudioCodec.OPUS);
            assertThatThrownBy(() -> Client.join(rtc, opusOnly.url(), opusOnly.token("opus", "bob"), AudioCodec.PCMU))
                    .isInstanceOfSatisfying(RtcException.class,
                            e -> assertThat(e.kind()).isEqualTo(RtcException.Kind.NO_CODEC));
        }
    }

    private static Client join(String room, String identity, AudioCodec... publish) throws Exception {
        return Client.join(rtc, server.url(), server.token(room, identity), publish);
    }

    private static List<Client.Heard> from(List<Client.Heard> heard, String identity) {
        return heard.stream().filter(packet -> packet.track().participantIdentity().equals(identity)).toList();
    }
}
