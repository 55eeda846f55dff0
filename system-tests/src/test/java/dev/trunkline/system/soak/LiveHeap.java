package dev.trunkline.system.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The objects of a JVM that are in use, counted by its own {@code jcmd GC.class_histogram}, which collects garbage first. */
final class LiveHeap {
    /** The last line: instances, then octets. */
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final double MEBIBYTE = 1 << 20;

    private LiveHeap() {}

    /** Returns MiB; empty if the process is no JVM. */
    static OptionalDouble mebibytes(long pid) throws IOException, InterruptedException {
        String program = ProcessHandle.of(pid).flatMap(process -> process.info().command()).orElse("");
        if (!Path.of(program).endsWith("java")) {
            return OptionalDouble.empty();
        }
        ProcessBuilder jcmd = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), "-J-XX:TieredStopAtLevel=1",
                Long.toString(pid), "GC.class_histogram");
        // The test's own options of Java, and what it says of them, do not belong here.
        jcmd.environment().remove("JDK_JAVA_OPTIONS");
        Process process = jcmd.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return total(said);
    }

    /** Reads the total from a histogram, in MiB; empty if there is none. */
    static OptionalDouble total(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        return total.find() ? OptionalDouble.of(Long.parseLong(total.group(1)) / MEBIBYTE) : OptionalDouble.empty();
    }
}
