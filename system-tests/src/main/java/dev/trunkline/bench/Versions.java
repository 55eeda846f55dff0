package dev.trunkline.bench;

import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine and the versions of the software on it. */
public final class Versions {
    private static final int PATIENCE_SECONDS = 5;

    private Versions() {}

    static Map<String, String> of(Path root, RunningSuite suite, Instant now) throws IOException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("date", DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(now.atZone(ZoneId.systemDefault())));
        all.put("machine", Machine.hardware());
        all.put("system", Machine.system());
        all.put("kernel", System.getProperty("os.version"));
        all.put("Trunkline", trunkline(root));
        all.put("JDK", System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")");
        all.put("Quarkus", jar(root.resolve("sip-edge/target/quarkus-app"), "io.quarkus.quarkus-core"));
        all.put("Kafka", jar(root.resolve("deploy/local/target/lib"), "kafka_2.13"));
        all.put("livekit-server", liveKit(suite));
        all.put("AOT caches", usesAot(suite));
        return all;
    }

    /** Returns the commit that is checked out, which need not be the one that was built. */
    public static String trunkline(Path root) throws IOException, InterruptedException {
        String commit = said(root, "git", "rev-parse", "--short=12", "HEAD").orElse("unknown commit");
        boolean changed = said(root, "git", "status", "--porcelain", "--untracked-files=no").filter(lines -> !lines.isEmpty()).isPresent();
        return "commit " + commit + (changed ? " with changes" : "");
    }

    private static String jar(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return "unknown";
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString()).flatMap(file -> version(file, name).stream()).findFirst().orElse("unknown");
        }
    }

    /** Returns the part between the name of a jar and {@code .jar}. */
    static Optional<String> version(String file, String name) {
        Matcher match = Pattern.compile(Pattern.quote(name) + "-(\\d[\\w.-]*)\\.jar").matcher(file);
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }

    private static String liveKit(RunningSuite suite) throws IOException, InterruptedException {
        Optional<String> program = Optional.ofNullable(suite.pids().get("livekit"))
                .flatMap(ProcessHandle::of)
                .flatMap(process -> process.info().command());
        return program.isEmpty()
                ? "at " + suite.liveKit() + ", not of this suite"
                : said(Path.of("/"), program.get(), "--version").orElse("unknown").replace("livekit-server version ", "");
    }

    private static String usesAot(RunningSuite suite) throws IOException {
        Long edge = suite.pids().get("sip-edge");
        Path arguments = Path.of("/proc", String.valueOf(edge), "cmdline");
        return edge != null && Files.exists(arguments) && Files.readString(arguments, StandardCharsets.ISO_8859_1).contains("AOTCache") ? "used" : "not used";
    }

    /** Returns the first line that a program prints; empty if it cannot be run. */
    private static Optional<String> said(Path folder, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? Optional.of(text.lines().findFirst().orElse("").strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
