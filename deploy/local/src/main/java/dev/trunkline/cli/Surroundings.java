package dev.trunkline.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Where a command runs.
 *
 * @param state folder of the suite that may run here
 * @param clock its zone is that of the times that are printed
 */
public record Surroundings(
        Path state, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err, Clock clock) {

    static Surroundings ofThisProcess() {
        Path root = Path.of(System.getProperty("trunkline.root", "")).toAbsolutePath();
        Path state = Optional.ofNullable(System.getenv("TRUNKLINE_STATE"))
                .map(Path::of)
                .orElse(root.resolve(".trunkline"));
        return new Surroundings(state, System.getenv(), System.in, System.out, System.err, Clock.systemDefaultZone());
    }
}
