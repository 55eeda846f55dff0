package dev.trunkline.demoagent.greeting;

import dev.trunkline.rtc.AudioCodec;
import dev.trunkline.rtc.codec.G711;
import dev.trunkline.rtc.codec.OpusCodec;
import dev.trunkline.rtc.codec.OpusEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The greeting, ready to send: frames of 20 ms in each codec. Encoded once and shared by all calls. */
public final class Greeting {
    /** Length of a frame. */
    public static final int FRAME_MILLIS = 20;

    private static final int OPUS_BITRATE = 32_000;
    private static final int OPUS_COMPLEXITY = 5;

    private final Map<AudioCodec, List<byte[]>> frames = new EnumMap<>(AudioCodec.class);

    public Greeting(OpusCodec opus) {
        frames.put(AudioCodec.PCMU, g711(G711.PCMU));
        frames.put(AudioCodec.PCMA, g711(G711.PCMA));
        frames.put(AudioCodec.OPUS, opus(opus));
    }

    /** Returns the frames in sending order; they must not be modified. */
    public List<byte[]> frames(AudioCodec codec) {
        return frames.get(codec);
    }

    /** Samples per frame in the codec's RTP clock. */
    public static int frameSamples(AudioCodec codec) {
        return codec.clockRate() * FRAME_MILLIS / 1000;
    }

    private static List<byte[]> g711(G711 law) {
        List<byte[]> encoded = new ArrayList<>();
        for (short[] frame : cut(AudioCodec.PCMU)) {
            byte[] payload = new byte[frame.length];
            law.encode(frame, 0, frame.length, payload, 0);
            encoded.add(payload);
        }
        return List.copyOf(encoded);
    }

    private static List<byte[]> opus(OpusCodec opus) {
        List<byte[]> encoded = new ArrayList<>();
        byte[] packet = new byte[OpusEncoder.MAX_FRAME_BYTES];
        try (OpusEncoder encoder =
                opus.encoder(AudioCodec.OPUS.clockRate(), OPUS_BITRATE, OPUS_COMPLEXITY, false)) {
            for (short[] frame : cut(AudioCodec.OPUS)) {
                int length = encoder.encode(frame, 0, frame.length, packet, 0);
                encoded.add(Arrays.copyOf(packet, length));
            }
        }
        return List.copyOf(encoded);
    }

    private static List<short[]> cut(AudioCodec codec) {
        short[] chime = Chime.samples(codec.clockRate());
        int samples = frameSamples(codec);
        List<short[]> cut = new ArrayList<>();
        for (int from = 0; from + samples <= chime.length; from += samples) {
            cut.add(Arrays.copyOfRange(chime, from, from + samples));
        }
        return cut;
    }
}
