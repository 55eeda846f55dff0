package dev.trunkline.local.aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an AOT cache was made of, a line each: the JDK, the flags, each jar with its size and time. The JVM compares the same and
 * refuses a cache that was made of anything else.
 *
 * @param lines each a kind, a name and the rest, with one space between them
 */
record Ingredients(List<String> lines) {
    /** The JVM takes flags from them too. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    Ingredients {
        lines = List.copyOf(lines);
    }

    /** @throws IOException if a jar is gone */
    static Ingredients of(Jvm jvm, Map<String, String> environment) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("jdk " + System.getProperty("java.home") + " " + System.getProperty("java.vm.version"));
        lines.add("flags of-the-JVM " + oneLine(String.join(" ", jvm.flags())));
        for (String variable : VARIABLES) {
            lines.add("flags " + variable + " " + oneLine(environment.getOrDefault(variable, "")));
        }
        for (Path jar : jvm.jars()) {
            lines.add("jar " + jar.getFileName() + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis()
                    + " " + jar.getParent());
        }
        return new Ingredients(lines);
    }

    /** The first thing that differs, in words; empty if all is the same. */
    Optional<String> differenceTo(Ingredients now) {
        Set<String> then = new HashSet<>(lines);
        Set<String> today = new HashSet<>(now.lines);
        return now.lines.stream().filter(line -> !then.contains(line)).findFirst()
                .or(() -> lines.stream().filter(line -> !today.contains(line)).findFirst())
                .map(Ingredients::changed);
    }

    private static String changed(String line) {
        String[] words = line.split(" ", 3);
        return switch (words[0]) {
            case "jdk" -> "the JDK changed";
            case "flags" -> "JVM flags changed (" + words[1].replace('-', ' ') + ")";
            default -> words[1] + " changed";
        };
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }
}
