package dev.trunkline.events.sounds;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Files in the form in which programs write them. */
final class SoundsOfTests {
    private SoundsOfTests() {}

    /** @param octets length of the audio, whose octets are all alike */
    static byte[] wav(int format, int channels, int sampleRate, int bits, int octets) {
        return wav(format, channels, sampleRate, bits, octets, octets);
    }

    /** @param said length of the audio according to the file */
    static byte[] wav(int format, int channels, int sampleRate, int bits, int octets, int said) {
        ByteBuffer file = ByteBuffer.allocate(44 + octets).order(ByteOrder.LITTLE_ENDIAN);
        file.put(text("RIFF")).putInt(36 + octets).put(text("WAVEfmt ")).putInt(16);
        file.putShort((short) format).putShort((short) channels).putInt(sampleRate).putInt(sampleRate * channels * bits / 8);
        file.putShort((short) (channels * bits / 8)).putShort((short) bits).put(text("data")).putInt(said);
        while (file.hasRemaining()) {
            file.put((byte) 0x55);
        }
        return file.array();
    }

    /** Returns the header of an Opus stream. */
    static byte[] head(int channels, int skip) {
        return ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN)
                .put(text("OpusHead")).put((byte) 1).put((byte) channels).putShort((short) skip).putInt(48_000).putShort((short) 0)
                .put((byte) 0).array();
    }

    static byte[] tags() {
        return ByteBuffer.allocate(16).put(text("OpusTags")).array();
    }

    /** Returns a 20 ms CELT packet. */
    static byte[] packet(int length) {
        byte[] packet = new byte[length];
        packet[0] = (byte) (19 << 3);
        return packet;
    }

    /** Returns a file with one page per packet. @param end position of the last page */
    static byte[] ogg(List<byte[]> packets, long end) {
        var file = new ByteArrayOutputStream();
        for (int i = 0; i < packets.size(); i++) {
            file.writeBytes(page(packets.get(i), i, 7, i == packets.size() - 1 ? end : 0));
        }
        return file.toByteArray();
    }

    static byte[] page(byte[] packet, int number, int stream, long position) {
        int segments = packet.length / 255 + 1;
        ByteBuffer page = ByteBuffer.allocate(27 + segments + packet.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put(text("OggS")).put((byte) 0).put((byte) (number == 0 ? 2 : 0)).putLong(position).putInt(stream).putInt(number).putInt(0);
        page.put((byte) segments);
        for (int i = 0; i < segments - 1; i++) {
            page.put((byte) 255);
        }
        page.put((byte) (packet.length % 255)).put(packet);
        page.putInt(22, OggChecksum.of(page.array(), 0, page.capacity()));
        return page.array();
    }

    static byte[] ogg(int channels, int skip, int frames, long end) {
        List<byte[]> packets = new ArrayList<>(List.of(head(channels, skip), tags()));
        for (int i = 0; i < frames; i++) {
            packets.add(packet(80));
        }
        return ogg(packets, end);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
