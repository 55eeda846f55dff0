package dev.trunkline.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.server.Client;
import dev.trunkline.rtc.server.LiveKitServer;
import dev.trunkline.rtc.server.Speaker;
import dev.trunkline.rtc.server.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Joins whose first ICE checks a real server does not answer, because they use a generation of ICE that it does not have. */
class RoomSilentPathTest {

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
    void aSilentPathIsStartedOverAndTheJoinSucceeds() throws Exception {
        try (Wire wire = Wire.to(server.port())) {
            wire.falsifyFirstAnswer();
            try (Client alice = Client.join(rtc, wire.url(), server.token("over", "alice"), AudioCodec.PCMU);
                    Client bob = Client.join(rtc, server.url(), server.token("over", "bob"));
                    Speaker speaker = Speaker.start(alice.room(), 440)) {
                bob.hear(20);
                // One answer to the offer of the join and one to the offer of the restart; the server may request more
                // offers.
                assertThat(wire.answers()).isGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void whenTheServerRestartsIceInItsSecondAnswerItIsFollowed() throws Exception {
        try (Wire wire = Wire.to(server.port());
                Client alice = Client.join(rtc, server.url(), server.token("follow", "alice"), AudioCodec.PCMU);
                Speaker speaker = Speaker.start(alice.room(), 440)) {
            wire.falsifyFirstAnswer();
            // Alice's track makes the server request a second offer immediately.
            try (Client bob = Client.join(rtc, wire.url(), server.token("follow", "bob"))) {
                bob.hear(20);
                assertThat(wire.answers()).isGreaterThanOrEqualTo(2);
            }
        }
    }
}
