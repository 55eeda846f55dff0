package dev.trunkline.local.aot;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A Java process of the suite, which runs on the JDK of this process.
 *
 * @param part whose AOT cache it uses; replicas of a service share one
 * @param flags of the JVM
 * @param classPath the value of the flag {@code -cp}, or the single jar of {@code -jar}
 * @param main its main class; empty if the jar names it
 */
public record Jvm(String part, List<String> flags, String classPath, Optional<String> main) {
    /** The part for this program itself: {@code ./trunkline run}, and the commands. */
    public static final String LAUNCHER = "launcher";
    public static final String KAFKA = "kafka";
    public static final String DEMO_AGENT = "demo-agent";

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final int HEAP_MEGABYTES = 256;
    /** For small heaps on few cores, the serial collector costs least. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";
    /** Lets compilers yield to running code: on few cores they take half of the CPU of a start, and most of it in the minute after. */
    private static final String COMPILERS_YIELD = "-XX:CompilerThreadPriority=10";
    /** Makes the JVM honour the priority above. If the user is not root, the JVM prints a line about it, but yielding still works. */
    private static final String PRIORITIES = "-XX:ThreadPriorityPolicy=1";
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
    /** Uses only the first compiler: for a process that exits after a second, or waits, the second compiler never pays off. */
    private static final String QUICK_CODE = "-XX:TieredStopAtLevel=1";
    /** Services to which the same applies on one machine: they do little per call, and the second compiler costs as much as the calls. */
    private static final Set<String> QUICK = Set.of("rate-limiter", "agent-dispatcher", "console", "livekit-sip-api");

    public Jvm {
        flags = List.copyOf(flags);
    }

    /** Returns this program with the flags of the script {@code trunkline}: a cache needs the same flags when it is made and used. */
    static Jvm launcher(String main) {
        return new Jvm(LAUNCHER, List.of(COLLECTOR, QUICK_CODE, NATIVE_ACCESS), ownClassPath(), Optional.of(main));
    }

    /** Returns Kafka's broker, which is a program of this module. */
    public static Jvm kafka() {
        return new Jvm(KAFKA, ofParts(), ownClassPath(), Optional.of("dev.trunkline.local.KafkaBroker"));
    }

    /** @throws IOException if it is not built */
    public static Jvm service(Path root, String name) throws IOException {
        Path jar = root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
        requireBuilt(jar);
        return new Jvm(name, QUICK.contains(name) ? quick() : ofParts(), jar.toString(), Optional.empty());
    }

    /** @throws IOException if it is not built */
    public static Jvm demoAgent(Path root) throws IOException {
        Path target = root.resolve("demo-agent/target");
        List<Path> classPath = new ArrayList<>(jarsIn(target).stream()
                .filter(file -> file.getFileName().toString().matches("demo-agent-[^/]*\\.jar"))
                .limit(1)
                .toList());
        requireBuilt(classPath.isEmpty() ? target.resolve("demo-agent.jar") : classPath.getFirst());
        classPath.addAll(jarsIn(target.resolve("lib")));
        return new Jvm(DEMO_AGENT, quick(), joined(classPath), Optional.of("dev.trunkline.demoagent.DemoAgent"));
    }

    private static List<String> quick() {
        List<String> flags = new ArrayList<>(ofParts());
        flags.add(QUICK_CODE);
        return flags;
    }

    private static List<String> ofParts() {
        return List.of(
                "-Xmx" + HEAP_MEGABYTES + "m",
                COLLECTOR,
                PRIORITIES,
                COMPILERS_YIELD,
                "-XX:+ExitOnOutOfMemoryError",
                // One line per record for Kafka, which uses java.util.logging directly; the launcher adds the time.
                "-Djava.util.logging.SimpleFormatter.format=%4$s [%3$s] %5$s%6$s%n",
                NATIVE_ACCESS,
                "--sun-misc-unsafe-memory-access=allow");
    }

    private static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    /** @param more flags for this start only */
    public List<String> command(List<String> more, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(flags);
        command.addAll(more);
        command.addAll(main.map(name -> List.of("-cp", classPath, name)).orElse(List.of("-jar", classPath)));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Returns every jar from which it loads classes, in a fixed order. */
    List<Path> jars() throws IOException {
        if (main.isPresent()) {
            return Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
        }
        try (Stream<Path> files = Files.walk(Path.of(classPath).toAbsolutePath().getParent())) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    /** Returns whether a cache is possible: the JDK makes none from classes in folders. */
    boolean fromJarsAlone() {
        try {
            return jars().stream().allMatch(Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> jarsIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static String joined(List<Path> paths) {
        return String.join(File.pathSeparator, paths.stream().map(Path::toString).toList());
    }

    private static void requireBuilt(Path jar) throws IOException {
        if (!Files.exists(jar)) {
            throw new IOException(jar + " is missing: build it with ./mvnw package -DskipTests");
        }
    }
}
