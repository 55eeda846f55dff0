package dev.trunkline.relay.voicemail;

import dev.trunkline.events.voicemail.VoicemailAbout;
import dev.trunkline.events.voicemail.VoicemailKeys;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Holds messages until the store has them: a folder that belongs to one relay process. A message is sealed from its first octet
 * on; the names of files contain the ids of organisation and message and nothing else.
 *
 * <pre>
 *   &lt;organisation&gt;.&lt;message&gt;.part    is being recorded; after a restart: was being recorded when the relay died
 *   &lt;organisation&gt;.&lt;message&gt;.done    is to be stored
 *   &lt;organisation&gt;.&lt;message&gt;.lost    cannot be opened, and is left for the operator
 * </pre>
 */
public final class VoicemailSpool {
    static final String PART = ".part";
    static final String DONE = ".done";
    static final String LOST = ".lost";
    private static final String OWNER_ALONE = "rwx------";

    /** A message that is to be stored. */
    record Spooled(Path file, String organisation, UUID message) {}

    private final Path folder;
    private final VoicemailKeys keys;
    private final SecureRandom random;

    /** @param folder is created when it is first needed */
    public VoicemailSpool(Path folder, VoicemailKeys keys, SecureRandom random) {
        this.folder = folder;
        this.keys = keys;
        this.random = random;
    }

    VoicemailKeys keys() {
        return keys;
    }

    /** Marks what was being recorded when the previous process died as to be stored as it is. Call once, before the first message. */
    public void recover() throws IOException {
        for (Path file : files(PART)) {
            Files.move(file, renamed(file, DONE), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** @throws IOException if nothing can be written: the disk is full, or not writable */
    public SpooledMessage begin(String organisation, UUID message, VoicemailAbout about) throws IOException {
        make();
        Path part = folder.resolve(organisation + "." + message + PART);
        return new SpooledMessage(part, renamed(part, DONE), keys, organisation, message, about, random);
    }

    private void make() throws IOException {
        if (!Files.isDirectory(folder)) {
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ALONE)));
            } else {
                Files.createDirectories(folder);
            }
        }
    }

    /** Returns the messages that are to be stored, the oldest first. */
    List<Spooled> done() throws IOException {
        return files(DONE).stream().flatMap(file -> named(file).stream()).toList();
    }

    /** Returns the message that was recorded to this file. */
    static Optional<Spooled> named(Path file) {
        String[] parts = file.getFileName().toString().split("\\.", 4);
        try {
            return parts.length == 3 ? Optional.of(new Spooled(file, parts[0], UUID.fromString(parts[1]))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void setAside(Spooled message) throws IOException {
        Files.move(message.file(), renamed(message.file(), LOST), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<Path> files(String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList();
        }
    }

    private static Path renamed(Path file, String ending) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
    }
}
