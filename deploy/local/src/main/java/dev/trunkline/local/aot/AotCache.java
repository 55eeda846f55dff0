package dev.trunkline.local.aot;

import dev.trunkline.local.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The cache of one part, and a note beside it that records what it was made of.
 *
 * @param folder accessible only to its owner, because a user who can write a cache can run code in the service
 */
record AotCache(Path folder, String part) {
    private static final String NONE = "none";

    /** The state of a cache. */
    sealed interface State {
        record Fits() implements State {}

        /** There is no cache, and a training run would make none, because the last one with the same ingredients made none. */
        record Futile() implements State {}

        /** @param why in words */
        record ToBeMade(String why) implements State {}
    }

    Path file() {
        return folder.resolve(part + ".aot");
    }

    private Path note() {
        return folder.resolve(part + ".aot.made-of");
    }

    State state(Ingredients now) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(note());
        } catch (NoSuchFileException e) {
            return new State.ToBeMade("there are none yet");
        } catch (IOException e) {
            return new State.ToBeMade(note().getFileName() + " cannot be read");
        }
        Optional<String> difference = lines.isEmpty()
                ? Optional.of(note().getFileName() + " is empty")
                : new Ingredients(lines.subList(1, lines.size())).differenceTo(now);
        if (difference.isPresent()) {
            return new State.ToBeMade(difference.get());
        }
        if (lines.getFirst().equals(NONE)) {
            return new State.Futile();
        }
        return lines.getFirst().equals(seal())
                ? new State.Fits()
                : new State.ToBeMade(file().getFileName() + " was changed after it was made");
    }

    /** Stores a new cache. */
    void keep(Path made, Ingredients madeOf) throws IOException {
        Files.move(made, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        write(seal(), madeOf);
    }

    /** Records that no cache can be made of these ingredients. */
    void keepNone(Ingredients madeOf) throws IOException {
        Files.deleteIfExists(file());
        write(NONE, madeOf);
    }

    private void write(String first, Ingredients madeOf) throws IOException {
        List<String> lines = new ArrayList<>(List.of(first));
        lines.addAll(madeOf.lines());
        OwnerOnly.write(note(), String.join("\n", lines) + "\n");
    }

    /** Returns a mark that shows whether the file was truncated or changed, without reading all of it at each start. */
    private String seal() throws IOException {
        return Files.isRegularFile(file())
                ? Files.size(file()) + " bytes of " + Files.getLastModifiedTime(file()).toMillis()
                : "missing";
    }
}
