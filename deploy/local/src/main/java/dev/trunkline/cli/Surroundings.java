package dev.trunkline.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The environment in which a command runs.
 *
 * @param root of the checkout
 * @param folder to which file names are relative
 * @param state folder of the suite that may run on this machine
 * @param clock whose zone applies to printed times
 */
public record Surroundings(
        Path root,
        Path folder,
        Path state,
        Map<String, String> environment,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Clock clock) {

    /** Creates surroundings whose folder is also the checkout. */
    public Surroundings(
            Path folder, Path state, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err, Clock clock) {
        this(folder, folder, state, environment, in, out, err, clock);
    }

    static Surroundings ofThisProcess() {
        Path root = Path.of(System.getProperty("trunkline.root", "")).toAbsolutePath();
        Path state = Optional.ofNullable(System.getenv("TRUNKLINE_STATE"))
                .map(Path::of)
                .orElse(root.resolve(".trunkline"));
        Path folder = Path.of(System.getProperty("trunkline.from", "")).toAbsolutePath();
        return new Surroundings(
                root, folder, state, System.getenv(), System.in, System.out, System.err, Clock.systemDefaultZone());
    }
}
