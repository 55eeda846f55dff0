package dev.trunkline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {
    private Machine() {}

    static String describe(ZonedDateTime now) throws IOException {
        return "%d × %s, %.1f GiB, %s %s, load %s%nJDK %s (%s), %s".formatted(
                Runtime.getRuntime().availableProcessors(),
                value(Path.of("/proc/cpuinfo"), "model name", "unknown processor"),
                Long.parseLong(value(Path.of("/proc/meminfo"), "MemTotal", "0").replaceAll("\\D", "")) / 1048576.0,
                system(),
                System.getProperty("os.version"),
                Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                now.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }

    private static String system() throws IOException {
        Path release = Path.of("/etc/os-release");
        return Files.exists(release)
                ? valueOf(Files.readString(release), "PRETTY_NAME", "=", "Linux").replace("\"", "")
                : System.getProperty("os.name");
    }

    private static String value(Path file, String name, String otherwise) throws IOException {
        return valueOf(Files.readString(file), name, ":", otherwise);
    }

    private static String valueOf(String text, String name, String separator, String otherwise) {
        try (Stream<String> lines = text.lines()) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(separator) + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        }
    }
}
