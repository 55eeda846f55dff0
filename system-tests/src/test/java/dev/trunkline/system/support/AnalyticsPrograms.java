package dev.trunkline.system.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The programs of {@code docs/analytics.md}, run as a reader of the page would: they read from a Kafka and print lines. */
public final class AnalyticsPrograms {
    private final Path docs;
    private final Path logs;
    private final Python python;
    private final String kafka;

    private AnalyticsPrograms(Path module, String kafka) throws IOException, InterruptedException {
        this.docs = module.resolveSibling("docs");
        this.logs = module.resolve("target/analytics");
        this.python = Python.prepare(module.resolve("src/test/python"), logs);
        this.kafka = kafka;
    }

    /** @param kafka bootstrap servers */
    public static AnalyticsPrograms on(String kafka) throws IOException, InterruptedException {
        return new AnalyticsPrograms(SuiteUnderTest.module(), kafka);
    }

    /** Returns the page, which contains the programs. */
    public String page() throws IOException {
        return Files.readString(docs.resolve("analytics.md"));
    }

    public List<Path> files() throws IOException {
        try (var files = Files.list(docs.resolve("analytics"))) {
            return files.sorted().toList();
        }
    }

    /**
     * Runs a Python program.
     *
     * @param arguments that follow the bootstrap servers
     * @return what it prints: one row per line, each column by its name
     */
    public List<Map<String, String>> python(String program, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(python.interpreter().toString(), docs.resolve("analytics").resolve(program).toString(), kafka));
        command.addAll(List.of(arguments));
        return run(program, command);
    }

    /** Runs a Java program of one file from its source. @return what it prints */
    public List<Map<String, String>> java(String program) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return run(program, List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(), "-cp", classPath,
                docs.resolve("analytics").resolve(program).toString(), kafka));
    }

    private List<Map<String, String>> run(String program, List<String> command) {
        List<String> lines = printed(program, command);
        List<String> names = List.of(lines.getFirst().split("\t", -1));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split("\t", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                row.put(names.get(i), values[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private List<String> printed(String program, List<String> command) {
        try {
            return Command.output(program + " failed", logs.resolve(program + ".log"), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
