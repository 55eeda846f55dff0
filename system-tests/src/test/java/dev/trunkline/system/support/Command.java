package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end, in the folder of its log. */
final class Command {
    private static final int MOST_SECONDS = 240;

    private Command() {}

    /** @throws IOException beginning with these words if it fails; what it printed is in the log */
    static void run(String failure, Path log, List<String> command) throws IOException, InterruptedException {
        int code = exitCode(log, command);
        if (code != 0) {
            throw new IOException(failure + " (" + String.join(" ", command) + ": exit " + code + ", see " + log + ")");
        }
    }

    /** @throws IOException if the program is missing or takes longer than four minutes */
    static int exitCode(Path log, List<String> command) throws IOException, InterruptedException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command).directory(log.getParent().toFile());
        builder.environment().putAll(Map.of("DEBIAN_FRONTEND", "noninteractive"));
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException(String.join(" ", command) + " did not end in " + MOST_SECONDS + " s, see " + log);
        }
        return process.exitValue();
    }
}
