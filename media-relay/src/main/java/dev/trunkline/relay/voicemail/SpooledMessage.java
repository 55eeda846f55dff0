package dev.trunkline.relay.voicemail;

import dev.trunkline.events.MessageEnd;
import dev.trunkline.events.voicemail.VoicemailAbout;
import dev.trunkline.events.voicemail.VoicemailKeys;
import dev.trunkline.events.voicemail.VoicemailWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.UUID;

/** A message that is being recorded to the disk. Blocks on the disk; used by one thread at a time. */
public final class SpooledMessage {
    private final Path part;
    private final Path done;
    private final OutputStream to;
    private final VoicemailWriter writer;

    SpooledMessage(
            Path part, Path done, VoicemailKeys keys, String organisation, UUID message, VoicemailAbout about, SecureRandom random)
            throws IOException {
        this.part = part;
        this.done = done;
        this.to = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            this.writer = VoicemailWriter.begin(to, keys, organisation, message, about, random);
        } catch (IOException | RuntimeException e) {
            to.close();
            Files.deleteIfExists(part);
            throw e;
        }
    }

    public void audio(short[] samples, int count) throws IOException {
        writer.audio(samples, count);
    }

    /**
     * Completes the message, which is then to be stored.
     *
     * @param millis how much of it counts
     * @return the file
     */
    public Path end(MessageEnd why, long millis) throws IOException {
        try (to) {
            writer.end(why, millis);
        }
        return Files.move(part, done, StandardCopyOption.ATOMIC_MOVE);
    }

    /** No more can be written: what is there is to be stored as it is. */
    public Path cutOff() throws IOException {
        closeQuietly();
        return Files.move(part, done, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Discards the message. */
    public void discard() throws IOException {
        closeQuietly();
        Files.deleteIfExists(part);
    }

    private void closeQuietly() {
        try {
            to.close();
        } catch (IOException e) {
            // What could not be written by now is lost.
        }
    }
}
