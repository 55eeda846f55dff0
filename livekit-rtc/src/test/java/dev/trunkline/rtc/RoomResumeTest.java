package dev.trunkline.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.server.Client;
import dev.trunkline.rtc.server.LiveKitServer;
import dev.trunkline.rtc.server.Speaker;
import dev.trunkline.rtc.server.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import livekit.LivekitModels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lost connections to a real server, and how rooms survive them. */
class RoomResumeTest {

    private static LiveKitServer server;

    @BeforeAll
    static void start() throws Exception {
        server = LiveKitServer.start();
        try (LiveKitRtc warm = LiveKitRtc.create(RtcSettings.defaults())) {
            warm.warmUp();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void aCutWebSocketIsResumedAndAudioGoesOnMeanwhile() throws Exception {
        try (Wire wire = Wire.to(server.port()); LiveKitRtc rtc = LiveKitRtc.create(RtcSettings.defaults());
                Client alice = Client.join(rtc, wire.url(), server.token("cut", "alice"), AudioCodec.PCMU);
                Client bob = Client.join(rtc, wire.url(), server.token("cut", "bob"));
                Speaker speaker = Speaker.start(alice.room(), 440)) {
            bob.hear(10);
            String sid = alice.room().localSid();
            wire.cut();
            alice.await("reconnecting");
            bob.await("reconnecting");
            bob.forgetHeard();
            bob.hear(25);
            wire.mend();
            alice.await("reconnected");
            bob.await("reconnected");
            assertThat(alice.room().localSid()).isEqualTo(sid);
            bob.forgetHeard();
            bob.hear(25);
        }
    }

    @Test
    void whatHappenedWhileAwayIsToldAfterwards() throws Exception {
        try (Wire wire = Wire.to(server.port()); LiveKitRtc rtc = LiveKitRtc.create(RtcSettings.defaults());
                Client bob = Client.join(rtc, wire.url(), server.token("away", "bob"));
                Client carol = Client.join(rtc, server.url(), server.token("away", "carol"))) {
            bob.await("participantJoined");
            wire.cut();
            bob.await("reconnecting");
            carol.close();
            try (Client alice = Client.join(rtc, server.url(), server.token("away", "alice"), AudioCodec.PCMU);
                    Speaker speaker = Speaker.start(alice.room(), 440)) {
                wire.mend();
                assertThat(((RemoteParticipant) bob.await("participantLeft")).identity()).isEqualTo("carol");
                assertThat(((RemoteParticipant) bob.await("participantJoined")).identity()).isEqualTo("alice");
                bob.hear(20);
                assertThat(bob.room().participants()).extracting(RemoteParticipant::identity).containsExactly("alice");
            }
        }
    }

    @Test
    void whoLeavesWhileTheConnectionComesBackLeavesNobodyBehind() throws Exception {
        try (Wire wire = Wire.to(server.port()); LiveKitRtc rtc = LiveKitRtc.create(RtcSettings.defaults());
                Client bob = Client.join(rtc, server.url(), server.token("leaving", "bob"))) {
            Client alice = Client.join(rtc, wire.url(), server.token("leaving", "alice"), AudioCodec.PCMU);
            bob.await("participantJoined");
            wire.cutAndHold();
            alice.await("reconnecting");
            wire.awaitHeld();
            CompletionStage<Void> left = alice.room().leave();
            wire.letOn();
            left.toCompletableFuture().get(20, TimeUnit.SECONDS);
            // The server keeps a participant that it expects back in the room three times as long.
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            List<String> there;
            do {
                there = server.rooms().listParticipants("leaving").execute().body().stream()
                        .map(LivekitModels.ParticipantInfo::getIdentity).toList();
            } while (there.contains("alice") && System.nanoTime() < end);
            assertThat(there).containsExactly("bob");
            bob.await("participantLeft");
        }
    }

    @Test
    void requestsWorkAfterAResume() throws Exception {
        try (Wire wire = Wire.to(server.port()); LiveKitRtc rtc = LiveKitRtc.create(RtcSettings.defaults());
                Client alice = Client.join(rtc, wire.url(), server.token("after", "alice"), AudioCodec.PCMU);
                Client bob = Client.join(rtc, server.url(), server.token("after", "bob"))) {
            for (int i = 0; i < 3; i++) {
                wire.cutOnce();
                alice.await("reconnecting");
                alice.await("reconnected");
            }
            String value = "again";
            alice.room().setAttributes(java.util.Map.of("key", value)).toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            bob.await("participantUpdated", who -> value.equals(((RemoteParticipant) who).attributes().get("key")));
            alice.room().sendData(new DataMessage.SipDtmf(3, "3"));
            assertThat(bob.await("dataReceived")).isEqualTo(new DataMessage.SipDtmf(3, "3"));
        }
    }

    @Test
    void aFrozenServerIsNoticedOnTheMediaPathAndIceIsRestartedWhenItGoesOn() throws Exception {
        RtcSettings alert = RtcSettings.defaults().withConsentTimeout(Duration.ofSeconds(1));
        try (LiveKitServer own = LiveKitServer.start(); LiveKitRtc rtc = LiveKitRtc.create(alert);
                Client alice = Client.join(rtc, own.url(), own.token("frozen", "alice"), AudioCodec.PCMU);
                Client bob = Client.join(rtc, own.url(), own.token("frozen", "bob"));
                Speaker speaker = Speaker.start(alice.room(), 440)) {
            bob.hear(10);
            own.freeze();
            alice.await("reconnecting");
            bob.await("reconnecting");
            own.thaw();
            alice.await("reconnected");
            bob.await("reconnected");
            bob.forgetHeard();
            bob.hear(25);
        }
    }

    @Test
    void aServerThatStaysAwayIsGivenUp() throws Exception {
        RtcSettings impatient = RtcSettings.defaults().withResumeTimeout(Duration.ofSeconds(1));
        try (LiveKitServer own = LiveKitServer.start(); LiveKitRtc rtc = LiveKitRtc.create(impatient)) {
            Client alice = Client.join(rtc, own.url(), own.token("gone", "alice"), AudioCodec.PCMU);
            own.close();
            alice.await("reconnecting");
            assertThat(alice.await("disconnected")).isEqualTo(DisconnectReason.CONNECTION_LOST);
            alice.close();
        }
    }

    @Test
    void aRestartedServerKnowsNothingOfTheSessionAndWantsARejoin() throws Exception {
        try (LiveKitServer own = LiveKitServer.start(); Wire wire = Wire.to(own.port());
                LiveKitRtc rtc = LiveKitRtc.create(RtcSettings.defaults())) {
            Client alice = Client.join(rtc, wire.url(), own.token("forgotten", "alice"));
            wire.redirect(server.port());
            wire.cutOnce();
            assertThat(alice.await("disconnected")).isEqualTo(DisconnectReason.REJOIN_REQUIRED);
            alice.close();
        }
    }
}
