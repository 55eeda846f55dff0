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

    /** Runs a program. @throws IOException whose message begins with {@code failure} if it fails; its output is in the log */
    static void run(String failure, Path log, List<String> command) throws IOException, InterruptedException {
        int code = exitCode(log, command);
        if (code != 0) {
            throw new IOException(failure + " (" + String.join(" ", command) + ": exit " + code + ", see " + log + ")");
        }
    }

    /**
     * Runs a program and returns its output line by line; its standard error is in the log.
     *
     * @throws IOException whose message begins with {@code failure} if it fails
     */
    static List<String> output(String failure, Path log, List<String> command) throws IOException, InterruptedException {
        Path out = log.resolveSibling(log.getFileName() + ".out");
        Files.createDirectories(log.getParent());
        int code = exitCode(
                log, command, builder(log, command).redirectOutput(out.toFile()).redirectError(log.toFile()).start());
        if (code != 0) {
            throw new IOException(failure + " (" + String.join(" ", command) + ": exit " + code + ", see " + log + ")");
        }
        return Files.readAllLines(out);
    }

    /** Returns the exit code. @throws IOException if the program is missing or takes longer than four minutes */
    static int exitCode(Path log, List<String> command) throws IOException, InterruptedException {
        Files.createDirectories(log.getParent());
        return exitCode(
                log, command, builder(log, command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
    }

    private static ProcessBuilder builder(Path log, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(log.getParent().toFile());
        builder.environment().putAll(Map.of("DEBIAN_FRONTEND", "noninteractive"));
        return builder;
    }

    private static int exitCode(Path log, List<String> command, Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException(String.join(" ", command) + " did not end in " + MOST_SECONDS + " s, see " + log);
        }
        return process.exitValue();
    }
}
