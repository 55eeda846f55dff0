package dev.trunkline.events.sounds;

import java.time.Duration;
import java.util.List;

/** A sound's file, whose format was checked; what its audio decodes to is not known here. One channel. */
public sealed interface SoundFile {
    String WAV = "audio/wav";
    String OGG_OPUS = "audio/ogg; codecs=opus";

    /** Returns the length of what is heard, more than zero and at most {@link SoundLimits#LONGEST}. */
    Duration length();

    /** Returns {@link #WAV} or {@link #OGG_OPUS}. */
    String contentType();

    /**
     * Reads a file.
     *
     * @param file not changed afterwards
     * @throws UnusableSoundException with a message that says what is wrong with it and what to do
     */
    static SoundFile read(byte[] file) throws UnusableSoundException {
        if (file.length == 0) {
            throw new UnusableSoundException("The file is empty: send a WAV or an Ogg Opus file.");
        }
        if (file.length > SoundLimits.MOST_OCTETS) {
            throw new UnusableSoundException(("The file has %d octets, and a sound has at most %d: make it shorter, or use Ogg Opus, which"
                    + " takes about 4 kB a second")
                    .formatted(file.length, SoundLimits.MOST_OCTETS) + " (ffmpeg -i IN -ac 1 -c:a libopus -b:a 32k OUT.ogg).");
        }
        var octets = new Octets(file);
        if (octets.hasText(0, "RIFF")) {
            return WavReader.read(octets);
        }
        if (octets.hasText(0, "OggS")) {
            return new OggOpusReader(octets).read();
        }
        throw new UnusableSoundException("The file is neither WAV nor Ogg Opus: convert it, for example with"
                + " ffmpeg -i IN -ac 1 -ar 16000 OUT.wav or ffmpeg -i IN -ac 1 -c:a libopus -b:a 32k OUT.ogg.");
    }

    /** @throws UnusableSoundException if it is longer than a sound may be, or has nothing to hear */
    static void checkLength(Duration length) throws UnusableSoundException {
        if (length.compareTo(SoundLimits.LONGEST) > 0) {
            throw tooLong();
        }
        if (!length.isPositive()) {
            throw new UnusableSoundException("The file has no audio in it: record it again.");
        }
    }

    /** Returns the exception for a file that is longer than a sound may be. */
    static UnusableSoundException tooLong() {
        return new UnusableSoundException("The sound lasts longer than %d s: make it shorter.".formatted(SoundLimits.LONGEST.toSeconds()));
    }

    /** The sample format of a WAV file. */
    enum Samples {
        /** Two octets each, the low one first. */
        PCM16(2),
        A_LAW(1),
        MU_LAW(1);

        private final int octets;

        Samples(int octets) {
            this.octets = octets;
        }

        /** Returns the octets of one sample. */
        public int octets() {
            return octets;
        }
    }

    /**
     * A WAV file.
     *
     * @param sampleRate 8000, 16000 or 48000
     * @param from where in the file the first sample begins
     * @param count of samples, 1 or more
     */
    record Wav(Samples samples, int sampleRate, byte[] file, int from, int count) implements SoundFile {
        @Override
        public Duration length() {
            return Duration.ofNanos(1_000_000_000L * count / sampleRate);
        }

        @Override
        public String contentType() {
            return WAV;
        }
    }

    /**
     * An Ogg Opus file (RFC 7845).
     *
     * @param packets of audio, in order
     * @param skip samples at 48 kHz that a decoder produces first and that must not be heard
     * @param heard samples at 48 kHz after those, 1 or more
     * @param gain to be applied to the decoded audio, in 256ths of a dB
     */
    record OggOpus(List<byte[]> packets, int skip, int heard, int gain) implements SoundFile {
        /** Opus's own clock rate, in samples a second, whatever rate it is decoded to. */
        public static final int CLOCK = 48_000;

        public OggOpus {
            packets = List.copyOf(packets);
        }

        @Override
        public Duration length() {
            return Duration.ofNanos(1_000_000_000L * heard / CLOCK);
        }

        @Override
        public String contentType() {
            return OGG_OPUS;
        }
    }
}
