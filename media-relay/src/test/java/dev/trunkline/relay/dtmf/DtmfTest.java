package dev.trunkline.relay.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DtmfTest {
    private final List<String> heard = new ArrayList<>();
    private final DtmfDetector detector = new DtmfDetector(new DtmfDetector.Listener() {
        @Override
        public void pressed(DtmfKey key) {
            heard.add("+" + key.digit());
        }

        @Override
        public void released(DtmfKey key, int millis) {
            heard.add("-" + key.digit() + millis);
        }
    });

    private void packet(long timestamp, int event, boolean end, int duration) {
        byte[] payload = {(byte) event, (byte) ((end ? 0x80 : 0) | 10), (byte) (duration >> 8), (byte) duration};
        detector.packet(timestamp, payload, 0, 4);
    }

    private void press(long timestamp, int event) {
        for (int i = 1; i <= 5; i++) {
            packet(timestamp, event, false, i * 160);
        }
        for (int i = 0; i < 3; i++) {
            packet(timestamp, event, true, 960);
        }
    }

    @Test
    void aPressIsReportedOnce() {
        press(1_000, 5);
        assertThat(heard).containsExactly("+5", "-5120");
    }

    @Test
    void theSameKeyAgainIsAnotherPress() {
        press(1_000, 11);
        press(9_000, 11);
        assertThat(heard).containsExactly("+#", "-#120", "+#", "-#120");
    }

    @Test
    void oneEndPacketIsEnough() {
        packet(1_000, 1, true, 800);
        assertThat(heard).containsExactly("+1", "-1100");
    }

    @Test
    void aPressWhoseEndIsLostEndsWithTheNext() {
        packet(1_000, 1, false, 400);
        press(9_000, 2);
        assertThat(heard).containsExactly("+1", "-150", "+2", "-2120");
    }

    @Test
    void aPacketThatComesLateIsOfAPressThatWas() {
        press(9_000, 2);
        packet(8_000, 1, true, 800);
        assertThat(heard).containsExactly("+2", "-2120");
    }

    @Test
    void aLongPressGoesOnInSegments() {
        packet(1_000, 3, false, 0xffff);
        packet(1_000 + 0xffff, 3, false, 800);
        packet(1_000 + 0xffff, 3, true, 1_600);
        assertThat(heard).containsExactly("+3", "-3" + (0xffff + 1_600) / 8);
    }

    @Test
    void otherEventsAndDamagedPacketsArePassedOver() {
        packet(1_000, 16, false, 160);
        packet(1_000, 255, true, 160);
        detector.packet(1_000, new byte[3], 0, 3);
        assertThat(heard).isEmpty();
    }

    @Test
    void aKeyIsSentAsEightPackets() {
        var sender = new DtmfSender();
        assertThat(sender.busy()).isFalse();
        assertThat(sender.press(new DtmfKey(7))).isTrue();
        int sent = 0;
        int frames = 0;
        for (long now = 8_000; sender.busy(); now += 160, frames++) {
            if (sender.next(now, 160)) {
                sent++;
                assertThat(sender.timestamp()).isEqualTo(8_000);
                assertThat(sender.marker()).isEqualTo(sent == 1);
                detector.packet(sender.timestamp(), sender.payload(), 0, DtmfSender.PAYLOAD_LENGTH);
            }
        }
        assertThat(sent).isEqualTo(DtmfSender.TONE_FRAMES + DtmfSender.END_PACKETS);
        assertThat(frames).isEqualTo(sent + DtmfSender.PAUSE_FRAMES);
        assertThat(heard).containsExactly("+7", "-7100");
    }

    @Test
    void keysWaitForEachOther() {
        var sender = new DtmfSender();
        sender.press(new DtmfKey(1));
        sender.press(new DtmfKey(1));
        for (long now = 0; sender.busy(); now += 160) {
            if (sender.next(now, 160)) {
                detector.packet(sender.timestamp(), sender.payload(), 0, DtmfSender.PAYLOAD_LENGTH);
            }
        }
        assertThat(heard).containsExactly("+1", "-1100", "+1", "-1100");
    }

    @Test
    void aFloodOfKeysIsCut() {
        var sender = new DtmfSender();
        int taken = 0;
        while (sender.press(new DtmfKey(0))) {
            taken++;
        }
        assertThat(taken).isEqualTo(64);
    }

    @Test
    void keysHaveCodesAndDigits() {
        assertThat(new DtmfKey(10).digit()).isEqualTo("*");
        assertThat(new DtmfKey(15).digit()).isEqualTo("D");
        assertThat(DtmfKey.of(16)).isEmpty();
        assertThat(new DtmfKey(4).toString()).doesNotContain("4");
        assertThatThrownBy(() -> new DtmfKey(16)).isInstanceOf(IllegalArgumentException.class);
    }
}
