package dev.trunkline.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of Java processes that run on the same JDK as this one. */
final class Jvm {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private Jvm() {}

    static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    static List<String> command(int heapMegabytes, String classPath, String main, String... arguments) {
        List<String> command = flags(heapMegabytes);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        return command;
    }

    static List<String> jar(int heapMegabytes, Path jar) {
        List<String> command = flags(heapMegabytes);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private static List<String> flags(int heapMegabytes) {
        return new ArrayList<>(List.of(
                JAVA,
                "-Xmx" + heapMegabytes + "m",
                // Small heaps on few cores: the serial collector costs least.
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                // One line a record where java.util.logging is used as it is, by Kafka; the launcher puts the time before it.
                "-Djava.util.logging.SimpleFormatter.format=%4$s [%3$s] %5$s%6$s%n",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
    }
}
