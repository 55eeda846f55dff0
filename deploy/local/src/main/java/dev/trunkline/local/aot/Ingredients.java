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
 * The ingredients of an AOT cache, one per line: the JDK, the flags, each jar with its size and time. The JVM makes the same
 * comparison and refuses a cache with other ingredients.
 *
 * @param lines each has a kind, a name and the rest, separated by single spaces
 */
record Ingredients(List<String> lines) {
    /** Variables from which the JVM also takes flags. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    Ingredients {
        lines = List.copyOf(lines);
    }

    /** @throws IOException if a jar is missing */
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

    /** Describes the first difference; empty if there is none. */
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
