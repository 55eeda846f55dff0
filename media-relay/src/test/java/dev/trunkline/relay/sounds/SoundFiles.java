package dev.trunkline.relay.sounds;

import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.events.sounds.SoundRecord;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Files of a tone, in the formats that programs write. */
public final class SoundFiles {
    private SoundFiles() {}

    public static SoundRecord record(String organisation, String name, String language, boolean isDefault, byte[] file) {
        return new SoundRecord(new SoundKey(organisation, name, language), isDefault, "audio/wav", Integer.toHexString(Arrays.hashCode(file)), file);
    }

    static short[] tone(double hertz, int rate, int millis) {
        short[] pcm = new short[rate / 1_000 * millis];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (8_000 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return pcm;
    }

    /** Returns a WAV file with 16-bit PCM. */
    public static byte[] wav(double hertz, int rate, int millis) {
        short[] pcm = tone(hertz, rate, millis);
        ByteBuffer samples = ByteBuffer.allocate(2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        samples.asShortBuffer().put(pcm);
        return wav(1, rate, 16, samples.array());
    }

    static byte[] g711(double hertz, int millis) {
        short[] pcm = tone(hertz, 8_000, millis);
        byte[] coded = new byte[pcm.length];
        G711.PCMA.encode(pcm, 0, pcm.length, coded, 0);
        return wav(6, 8_000, 8, coded);
    }

    private static byte[] wav(int format, int rate, int bits, byte[] samples) {
        return ByteBuffer.allocate(44 + samples.length).order(ByteOrder.LITTLE_ENDIAN)
                .put(text("RIFF")).putInt(36 + samples.length).put(text("WAVEfmt ")).putInt(16).putShort((short) format).putShort((short) 1)
                .putInt(rate).putInt(rate * bits / 8).putShort((short) (bits / 8)).putShort((short) bits)
                .put(text("data")).putInt(samples.length).put(samples).array();
    }

    /** @param gain gain in 256ths of a dB */
    static byte[] opus(double hertz, int millis, int skip, int gain) {
        var file = new ByteArrayOutputStream();
        file.writeBytes(page(0, 0, ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN)
                .put(text("OpusHead")).put((byte) 1).put((byte) 1).putShort((short) skip).putInt(16_000).putShort((short) gain).put((byte) 0).array()));
        file.writeBytes(page(1, 0, ByteBuffer.allocate(16).put(text("OpusTags")).array()));
        int frames = (millis * 48 + skip) / 960 + 1;
        short[] pcm = tone(hertz, 16_000, 20 * frames);
        byte[] packet = new byte[1_500];
        try (OpusEncoder encoder = OpusCodec.concentus().encoder(16_000, 32_000, 5, false)) {
            for (int i = 0; i < frames; i++) {
                int length = encoder.encode(pcm, i * 320, 320, packet, 0);
                file.writeBytes(page(i + 2, i == frames - 1 ? skip + 48L * millis : 960L * (i + 1), Arrays.copyOf(packet, length)));
            }
        }
        return file.toByteArray();
    }

    private static byte[] page(int number, long position, byte[] packet) {
        int segments = packet.length / 255 + 1;
        ByteBuffer page = ByteBuffer.allocate(27 + segments + packet.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put(text("OggS")).put((byte) 0).put((byte) 0).putLong(position).putInt(7).putInt(number).putInt(0).put((byte) segments);
        for (int i = 0; i < segments - 1; i++) {
            page.put((byte) 255);
        }
        page.put((byte) (packet.length % 255)).put(packet);
        page.putInt(22, checksum(page.array()));
        return page.array();
    }

    /** Returns the checksum of a page (RFC 3533 section 6). */
    private static int checksum(byte[] page) {
        int checksum = 0;
        for (byte octet : page) {
            checksum ^= (octet & 0xff) << 24;
            for (int bit = 0; bit < 8; bit++) {
                checksum = checksum < 0 ? checksum << 1 ^ 0x04c11db7 : checksum << 1;
            }
        }
        return checksum;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
