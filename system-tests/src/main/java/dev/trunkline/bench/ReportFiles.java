package dev.trunkline.bench;

import dev.trunkline.bench.page.Page;
import dev.trunkline.bench.report.FirstMinute;
import dev.trunkline.bench.report.Report;
import dev.trunkline.bench.report.ReportJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/** Reads and writes the files of the benchmark. */
final class ReportFiles {
    /** The launcher writes a running suite's file at most this long after it was ready, and again when a part has been restarted. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private ReportFiles() {}

    /** Reads a report. @throws IOException that names the file and what is wrong with it */
    static Report read(Path file) throws IOException {
        try {
            return ReportJson.read(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage());
        }
    }

    static void json(Path file, Report report) throws IOException {
        write(file, ReportJson.write(report));
    }

    static void page(Path file, Report report, Optional<Report> before) throws IOException {
        write(file, Page.of(report, before, ZoneId.systemDefault(), style()));
    }

    /** Checks, before anything is measured, that a file can be written afterwards. @throws IOException if it cannot */
    static void requireWritable(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder + " to write " + file.getFileName() + " to");
        }
        if (Files.isDirectory(file) || !Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new IOException(file + " cannot be written");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    static String style() throws IOException {
        try (InputStream style = Objects.requireNonNull(Page.class.getResourceAsStream("style.css"), "style.css")) {
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Saves the first minute of a suite for a report that is made while the suite still runs. */
    static void keep(Path state, FirstMinute minute) throws IOException {
        Files.createDirectories(state.resolve("bench"));
        write(cold(state), ReportJson.write(minute));
    }

    /**
     * Returns the first minute of the running suite, if it was measured.
     *
     * @param ready when that suite became ready
     */
    static Optional<FirstMinute> kept(Path state, Instant ready) throws IOException {
        if (!Files.exists(cold(state))) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReportJson.readFirstMinute(Files.readString(cold(state))))
                    .filter(minute -> Duration.between(minute.ready(), ready).abs().compareTo(SAME_START) < 0);
        } catch (IllegalArgumentException e) {
            throw new IOException(cold(state) + ": " + e.getMessage() + "; delete it");
        }
    }

    private static Path cold(Path state) {
        return state.resolve("bench/cold.json");
    }
}
