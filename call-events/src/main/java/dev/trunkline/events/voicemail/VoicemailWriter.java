package dev.trunkline.events.voicemail;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;

/** Seals a message while it is recorded. Not thread-safe; if the process dies, what it has written can be opened. */
public final class VoicemailWriter {
    /** Maximum number of samples in one {@link #audio}. */
    public static final int MOST_SAMPLES = 32_000;

    private final OutputStream to;
    private final VoicemailSeal seal;
    private byte[] octets = {};

    private VoicemailWriter(OutputStream to, VoicemailSeal seal) {
        this.to = to;
        this.seal = seal;
    }

    /** @param to is for the caller to close; each method writes to it once or more and flushes */
    public static VoicemailWriter begin(
            OutputStream to, VoicemailKeys keys, String organisation, UUID message, VoicemailAbout about, SecureRandom random)
            throws IOException {
        byte[] salt = new byte[VoicemailKeys.SALT_OCTETS];
        random.nextBytes(salt);
        byte[] head = VoicemailSeal.head(keys.id(), salt);
        to.write(head);
        var writer = new VoicemailWriter(to, VoicemailSeal.of(head, keys, organisation, message));
        byte[] json = json(about);
        writer.piece(VoicemailSeal.ABOUT, json, json.length);
        return writer;
    }

    /** @param samples at most {@value #MOST_SAMPLES} */
    public void audio(short[] samples, int count) throws IOException {
        if (octets.length < 2 * count) {
            octets = new byte[2 * count];
        }
        ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(samples, 0, count);
        piece(VoicemailSeal.AUDIO, octets, 2 * count);
    }

    /** @param millis how much of the audio counts: the rest was silence */
    public void end(MessageEnd why, long millis) throws IOException {
        byte[] json = json(Map.of("ended", why.code(), "millis", millis));
        piece(VoicemailSeal.END, json, json.length);
    }

    private static byte[] json(Object what) {
        try {
            return EventJson.MAPPER.writeValueAsBytes(what);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the description of a message cannot be written as JSON", e);
        }
    }

    private void piece(byte kind, byte[] plain, int length) throws IOException {
        byte[] sealed = seal.seal(kind, plain, length);
        to.write(ByteBuffer.allocate(4 + sealed.length).putInt(sealed.length).put(sealed).array());
        to.flush();
    }
}
