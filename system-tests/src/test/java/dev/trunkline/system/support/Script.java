package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code trunkline} script, used as a person types it. */
public final class Script {
    private static final int MOST_SECONDS = 60;

    /**
     * The result of a command.
     *
     * @param output what it printed, including errors
     */
    public record Ended(int exitCode, String output) {}

    private Script() {}

    /** Runs a command that needs no suite. */
    public static Ended withoutSuite(String... words) throws IOException, InterruptedException {
        Path target = SuiteUnderTest.module().resolve("target");
        return run(SuiteUnderTest.module().getParent(), target.resolve("no-suite"), target.resolve("scripts"), words);
    }

    /**
     * @param state the state folder of the suite that it talks to
     * @param folder in which it is run, and where its output is kept
     */
    static Ended run(Path root, Path state, Path folder, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(root.resolve("trunkline").toString()));
        command.addAll(List.of(words));
        Path output = Files.createTempFile(Files.createDirectories(folder), words[0] + "-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("TRUNKLINE_STATE", state.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("%s did not end in %d s, see %s".formatted(command, MOST_SECONDS, output));
        }
        return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
