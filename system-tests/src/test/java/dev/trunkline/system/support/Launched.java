package dev.trunkline.system.support;

import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the launcher, started as by the {@code trunkline} script, but without the build. */
public final class Launched implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.of(
            "TRUNKLINE_SIP_PORT", "19160",
            "TRUNKLINE_HTTP_PORT", "19180",
            "TRUNKLINE_LIVEKIT_PORT", "19880",
            "TRUNKLINE_RTP_PORTS", "32100-32400",
            // ConsoleIT tests the console.
            "TRUNKLINE_CONSOLE", "off",
            // Long enough for an orderly stop, however slow the machine is.
            "TRUNKLINE_STOP_WITHIN", "60s",
            "TRUNKLINE_WARM_UP", "0",
            // A training run takes a minute or two; its result has a test of its own (AotCachesTest).
            "TRUNKLINE_AOT", "off");

    private final Process process;
    private final Path output;

    private Launched(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Returns a folder for the state of a suite, without anything of an earlier one. */
    public static Path newState() {
        Path state = SuiteUnderTest.module().resolve("target/launched/state");
        try {
            SuiteUnderTest.delete(state);
            return Files.createDirectories(state);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** @param state the folder of the suite, {@code TRUNKLINE_STATE} */
    public static Launched start(String main, Path state, String... arguments) throws IOException {
        return start(List.of(), Map.of(), main, state, arguments);
    }

    /**
     * Starts the same as a background job of a script, whose shell makes it ignore SIGINT.
     *
     * @param settings in addition to those that every program has here
     */
    public static Launched inBackground(String main, Path state, Map<String, String> settings) throws IOException {
        return start(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"), settings, main, state);
    }

    private static Launched start(
            List<String> shell, Map<String, String> settings, String main, Path state, String... arguments) throws IOException {
        Path module = SuiteUnderTest.module();
        Path root = module.getParent();
        Path launcher = root.resolve("deploy/local");
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Dtrunkline.root=" + root,
                "-Djava.util.logging.config.file=" + launcher.resolve("logging.properties"),
                "-cp", launcher.resolve("target/classes") + ":" + launcher.resolve("target/lib") + "/*",
                main));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(Files.createDirectories(module.resolve("target/launched")), main + "-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(SETTINGS);
        builder.environment().putAll(settings);
        builder.environment().put("TRUNKLINE_STATE", state.toString());
        return new Launched(builder.redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
    }

    public Path output() {
        return output;
    }

    /** Returns what it has printed so far. */
    public List<String> lines() {
        try {
            return new String(Files.readAllBytes(output), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Returns the router's HTTP API of the suite started here, with the rights of an organisation. */
    public static RouterApi tenantOf(Path state, String organisation) throws IOException, InterruptedException {
        URI router = RunningSuite.load(state).router();
        HttpClient http = HttpClient.newHttpClient();
        String token = new RouterApi(http, router, RunningSuite.adminToken(state))
                .json("POST", "/auth/token", "{\"role\": \"tenant\", \"organisation\": \"%s\"}".formatted(organisation))
                .path("access_token").asText();
        return new RouterApi(http, router, token);
    }

    public List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    /** Returns the SIP port of a suite started here. */
    public static int sipPort() {
        return Integer.parseInt(SETTINGS.get("TRUNKLINE_SIP_PORT"));
    }

    /** Sends SIGINT, as Ctrl-C does. */
    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Sends SIGTERM, as a service manager does. */
    public void terminate() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
    }

    /** Waits for the end and returns the exit code. @throws AssertionError if it does not end in that time */
    public int exitCode(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + atMost.toSeconds() + " s, see " + output);
        }
        return process.exitValue();
    }

    /** Ends it if it has not ended: gently, because it must stop the suite that it may have started. */
    @Override
    public void close() {
        List<ProcessHandle> parts = descendants();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        parts.forEach(ProcessHandle::destroyForcibly);
    }
}
