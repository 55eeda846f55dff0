package dev.trunkline.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.rtc.server.Client;
import dev.trunkline.rtc.server.LiveKitServer;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How rooms end, and joins that do not succeed. */
class RoomEndTest {

    private static LiveKitServer server;
    private static LiveKitRtc rtc;

    @BeforeAll
    static void start() throws Exception {
        server = LiveKitServer.start();
        rtc = LiveKitRtc.create(RtcSettings.defaults());
        rtc.warmUp();
    }

    @AfterAll
    static void stop() throws Exception {
        rtc.close();
        server.close();
    }

    @Test
    void aDeletedRoomEnds() throws Exception {
        Client alice = join("deleted", "alice");
        server.rooms().deleteRoom("deleted").execute();
        assertThat(alice.await("disconnected")).isEqualTo(DisconnectReason.ROOM_DELETED);
        alice.close();
    }

    @Test
    void aRemovedParticipantEnds() throws Exception {
        Client alice = join("removed", "alice");
        server.rooms().removeParticipant("removed", "alice").execute();
        assertThat(alice.await("disconnected")).isEqualTo(DisconnectReason.PARTICIPANT_REMOVED);
        alice.close();
    }

    @Test
    void aSecondOneOfTheSameIdentityReplacesTheFirst() throws Exception {
        Client first = join("twice", "alice");
        try (Client second = join("twice", "alice")) {
            assertThat(first.await("disconnected")).isEqualTo(DisconnectReason.DUPLICATE_IDENTITY);
            assertThat(second.room().localIdentity()).isEqualTo("alice");
        }
        first.close();
    }

    @Test
    void leavingTwiceIsLeavingOnce() throws Exception {
        Client alice = join("leave", "alice", AudioCodec.PCMU);
        alice.room().leave().toCompletableFuture().get(20, TimeUnit.SECONDS);
        alice.room().leave().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(alice.await("disconnected")).isEqualTo(DisconnectReason.CLIENT_INITIATED);
        assertThatThrownBy(() -> alice.room().sendData(new DataMessage.SipDtmf(1, "1")).toCompletableFuture().get())
                .hasCauseInstanceOf(RtcException.class).hasMessageContaining("left");
    }

    @Test
    void closingTheLibraryLeavesEveryRoom() throws Exception {
        LiveKitRtc own = LiveKitRtc.create(RtcSettings.defaults());
        Client alice = Client.join(own, server.url(), server.token("closing", "alice"), AudioCodec.PCMU);
        try (Client bob = join("closing", "bob")) {
            own.close();
            own.close();
            assertThat(alice.await("disconnected")).isEqualTo(DisconnectReason.CLIENT_CLOSED);
            bob.await("participantLeft");
            assertThatThrownBy(() -> Client.join(own, server.url(), server.token("closing", "carol")))
                    .isInstanceOfSatisfying(RtcException.class, e -> assertThat(e.kind()).isEqualTo(RtcException.Kind.CLOSED));
        }
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() {
        assertThatThrownBy(() -> Client.join(rtc, server.url(), "eyJhbGciOiJIUzI1NiJ9.e30.AAAA"))
                .isInstanceOfSatisfying(RtcException.class, e -> assertThat(e.kind()).isEqualTo(RtcException.Kind.REFUSED))
                .hasMessageContaining("access token");
    }

    @Test
    void nobodyThereIsUnreachable() {
        assertThatThrownBy(() -> Client.join(rtc, URI.create("http://127.0.0.1:1"), "token"))
                .isInstanceOfSatisfying(RtcException.class,
                        e -> assertThat(e.kind()).isEqualTo(RtcException.Kind.UNREACHABLE))
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void aServerWithoutAUdpPathFailsWithAHint() throws Exception {
        RtcSettings quick = RtcSettings.defaults().withJoinTimeout(Duration.ofSeconds(2));
        try (LiveKitServer deaf = LiveKitServer.startDeaf(); LiveKitRtc own = LiveKitRtc.create(quick)) {
            assertThatThrownBy(() -> Client.join(own, deaf.url(), deaf.token("deaf", "alice"), AudioCodec.PCMU))
                    .isInstanceOfSatisfying(RtcException.class,
                            e -> assertThat(e.kind()).isEqualTo(RtcException.Kind.ICE_FAILED))
                    .hasMessageContaining("firewall");
        }
    }

    @Test
    void aLocalAddressThatIsNotOursFailsTheJoin() throws Exception {
        RtcSettings elsewhere = RtcSettings.defaults().withBindAddress(InetAddress.getByName("192.0.2.9"));
        try (LiveKitRtc own = LiveKitRtc.create(elsewhere)) {
            assertThatThrownBy(() -> Client.join(own, server.url(), server.token("elsewhere", "alice")))
                    .isInstanceOf(RtcException.class).hasMessageContaining("192.0.2.9");
        }
    }

    @Test
    void aTokenThatMayNotPublishIsExplained() throws Exception {
        RtcSettings quick = RtcSettings.defaults().withJoinTimeout(Duration.ofSeconds(2));
        try (LiveKitRtc own = LiveKitRtc.create(quick)) {
            assertThatThrownBy(() -> Client.join(own, server.url(), server.listenerToken("silent", "alice"), AudioCodec.PCMU))
                    .isInstanceOf(RtcException.class).hasMessageContaining("publish");
        }
    }

    @Test
    void httpUrlsServeAsWellAsWs() throws Exception {
        URI http = URI.create("http://127.0.0.1:" + server.port() + "/");
        try (Client alice = Client.join(rtc, http, server.token("http", "alice"))) {
            assertThat(alice.room().name()).isEqualTo("http");
        }
    }

    private static Client join(String room, String identity, AudioCodec... publish) throws Exception {
        return Client.join(rtc, server.url(), server.token(room, identity), publish);
    }
}
