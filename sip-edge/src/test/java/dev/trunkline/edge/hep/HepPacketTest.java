package dev.trunkline.edge.hep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HepPacketTest {
    private static final CallId CALL = new CallId(UUID.fromString("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e"));
    private static final String TEXT = "OPTIONS sip:edge.example SIP/2.0\r\nCall-ID: ä@pbx\r\n\r\n";

    private static CallMessage message(boolean sent, String transport, String local, String remote) {
        return new CallMessage(CALL, "edge-1", Instant.ofEpochSecond(1_700_000_000L, 123_456_789), sent, transport, local, remote, TEXT, false);
    }

    /** Returns the chunks' octets by type, in the order in which they came. */
    static Map<Integer, byte[]> chunks(ByteBuffer packet) {
        byte[] magic = new byte[4];
        packet.get(magic);
        assertThat(magic).asString(StandardCharsets.US_ASCII).isEqualTo("HEP3");
        assertThat(packet.getShort()).isEqualTo((short) packet.limit());
        Map<Integer, byte[]> chunks = new LinkedHashMap<>();
        while (packet.hasRemaining()) {
            assertThat(packet.getShort()).as("vendor").isZero();
            int type = packet.getShort();
            byte[] value = new byte[packet.getShort() - 6];
            packet.get(value);
            chunks.put(type, value);
        }
        return chunks;
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    @Test
    void aMessageThatWasTakenComesFromTheOtherSide() {
        Map<Integer, byte[]> chunks =
                chunks(HepPacket.of(message(false, "udp", "203.0.113.7:5060", "198.51.100.4:40000"), 7, Optional.of("word")));

        assertThat(chunks.get(0x01)).containsExactly(2);
        assertThat(chunks.get(0x02)).containsExactly(17);
        assertThat(chunks.get(0x03)).containsExactly(198, 51, 100, 4);
        assertThat(chunks.get(0x04)).containsExactly(203, 0, 113, 7);
        assertThat(chunks.get(0x07)).containsExactly(0x9c, 0x40);
        assertThat(chunks.get(0x08)).containsExactly(0x13, 0xc4);
        assertThat(ByteBuffer.wrap(chunks.get(0x09)).getInt()).isEqualTo(1_700_000_000);
        assertThat(ByteBuffer.wrap(chunks.get(0x0a)).getInt()).isEqualTo(123_456);
        assertThat(chunks.get(0x0b)).containsExactly(1);
        assertThat(ByteBuffer.wrap(chunks.get(0x0c)).getInt()).isEqualTo(7);
        assertThat(text(chunks.get(0x0e))).isEqualTo("word");
        assertThat(text(chunks.get(0x0f))).isEqualTo(TEXT);
        assertThat(text(chunks.get(0x11))).isEqualTo(CALL.toString());
        assertThat(text(chunks.get(0x13))).isEqualTo("edge-1");
        assertThat(chunks).doesNotContainKeys(0x05, 0x06);
    }

    @Test
    void aMessageThatWasSentGoesToTheOtherSideAndWithoutAPasswordNoneIsSaid() {
        Map<Integer, byte[]> chunks =
                chunks(HepPacket.of(message(true, "tls", "203.0.113.7:5061", "198.51.100.4:40000"), 7, Optional.empty()));

        assertThat(chunks.get(0x02)).containsExactly(6);
        assertThat(chunks.get(0x03)).containsExactly(203, 0, 113, 7);
        assertThat(chunks.get(0x07)).containsExactly(0x13, 0xc5);
        assertThat(chunks).doesNotContainKey(0x0e);
    }

    @Test
    void addressesOfBothFamiliesAreWrittenInTheLongerOne() {
        Map<Integer, byte[]> chunks =
                chunks(HepPacket.of(message(false, "udp", "203.0.113.7:5060", "[2001:db8::4]:5060"), 7, Optional.empty()));

        assertThat(chunks.get(0x01)).containsExactly(10);
        assertThat(chunks.get(0x05)).startsWith(0x20, 0x01, 0x0d, 0xb8).endsWith(0, 4);
        assertThat(chunks.get(0x06)).startsWith(0, 0).endsWith(0xff, 0xff, 203, 0, 113, 7);
        assertThat(chunks).doesNotContainKeys(0x03, 0x04);
    }
}
