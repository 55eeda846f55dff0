package dev.trunkline.local.aot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** A program of one class in a jar, which says how many caches its own JVM has mapped. */
final class TinyProgram {
    private static final String SOURCE = """
            public class Tiny {
                public static void main(String[] args) throws Exception {
                    long mapped = java.nio.file.Files.lines(java.nio.file.Path.of("/proc/self/maps"))
                            .filter(line -> line.endsWith(".aot")).map(line -> line.substring(line.lastIndexOf('/'))).distinct().count();
                    System.out.println("mapped " + mapped);
                }
            }
            """;

    private final Path jar;

    private TinyProgram(Path jar) {
        this.jar = jar;
    }

    static TinyProgram in(Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("Tiny.java"), SOURCE);
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());
        if (code != 0) {
            throw new IOException("javac: " + code);
        }
        var program = new TinyProgram(folder.resolve("tiny.jar"));
        program.pack(folder.resolve("Tiny.class"), "");
        return program;
    }

    private void pack(Path type, String comment) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
            out.setComment(comment);
            out.putNextEntry(new JarEntry("Tiny.class"));
            out.write(Files.readAllBytes(type));
        }
    }

    /** Builds the program again with a change: the same class in a jar of another size. */
    void buildAgain() throws IOException {
        pack(jar.resolveSibling("Tiny.class"), "built again");
    }

    Jvm jvm() {
        return jvm(List.of("-Xmx64m", "-XX:+UseSerialGC"));
    }

    Jvm jvm(List<String> flags) {
        return new Jvm("tiny", flags, jar.toString(), Optional.of("Tiny"));
    }

    /** Runs the program to its end. @return what it printed, including the JVM's own output */
    List<String> run(List<String> flags) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(jvm().command(flags))).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            throw new IOException("exit code " + process.exitValue() + ": " + lines);
        }
        return lines;
    }
}
