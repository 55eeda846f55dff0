package dev.trunkline.relay.dtmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
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

    private int sequence = 65_530;

    private void packet(long timestamp, int event, boolean end, int duration) {
        packet(++sequence, false, timestamp, event, end, duration);
    }

    private void packet(int number, boolean marker, long timestamp, int event, boolean end, int duration) {
        byte[] payload = {(byte) event, (byte) ((end ? 0x80 : 0) | 10), (byte) (duration >> 8), (byte) duration};
        detector.packet(1, number & 0xffff, marker, timestamp, payload, 0, 4);
    }

    private void press(long timestamp, int event) {
        press(timestamp, event, true, i -> 0);
    }

    /** Presses a key: five packets, then three end packets. @param added amount to add to the timestamp of each packet */
    private void press(long timestamp, int event, boolean marker, IntUnaryOperator added) {
        for (int i = 0; i < 8; i++) {
            packet(++sequence, marker && i == 0, timestamp + added.applyAsInt(i), event, i >= 5, i >= 5 ? 960 : (i + 1) * 160);
        }
        // Audio continues.
        sequence += 10;
    }

    @Test
    void endPacketsThatAreStampedAnewAreOfOnePress() {
        press(1_000, 2, true, i -> i < 6 ? 0 : 160 * (i - 5));
        assertThat(heard).containsExactly("+2", "-2120");
    }

    @Test
    void packetsThatAreStampedAnewAreOfOnePress() {
        press(1_000, 3, true, i -> 160 * i);
        press(9_000, 3, false, i -> 160 * i);
        assertThat(heard).containsExactly("+3", "-3120", "+3", "-3120");
    }

    @Test
    void aTimestampThatJumpsWithinAPressMakesNoOther() {
        press(1_000, 4, true, i -> i == 2 ? 80_000 : 0);
        press(9_000, 4, true, i -> i >= 3 ? -800_000 : 0);
        assertThat(heard).containsExactly("+4", "-4120", "+4", "-4120");
    }

    @Test
    void keysGoOnWhereTimestampsWentBackAndStayedThere() {
        press(50_000, 5);
        press(49_000, 6);
        press(49_500, 6);
        assertThat(heard).containsExactly("+5", "-5120", "+6", "-6120", "+6", "-6120");
    }

    @Test
    void lossWithinAPressThatIsStampedAnewMakesNoOther() {
        for (int i : new int[] {0, 1, 4, 7}) {
            packet(100 + i, i == 0, 1_000 + 160 * i, 7, i >= 5, Math.min(i + 1, 6) * 160);
        }
        assertThat(heard).containsExactly("+7", "-7120");
    }

    @Test
    void theSameKeyWithoutMarkersAndPausesIsTwoPresses() {
        for (int press = 0; press < 2; press++) {
            for (int i = 0; i < 8; i++) {
                packet(1_000 + 1_280 * press, 4, i >= 5, i >= 5 ? 960 : (i + 1) * 160);
            }
        }
        assertThat(heard).containsExactly("+4", "-4120", "+4", "-4120");
    }

    @Test
    void theSameKeyWhoseEndWasLostIsTwoPresses() {
        packet(1_000, 1, false, 800);
        packet(++sequence, true, 9_000, 1, false, 160);
        packet(9_000, 1, true, 320);
        assertThat(heard).containsExactly("+1", "-1100", "+1", "-140");
    }

    @Test
    void segmentsThatFollowEachOtherAreOnePress() {
        for (int i = 0; i < 5; i++) {
            packet(1_000 + 160 * i, 8, i == 4, 160);
        }
        assertThat(heard).containsExactly("+8", "-8100");
    }

    @Test
    void anotherSenderCountsAnew() {
        press(9_000, 2);
        byte[] payload = {2, 10, 0, (byte) 160};
        detector.packet(99, sequence - 20, false, 3, payload, 0, 4);
        assertThat(heard).containsExactly("+2", "-2120", "+2");
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
        packet(sequence - 30, false, 8_000, 1, true, 800);
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
        detector.packet(1, ++sequence, false, 1_000, new byte[3], 0, 3);
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
                detector.packet(
                        1, ++sequence & 0xffff, sender.marker(), sender.timestamp(), sender.payload(), 0,
                        DtmfSender.PAYLOAD_LENGTH);
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
                detector.packet(
                        1, ++sequence & 0xffff, sender.marker(), sender.timestamp(), sender.payload(), 0,
                        DtmfSender.PAYLOAD_LENGTH);
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
