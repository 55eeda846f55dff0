package dev.trunkline.rtc.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.DataMessage;
import java.util.Set;
import livekit.LivekitModels;
import org.junit.jupiter.api.Test;

class DataPacketsTest {

    @Test
    void dtmfComesBack() {
        DataMessage message = new DataMessage.SipDtmf(10, "*");
        LivekitModels.DataPacket packet = DataPackets.encode(message, Set.of("bob"), "alice", "PA_a", 7);
        assertThat(packet.getDestinationIdentitiesList()).containsExactly("bob");
        assertThat(packet.getParticipantIdentity()).isEqualTo("alice");
        assertThat(packet.getSequence()).isEqualTo(7);
        assertThat(DataPackets.decode(packet, true)).contains(message);
        assertThat(DataPackets.reliable(message)).isTrue();
    }

    @Test
    void userDataComesBack() {
        DataMessage.UserData message = new DataMessage.UserData("topic", new byte[] {1, 2}, false);
        LivekitModels.DataPacket packet = DataPackets.encode(message, Set.of(), "alice", "PA_a", 0);
        DataMessage.UserData back = (DataMessage.UserData) DataPackets.decode(packet, false).orElseThrow();
        assertThat(back.topic()).isEqualTo("topic");
        assertThat(back.payload()).containsExactly(1, 2);
        assertThat(back.reliable()).isFalse();
        assertThat(DataPackets.reliable(message)).isFalse();
    }

    @Test
    void withoutATopicNoneIsWritten() {
        LivekitModels.DataPacket packet =
                DataPackets.encode(new DataMessage.UserData("", new byte[0], true), Set.of(), "", "", 1);
        assertThat(packet.getUser().hasTopic()).isFalse();
    }

    @Test
    void otherKindsAreSkipped() {
        assertThat(DataPackets.decode(LivekitModels.DataPacket.getDefaultInstance(), true)).isEmpty();
        assertThat(DataPackets.decode(LivekitModels.DataPacket.newBuilder()
                .setChatMessage(LivekitModels.ChatMessage.getDefaultInstance()).build(), true)).isEmpty();
    }
}
