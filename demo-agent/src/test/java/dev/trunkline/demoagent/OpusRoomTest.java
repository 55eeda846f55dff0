package dev.trunkline.demoagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.demoagent.TestPhone.Heard;
import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.LiveKitRtc;
import dev.trunkline.rtc.RtcSettings;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that need a LiveKit server of their own. */
class OpusRoomTest {
    private static final Map<String, String> ANSWERED = Map.of("sip.callStatus", "active");

    @Test
    void aRoomThatEnablesOnlyOpusIsEchoedInOpusAlsoAfterLiveKitWasAway() throws Exception {
        RtcSettings loopback = RtcSettings.defaults().withBindAddress(InetAddress.getLoopbackAddress());
        try (LiveKit livekit = new LiveKit(17890, List.of("audio/opus"));
                DemoAgent agent = new DemoAgent(livekit.agent());
                LiveKitRtc rtc = LiveKitRtc.create(loopback)) {
            TestPhone.await(agent::ready, "registration");
            livekit.stop();
            TestPhone.await(() -> !agent.ready(), "the loss to be noticed");
            livekit.start();
            TestPhone.await(agent::ready, "registration again");

            livekit.dispatch("opus-room");
            try (var phone = new TestPhone(rtc, livekit, "opus-room", AudioCodec.OPUS, ANSWERED)) {
                List<Heard> heard = phone.awaitEcho(20);
                assertThat(heard).allSatisfy(packet -> assertThat(packet.codec()).contains(AudioCodec.OPUS));
            }
            TestPhone.await(() -> agent.running() == 0, "the agent to leave");

            livekit.dispatch("drained-room");
            try (var phone = new TestPhone(rtc, livekit, "drained-room", AudioCodec.OPUS, ANSWERED)) {
                phone.awaitEcho(1);
                agent.drain();
                assertThat(agent.running()).isZero();
            }
        }
    }
}
