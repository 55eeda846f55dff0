package dev.trunkline.events.voicemail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.codec.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * An opened message.
 *
 * @param pcm 16 bits per sample, little-endian, one channel
 * @param ended {@code cut-off} if nothing gives the reason
 */
public record Voicemail(VoicemailAbout about, byte[] pcm, MessageEnd ended) {
    /** Maximum size of a message's samples: the longest that may be recorded, at 16 kHz, plus ten seconds. */
    static final int MOST_OCTETS = (VoicemailTerms.MOST_SECONDS + 10) * 32_000;
    private static final int WAV_HEAD = 44;

    public Duration length() {
        return Duration.ofMillis(pcm.length * 1_000L / (2L * about.sampleRate()));
    }

    /**
     * Opens everything that was written completely.
     *
     * @throws VoicemailBrokenException with a message that says what is wrong with it
     */
    public static Voicemail open(InputStream from, VoicemailKeys keys, String organisation, UUID message) throws IOException {
        byte[] head = from.readNBytes(VoicemailSeal.HEAD);
        if (head.length < VoicemailSeal.HEAD) {
            throw new VoicemailBrokenException("no piece of it is complete");
        }
        VoicemailSeal seal = VoicemailSeal.of(head, keys, organisation, message);
        Optional<VoicemailAbout> about = Optional.empty();
        var pcm = new ByteArrayOutputStream();
        for (Optional<byte[]> piece = piece(from, seal); piece.isPresent(); piece = piece(from, seal)) {
            byte[] plain = piece.get();
            switch (plain[0]) {
                case VoicemailSeal.ABOUT -> about = Optional.of(
                        EventJson.MAPPER.readValue(plain, 1, plain.length - 1, VoicemailAbout.class));
                case VoicemailSeal.AUDIO -> {
                    if (pcm.size() + plain.length > MOST_OCTETS) {
                        throw new VoicemailBrokenException("it is longer than a message may be");
                    }
                    pcm.write(plain, 1, plain.length - 1);
                }
                case VoicemailSeal.END -> {
                    return ended(known(about), pcm.toByteArray(), EventJson.MAPPER.readTree(plain, 1, plain.length - 1));
                }
                default -> throw new VoicemailBrokenException("it has a piece whose kind is newer than this service");
            }
        }
        return new Voicemail(known(about), pcm.toByteArray(), MessageEnd.CUT_OFF);
    }

    private static VoicemailAbout known(Optional<VoicemailAbout> about) throws VoicemailBrokenException {
        return about.filter(said -> said.sampleRate() == 8_000 || said.sampleRate() == 16_000)
                .orElseThrow(() -> new VoicemailBrokenException("it does not say what it is"));
    }

    private static Voicemail ended(VoicemailAbout about, byte[] pcm, JsonNode end) {
        long wanted = end.path("millis").asLong() * about.sampleRate() / 1_000 * 2;
        byte[] heard = wanted >= 0 && wanted < pcm.length ? java.util.Arrays.copyOf(pcm, (int) wanted) : pcm;
        return new Voicemail(about, heard, MessageEnd.ofCode(end.path("ended").asText()).orElse(MessageEnd.CUT_OFF));
    }

    /** @return empty at the end, and if the last piece was not written completely */
    private static Optional<byte[]> piece(InputStream from, VoicemailSeal seal) throws IOException {
        byte[] length = from.readNBytes(4);
        if (length.length < 4) {
            return Optional.empty();
        }
        int octets = ByteBuffer.wrap(length).getInt();
        if (octets < 1 || octets > VoicemailSeal.MOST_OCTETS) {
            throw new VoicemailBrokenException("a piece of it has an impossible length");
        }
        byte[] sealed = from.readNBytes(octets);
        return sealed.length < octets ? Optional.empty() : Optional.of(seal.open(sealed));
    }

    /** Returns a WAV file: PCM of 16 bits, one channel. */
    public byte[] wav() {
        return ByteBuffer.allocate(WAV_HEAD + pcm.length).order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(WAV_HEAD - 8 + pcm.length)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16)
                .putShort((short) 1).putShort((short) 1).putInt(about.sampleRate()).putInt(2 * about.sampleRate()).putShort((short) 2).putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII)).putInt(pcm.length)
                .put(pcm)
                .array();
    }
}
