package dev.trunkline.relay.audio;

import dev.trunkline.rtc.codec.G711;
import java.util.Arrays;

/** A piece of mono audio in memory: waiting music, played in a loop, or an announcement, played once. Thread-safe. */
public final class Recording implements Sound.Source {
    private static final int NARROW = 8_000;
    private static final int WIDE = 16_000;
    private static final int STUDIO = 48_000;
    private static final int PCM = 1;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;

    private final short[] narrow;
    private final short[] wide;

    private Recording(short[] pcm, int sampleRate) {
        if (sampleRate == NARROW) {
            narrow = pcm;
            wide = new short[2 * pcm.length];
            new HalfBand().doubled(pcm, pcm.length, wide, 0);
        } else {
            wide = pcm;
            narrow = new short[pcm.length / 2];
            new HalfBand().halved(pcm, pcm.length, narrow, 0);
        }
    }

    /**
     * Creates a recording from samples.
     *
     * @param sampleRate 8000, 16000 or 48000
     */
    public static Recording ofPcm(short[] pcm, int sampleRate) {
        return switch (sampleRate) {
            case NARROW, WIDE -> new Recording(pcm, sampleRate);
            case STUDIO -> new Recording(Thirds.of(pcm), WIDE);
            default -> throw new IllegalArgumentException(
                    "a recording must have 8000, 16000 or 48000 samples per second, not " + sampleRate);
        };
    }

    /**
     * Reads a WAV file: mono, 8000 or 16000 Hz, 16-bit PCM or G.711.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    public static Recording ofWav(byte[] file) {
        if (file.length < 12 || int32(file, 0) != tag("RIFF") || int32(file, 8) != tag("WAVE")) {
            throw new IllegalArgumentException("it is not a WAV file");
        }
        int format = -1;
        int sampleRate = 0;
        for (long at = 12; at + 8 <= file.length; ) {
            int length = int32(file, (int) at + 4);
            int from = (int) at + 8;
            if (length < 0) {
                throw new IllegalArgumentException("one of its chunks has no valid length");
            }
            if (int32(file, (int) at) == tag("fmt ") && length >= 16 && from + 16 <= file.length) {
                format = int16(file, from);
                sampleRate = int32(file, from + 4);
                check(format, int16(file, from + 2), sampleRate, int16(file, from + 14));
            } else if (int32(file, (int) at) == tag("data") && format >= 0) {
                return new Recording(samples(file, from, Math.min(length, file.length - from), format), sampleRate);
            }
            // Chunks begin at even offsets.
            at = (long) from + length + (length & 1);
        }
        throw new IllegalArgumentException("it has no format chunk, or no audio after it");
    }

    private static void check(int format, int channels, int sampleRate, int bits) {
        boolean known = format == PCM && bits == 16 || (format == A_LAW || format == MU_LAW) && bits == 8;
        if (!known || channels != 1 || sampleRate != NARROW && sampleRate != WIDE) {
            throw new IllegalArgumentException("it must be mono, 8000 or 16000 Hz, 16-bit PCM or G.711");
        }
    }

    private static short[] samples(byte[] file, int from, int octets, int format) {
        int count = (format == PCM ? octets / 2 : octets) & ~1;
        if (count == 0) {
            throw new IllegalArgumentException("it has no audio");
        }
        short[] pcm = new short[count];
        if (format == PCM) {
            for (int i = 0; i < count; i++) {
                pcm[i] = (short) int16(file, from + 2 * i);
            }
        } else {
            (format == A_LAW ? G711.PCMA : G711.PCMU).decode(file, from, count, pcm, 0);
        }
        return pcm;
    }

    /** Numbers in a WAV file are little-endian. */
    private static int int16(byte[] file, int at) {
        return file[at] & 0xff | (file[at + 1] & 0xff) << 8;
    }

    private static int int32(byte[] file, int at) {
        return int16(file, at) | int16(file, at + 2) << 16;
    }

    private static int tag(String name) {
        return name.charAt(0) | name.charAt(1) << 8 | name.charAt(2) << 16 | name.charAt(3) << 24;
    }

    /** Returns the number of 20 ms frames, including an incomplete last one. */
    public int frames() {
        return (narrow.length + Mixer.frame(NARROW) - 1) / Mixer.frame(NARROW);
    }

    /** Returns the size in memory. */
    public long octets() {
        return 2L * (narrow.length + wide.length);
    }

    /**
     * Writes 20 ms of it, with silence after its end.
     *
     * @param sampleRate of the listener: 8000 or 16000
     * @param index of the frame, from 0
     */
    public void frame(int sampleRate, int index, short[] into) {
        short[] pcm = sampleRate == NARROW ? narrow : wide;
        int from = Math.min(pcm.length, index * into.length);
        int count = Math.min(into.length, pcm.length - from);
        System.arraycopy(pcm, from, into, 0, count);
        Arrays.fill(into, count, into.length, (short) 0);
    }

    @Override
    public Sound at(int sampleRate) {
        return new Player(sampleRate == NARROW ? narrow : wide, Mixer.frame(sampleRate));
    }

    private static final class Player implements Sound {
        private final short[] pcm;
        private final short[] frame;
        private int at;

        private Player(short[] pcm, int frame) {
            this.pcm = pcm;
            this.frame = new short[frame];
        }

        @Override
        public short[] next() {
            for (int filled = 0; filled < frame.length; ) {
                int piece = Math.min(frame.length - filled, pcm.length - at);
                System.arraycopy(pcm, at, frame, filled, piece);
                filled += piece;
                at = (at + piece) % pcm.length;
            }
            return frame;
        }
    }
}
