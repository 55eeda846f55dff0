package dev.trunkline.local;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The demo number's announcement before the agent: four rising notes, which are computed. An operator's own announcement says in words
 * that a machine answers.
 */
public final class DemoSound {
    /** The sound's name in the demo's directory file. It belongs to the suite and has no language. */
    public static final String NAME = "demo-notice";

    private static final int RATE = 8_000;
    private static final int NOTE_MILLIS = 300;
    private static final double[] NOTES = {523.25, 659.25, 783.99, 1_046.5};
    /** −12 dB of full scale. */
    private static final double AMPLITUDE = 8_192;
    private static final int HEADER = 44;

    private DemoSound() {}

    /** Returns a WAV file: mono, 8 kHz, 16-bit PCM, 1.2 s. */
    public static byte[] wav() {
        int note = RATE / 1_000 * NOTE_MILLIS;
        int octets = 2 * note * NOTES.length;
        ByteBuffer file = ByteBuffer.allocate(HEADER + octets).order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF")).putInt(HEADER - 8 + octets).put(ascii("WAVEfmt ")).putInt(16)
                .putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16)
                .put(ascii("data")).putInt(octets);
        for (double hertz : NOTES) {
            for (int i = 0; i < note; i++) {
                // Fades in and out to avoid clicks.
                double swell = Math.sin(Math.PI * i / note);
                file.putShort((short) Math.round(AMPLITUDE * swell * Math.sin(2 * Math.PI * hertz * i / RATE)));
            }
        }
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
