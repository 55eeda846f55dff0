package dev.trunkline.system.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.codec.EventJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program that prints one JSON object per line, and ends when its standard input ends. */
public final class JsonProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final List<JsonNode> said = new CopyOnWriteArrayList<>();

    private JsonProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static JsonProcess start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        JsonProcess program = new JsonProcess(
                builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start(), log);
        Thread.ofVirtual().start(program::read);
        return program;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(EventJson.MAPPER.readTree(line));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a line of JSON, see " + log, e);
        } catch (IOException e) {
            // The program was ended.
        }
    }

    /** Returns everything that it has printed so far. */
    public List<JsonNode> said() {
        return said;
    }

    /** Waits for a matching object. */
    public JsonNode await(String what, Duration atMost, Predicate<JsonNode> wanted) {
        return Await.value(what + " (see " + log + ")", atMost, () -> {
            Optional<JsonNode> found = said.stream().filter(wanted).findFirst();
            if (found.isEmpty() && !process.isAlive()) {
                throw new AssertionError("the program ended before this: " + what + ", see " + log);
            }
            return found;
        });
    }

    /** Writes a line to its standard input. */
    public void tell(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
