package dev.trunkline.console.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PcapTest {
    private static final CallId CALL = new CallId(UUID.fromString("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e"));
    private static final String INVITE = "INVITE sip:xxx100@203.0.113.7 SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n";
    private static final String RINGING = "SIP/2.0 180 Ringing\r\nCSeq: 1 INVITE\r\n\r\n";

    private static CallMessage message(boolean sent, String local, String remote, String text) {
        return new CallMessage(CALL, "edge-1", Instant.parse("2026-03-02T09:15:30.109005Z"), sent, "udp", local, remote, text, false);
    }

    @Test
    void aCaptureHasEachMessageAsADatagramFromItsSenderToItsReceiver() {
        ByteBuffer file = ByteBuffer.wrap(Pcap.of(List.of(
                message(false, "203.0.113.7:5060", "198.51.100.4:5062", INVITE), message(true, "203.0.113.7:5060", "198.51.100.4:5062", RINGING))));
        assertThat(file.getInt()).isEqualTo(0xa1b2c3d4);
        file.position(20);
        assertThat(file.getInt()).as("raw IP").isEqualTo(101);
        assertThat(file.getInt()).isEqualTo((int) Instant.parse("2026-03-02T09:15:30Z").getEpochSecond());
        assertThat(file.getInt()).isEqualTo(109_005);
        int length = file.getInt();
        assertThat(file.getInt()).isEqualTo(length).isEqualTo(28 + INVITE.length());
        byte[] packet = new byte[length];
        file.get(packet);
        ByteBuffer ip = ByteBuffer.wrap(packet);
        assertThat(ip.get()).isEqualTo((byte) 0x45);
        assertThat(ip.getShort(2)).isEqualTo((short) length);
        assertThat(ip.get(9)).as("UDP").isEqualTo((byte) 17);
        assertThat(checksum(packet)).as("right where the sum over all is none").isZero();
        assertThat(new byte[] {packet[12], packet[13], packet[14], packet[15]}).isEqualTo(new byte[] {(byte) 198, 51, 100, 4});
        assertThat(new byte[] {packet[16], packet[17], packet[18], packet[19]}).isEqualTo(new byte[] {(byte) 203, 0, 113, 7});
        assertThat(ip.getShort(20)).isEqualTo((short) 5062);
        assertThat(ip.getShort(22)).isEqualTo((short) 5060);
        assertThat(ip.getShort(24)).isEqualTo((short) (8 + INVITE.length()));
        assertThat(new String(packet, 28, packet.length - 28, StandardCharsets.UTF_8)).isEqualTo(INVITE);
        file.position(file.position() + 16 + 20);
        assertThat(file.getShort()).as("the answer goes back").isEqualTo((short) 5060);
    }

    @Test
    void aListenerAtAllAddressesIsOfTheFamilyOfTheOtherSide() {
        byte[] file = Pcap.of(List.of(message(true, "0.0.0.0:5060", "[2001:db8::4]:5060", RINGING)));
        assertThat(file[24 + 16] >> 4).isEqualTo(6);
        assertThat(file).hasSize(24 + 16 + 40 + 8 + RINGING.length());
    }

    @Test
    void aRungSaysWhoSaidWhatToWhom() {
        List<Ladder.Rung> rungs = Ladder.of(List.of(
                message(false, "203.0.113.7:5060", "198.51.100.4:5062", INVITE), message(true, "203.0.113.7:5060", "198.51.100.4:5062", RINGING)));
        assertThat(rungs).extracting(Ladder.Rung::what).containsExactly("INVITE", "180 Ringing");
        assertThat(rungs).extracting(Ladder.Rung::about).containsExactly("", "INVITE");
        assertThat(rungs.getFirst().from()).isEqualTo("198.51.100.4:5062");
        assertThat(rungs.getLast().to()).isEqualTo("198.51.100.4:5062");
        assertThat(Ladder.text(List.of(message(false, "203.0.113.7:5060", "198.51.100.4:5062", INVITE))))
                .contains("198.51.100.4:5062 -> 203.0.113.7:5060  udp").contains("INVITE sip:xxx100@").doesNotContain("\r");
    }

    private static int checksum(byte[] packet) {
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += (packet[i] & 0xff) << 8 | packet[i + 1] & 0xff;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return ~sum & 0xffff;
    }
}
