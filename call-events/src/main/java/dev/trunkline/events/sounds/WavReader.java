package dev.trunkline.events.sounds;

import dev.trunkline.events.sounds.SoundFile.Samples;
import java.util.Optional;

/** Reads WAV files chunk by chunk, each examined once. */
final class WavReader {
    private static final int PCM = 1;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;
    /** In this case the actual format is in the first two octets of a longer identifier. */
    private static final int EXTENSIBLE = 0xfffe;
    private static final int EXTENSIBLE_LENGTH = 40;
    private static final int PROPER_FORMAT = 24;
    private static final int CHUNK_HEADER = 8;
    private static final int FIRST_CHUNK = 12;
    private static final int FORMAT_LENGTH = 16;
    /** The length field of audio that was written to a pipe, where nobody knew the length. */
    private static final int UNKNOWN = -1;

    private record Format(Samples samples, int sampleRate) {}

    private WavReader() {}

    static SoundFile.Wav read(Octets file) throws UnusableSoundException {
        if (!file.hasText(8, "WAVE")) {
            throw new UnusableSoundException(
                    "The file is RIFF but not WAV: convert it, for example with ffmpeg -i IN -ac 1 -ar 16000 OUT.wav.");
        }
        Optional<Format> format = Optional.empty();
        int at = FIRST_CHUNK;
        while (file.has(at, CHUNK_HEADER)) {
            int length = file.int32(at + 4);
            int from = at + CHUNK_HEADER;
            int rest = file.length() - from;
            if (file.hasText(at, "data") && format.isPresent()) {
                return audio(file, format.get(), from, length == UNKNOWN ? rest : length);
            }
            if (length < 0 || length > rest) {
                throw cutOff();
            }
            if (file.hasText(at, "fmt ")) {
                format = Optional.of(format(file, from, length));
            }
            // Chunks begin at even positions.
            at = from + length + (length & 1);
        }
        throw new UnusableSoundException(
                "The WAV file has no format, or no audio after it: upload the complete file, or convert it again.");
    }

    private static Format format(Octets file, int at, int length) throws UnusableSoundException {
        if (length < FORMAT_LENGTH) {
            throw cutOff();
        }
        int written = file.int16(at);
        int format = written == EXTENSIBLE && length >= EXTENSIBLE_LENGTH ? file.int16(at + PROPER_FORMAT) : written;
        int channels = file.int16(at + 2);
        int sampleRate = file.int32(at + 4);
        int bits = file.int16(at + 14);
        if (channels != 1) {
            throw new UnusableSoundException("The WAV file has %d channels, and a phone has one: mix them (ffmpeg -i IN -ac 1 OUT.wav).".formatted(channels));
        }
        Optional<Samples> samples = switch (format) {
            case PCM -> bits == 16 ? Optional.of(Samples.PCM16) : Optional.empty();
            case A_LAW -> bits == 8 ? Optional.of(Samples.A_LAW) : Optional.empty();
            case MU_LAW -> bits == 8 ? Optional.of(Samples.MU_LAW) : Optional.empty();
            default -> Optional.empty();
        };
        if (samples.isEmpty()) {
            throw new UnusableSoundException(("The WAV file's samples have format %d with %d bits: write PCM of 16 bits"
                    + " (ffmpeg -i IN -ac 1 -c:a pcm_s16le OUT.wav) or G.711.")
                    .formatted(format, bits));
        }
        boolean pcm = samples.get() == Samples.PCM16;
        if (sampleRate != 8_000 && !(pcm && (sampleRate == 16_000 || sampleRate == 48_000))) {
            throw new UnusableSoundException("The WAV file has %d samples per second: %s."
                    .formatted(sampleRate, pcm ? "write 8000, 16000 or 48000 (ffmpeg -i IN -ac 1 -ar 16000 OUT.wav)" : "G.711 has 8000"));
        }
        return new Format(samples.get(), sampleRate);
    }

    private static SoundFile.Wav audio(Octets file, Format format, int from, int length) throws UnusableSoundException {
        if (!file.has(from, length)) {
            throw cutOff();
        }
        var wav = new SoundFile.Wav(format.samples, format.sampleRate, file.file(), from, length / format.samples.octets());
        SoundFile.checkLength(wav.length());
        return wav;
    }

    private static UnusableSoundException cutOff() {
        return new UnusableSoundException("The WAV file is cut off: upload the complete file.");
    }
}
