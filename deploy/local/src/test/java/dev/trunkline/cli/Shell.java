package dev.trunkline.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands as the shell would, for tests. */
public final class Shell {
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Clock clock = Clock.systemUTC();
    private String input = "";
    private String out = "";
    private String err = "";

    public Shell(Path folder) {
        this.folder = folder;
    }

    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public Shell at(Instant now) {
        clock = Clock.fixed(now, ZoneOffset.UTC);
        return this;
    }

    public Shell typing(String text) {
        input = text;
        return this;
    }

    /** @return exit code */
    public int run(String... words) {
        var written = new ByteArrayOutputStream();
        var complained = new ByteArrayOutputStream();
        int code = Cli.run(List.of(words), new Surroundings(
                folder, folder.resolve("state"), environment,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(written, true, StandardCharsets.UTF_8),
                new PrintStream(complained, true, StandardCharsets.UTF_8), clock));
        out = written.toString(StandardCharsets.UTF_8);
        err = complained.toString(StandardCharsets.UTF_8);
        return code;
    }

    public String out() {
        return out;
    }

    public String err() {
        return err;
    }
}
