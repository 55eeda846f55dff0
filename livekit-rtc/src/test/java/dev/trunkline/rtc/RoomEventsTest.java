package dev.trunkline.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.rtc.server.Client;
import dev.trunkline.rtc.server.LiveKitServer;
import dev.trunkline.rtc.server.Speaker;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Participants, attributes, tracks and data in a real room. */
class RoomEventsTest {

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
    void saysWhoIsThereWhoComesAndWhoGoes() throws Exception {
        try (Client alice = join("people", "alice")) {
            try (Client bob = join("people", "bob", AudioCodec.PCMU)) {
                RemoteParticipant seen = (RemoteParticipant) alice.await("participantJoined");
                assertThat(seen.identity()).isEqualTo("bob");
                assertThat(seen.kind()).isEqualTo(ParticipantKind.STANDARD);
                assertThat(((RemoteParticipant) bob.await("participantJoined")).identity()).isEqualTo("alice");
                assertThat(bob.room().participants()).extracting(RemoteParticipant::identity).containsExactly("alice");
                assertThat(bob.room().localIdentity()).isEqualTo("bob");
                assertThat(bob.room().localSid()).isEqualTo(seen.sid()).startsWith("PA_");
                assertThat(bob.room().name()).isEqualTo("people");
                assertThat(bob.room().sid()).startsWith("RM_");
                alice.await("trackSubscribed");
            }
            alice.await("trackUnsubscribed");
            assertThat(((RemoteParticipant) alice.await("participantLeft")).identity()).isEqualTo("bob");
            assertThat(alice.await("whyLeft")).isEqualTo(DisconnectReason.CLIENT_INITIATED);
            assertThat(alice.room().participants()).isEmpty();
        }
    }

    @Test
    void attributesOfTheJoinAndSetLaterReachTheOthers() throws Exception {
        JoinRequest request = Client.request(server.url(), server.token("attributes", "bob"))
                .withAttributes(Map.of("sip.callStatus", "ringing"));
        try (Client alice = join("attributes", "alice"); Client bob = Client.join(rtc, request)) {
            RemoteParticipant joined = (RemoteParticipant) alice.await("participantJoined");
            assertThat(joined.attributes()).containsEntry("sip.callStatus", "ringing");

            get(bob.room().setAttributes(Map.of("sip.callStatus", "active")));
            alice.await("participantUpdated", who ->
                    "active".equals(((RemoteParticipant) who).attributes().get("sip.callStatus")));
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void ownAttributesAreToldAtTheJoinAndWhoeverChangesThem() throws Exception {
        JoinRequest request = Client.request(server.url(), server.token("own", "bob")).withAttributes(Map.of("outcome", "open"));
        try (Client bob = Client.join(rtc, request)) {
            bob.await("localAttributes", has -> "open".equals(((Map<String, String>) has).get("outcome")));
            get(bob.room().setAttributes(Map.of("outcome", "sold")));
            bob.await("localAttributes", has -> "sold".equals(((Map<String, String>) has).get("outcome")));
            get(bob.room().setAttributes(Map.of("outcome", "")));
            bob.await("localAttributes", has -> !((Map<String, String>) has).containsKey("outcome"));
        }
    }

    @Test
    void aRefusedRequestFails() throws Exception {
        try (Client alice = join("refused", "alice")) {
            assertThatThrownBy(() -> get(alice.room().setAttributes(Map.of("key", "x".repeat(70_000)))))
                    .hasRootCauseInstanceOf(RtcException.class).hasMessageContaining("LIMIT_EXCEEDED");
        }
    }

    @Test
    void dataGoesBothWaysReliablyAndNot() throws Exception {
        try (Client alice = join("data", "alice"); Client bob = join("data", "bob")) {
            alice.await("participantJoined");
            get(alice.room().sendData(new DataMessage.SipDtmf(11, "#")));
            assertThat(bob.await("dataReceived")).isEqualTo(new DataMessage.SipDtmf(11, "#"));
            assertThat(bob.await("dataSender")).isEqualTo("alice");

            byte[] text = "grüß dich".getBytes(StandardCharsets.UTF_8);
            get(bob.room().sendData(new DataMessage.UserData("chat", text, true)));
            DataMessage.UserData reliable = (DataMessage.UserData) alice.await("dataReceived");
            assertThat(reliable.topic()).isEqualTo("chat");
            assertThat(reliable.payload()).isEqualTo(text);
            assertThat(reliable.reliable()).isTrue();

            get(bob.room().sendData(new DataMessage.UserData("", new byte[] {1, 2, 3}, false)));
            DataMessage.UserData lossy = (DataMessage.UserData) alice.await("dataReceived");
            assertThat(lossy.payload()).containsExactly(1, 2, 3);
            assertThat(lossy.reliable()).isFalse();
        }
    }

    @Test
    void longMessagesArriveWholeAndInOrder() throws Exception {
        try (Client alice = join("long", "alice"); Client bob = join("long", "bob")) {
            alice.await("participantJoined");
            for (int i = 0; i < 50; i++) {
                byte[] payload = new byte[12_000];
                payload[0] = (byte) i;
                alice.room().sendData(new DataMessage.UserData("bulk", payload, true));
            }
            for (int i = 0; i < 50; i++) {
                DataMessage.UserData message = (DataMessage.UserData) bob.await("dataReceived");
                assertThat(message.payload()).hasSize(12_000);
                assertThat(message.payload()[0]).isEqualTo((byte) i);
            }
        }
    }

    @Test
    void dataForOneReachesOnlyThatOne() throws Exception {
        try (Client alice = join("one", "alice"); Client bob = join("one", "bob"); Client carol = join("one", "carol")) {
            alice.await("participantJoined", who -> ((RemoteParticipant) who).identity().equals("carol"));
            get(alice.room().sendData(new DataMessage.SipDtmf(1, "1"), Set.of("carol")));
            get(alice.room().sendData(new DataMessage.SipDtmf(2, "2")));
            assertThat(carol.await("dataReceived")).isEqualTo(new DataMessage.SipDtmf(1, "1"));
            assertThat(bob.await("dataReceived")).isEqualTo(new DataMessage.SipDtmf(2, "2"));
        }
    }

    @Test
    void roomMetadataIsFollowed() throws Exception {
        try (Client alice = join("metadata", "alice")) {
            assertThat(server.rooms().updateRoomMetadata("metadata", "{\"called\":\"x\"}").execute().isSuccessful()).isTrue();
            assertThat(alice.await("metadataChanged")).isEqualTo("{\"called\":\"x\"}");
            assertThat(alice.room().metadata()).isEqualTo("{\"called\":\"x\"}");
        }
    }

    @Test
    void withoutAutoSubscriptionAudioComesWhenAskedFor() throws Exception {
        JoinRequest request = Client.request(server.url(), server.token("manual", "bob")).withAutoSubscribe(false);
        try (Client alice = join("manual", "alice", AudioCodec.PCMU); Client bob = Client.join(rtc, request);
                Speaker speaker = Speaker.start(alice.room(), 440)) {
            bob.await("participantJoined", who -> !((RemoteParticipant) who).audioTracks().isEmpty());
            assertThat(bob.room().stats().received().packets()).isZero();
            String track = alice.room().audio().orElseThrow().sid();
            get(bob.room().setSubscribed(track, true));
            assertThat(((RemoteAudioTrack) bob.await("trackSubscribed")).sid()).isEqualTo(track);
            bob.hear(10);
            get(bob.room().setSubscribed(track, false));
            assertThat(((RemoteAudioTrack) bob.await("trackUnsubscribed")).sid()).isEqualTo(track);
        }
    }

    @Test
    void manyComeAndGo() throws Exception {
        try (Client listener = join("traffic", "listener")) {
            for (int i = 0; i < 5; i++) {
                String name = "guest-" + i;
                try (Client guest = join("traffic", name, i % 2 == 0 ? AudioCodec.PCMU : AudioCodec.OPUS);
                        Speaker speaker = Speaker.start(guest.room(), 500)) {
                    listener.await("trackSubscribed", t -> ((RemoteAudioTrack) t).participantIdentity().equals(name));
                    listener.forgetHeard();
                    assertThat(listener.hear(10)).allMatch(p -> p.track().participantIdentity().equals(name));
                }
                listener.await("participantLeft");
            }
        }
    }

    private static Client join(String room, String identity, AudioCodec... publish) throws Exception {
        return Client.join(rtc, server.url(), server.token(room, identity), publish);
    }

    private static void get(java.util.concurrent.CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
