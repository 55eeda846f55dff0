package dev.trunkline.local;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The log of one part of the suite, with limited disk usage: {@code part.log}, and older output in {@code part.1.log} to
 * {@code part.3.log}, the oldest of which is deleted when the newest is full. Each line begins with date, time and offset
 * (ISO 8601); lines of programs that write no such time get the time at which they arrived.
 * Thread-safe.
 */
final class LogFile implements Closeable {
    /** The launcher's limits for each part unless a setting says otherwise: 4 × 5 MB. */
    static final Limits DEFAULT_LIMITS = new Limits(5_000_000, 3);
    /** In characters. The rest of a longer line becomes a line of its own. */
    static final int LONGEST_LINE = 16_384;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    /**
     * @param bytes approximate maximum size of one file
     * @param older how many files are kept in addition to the current one
     */
    record Limits(long bytes, int older) {}

    private final Path file;
    private final Limits limits;
    private final Clock clock;
    private OutputStream out;
    private long size;
    private final AtomicLong lost = new AtomicLong();

    LogFile(Path file, Limits limits, Clock clock) {
        this.file = file;
        this.limits = limits;
        this.clock = clock;
    }

    LogFile(Path file, Limits limits) {
        this(file, limits, Clock.systemDefaultZone());
    }

    Path path() {
        return file;
    }

    /** Adds a line, and the time if the line has none. */
    synchronized void write(String line) throws IOException {
        byte[] bytes = ((hasTime(line) ? "" : TIME.format(OffsetDateTime.now(clock)) + " ") + line + "\n")
                .getBytes(StandardCharsets.UTF_8);
        open();
        if (size > 0 && size + bytes.length > limits.bytes()) {
            rotate();
        }
        out.write(bytes);
        size += bytes.length;
    }

    private void open() throws IOException {
        if (out == null) {
            out = OwnerOnly.appendTo(file);
            size = Files.size(file);
        }
    }

    private void rotate() throws IOException {
        close();
        Files.deleteIfExists(older(limits.older()));
        for (int n = limits.older(); n > 1; n--) {
            if (Files.exists(older(n - 1))) {
                Files.move(older(n - 1), older(n), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (limits.older() > 0) {
            Files.move(file, older(1), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(file);
        }
        open();
    }

    private Path older(int n) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.replaceFirst("(\\.log)?$", "." + n + ".log"));
    }

    /** Returns whether a line begins like {@code 2026-11-29T01:46:25}. */
    private static boolean hasTime(String line) {
        return line.length() > 19
                && Character.isDigit(line.charAt(0))
                && line.charAt(4) == '-'
                && line.charAt(7) == '-'
                && line.charAt(10) == 'T'
                && line.charAt(13) == ':'
                && line.charAt(16) == ':';
    }

    /** Copies the output of a process until it ends. */
    Thread copy(InputStream from) {
        return copy(from, UnaryOperator.identity(), line -> {});
    }

    /**
     * Copies the output of a process until it ends.
     *
     * @param change applied to each line before it is written
     * @param listener receives each line as it arrived
     */
    Thread copy(InputStream from, UnaryOperator<String> change, Consumer<String> listener) {
        return Thread.ofVirtual().name("log-" + file.getFileName()).start(() -> {
            try (var in = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                var line = new StringBuilder();
                for (int c = in.read(); c >= 0 || !line.isEmpty(); c = read(in, c)) {
                    if (c == '\n' || c < 0 || line.length() == LONGEST_LINE) {
                        keep(line.toString(), change, listener);
                        line.setLength(0);
                    }
                    if (c >= 0 && c != '\n' && c != '\r') {
                        line.append((char) c);
                    }
                }
            } catch (IOException e) {
                // The process was stopped: its pipe is closed, and its log is complete up to here.
                return;
            }
        });
    }

    /** Drops a line that cannot be written, for example on a full disk. A process whose pipe nobody reads would stop. */
    private void keep(String line, UnaryOperator<String> change, Consumer<String> listener) {
        try {
            listener.accept(line);
            write(change.apply(line));
        } catch (IOException | RuntimeException e) {
            lost.incrementAndGet();
        }
    }

    /** Returns the number of lines that could not be written. */
    long lost() {
        return lost.get();
    }

    /** Adds a line for a caller that reads the process's output itself. */
    void writeOrLose(String line) {
        keep(line, UnaryOperator.identity(), ignored -> {});
    }

    private static int read(Reader in, int before) throws IOException {
        return before < 0 ? before : in.read();
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }
}
