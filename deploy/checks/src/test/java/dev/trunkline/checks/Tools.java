package dev.trunkline.checks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs that the checks need: from PATH, otherwise built once with Go, or installed from Debian packages, and kept. */
final class Tools {
    static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache/trunkline");
    private static final long PATIENCE_MINUTES = 10;

    private Tools() {}

    /** What a program said. */
    record Output(int exitCode, String text) {
        Output orFail(String what) {
            if (exitCode != 0) {
                throw new AssertionError(what + " failed (exit " + exitCode + "):\n" + text);
            }
            return this;
        }
    }

    static Output run(List<String> command) throws IOException, InterruptedException {
        return run(command, Map.of());
    }

    static Output run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        return run(command, environment, Repository.ROOT);
    }

    static Output run(List<String> command, Map<String, String> environment, Path folder) throws IOException, InterruptedException {
        Path out = Files.createTempFile(Repository.target("tools"), "out", ".txt");
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command.getFirst() + " did not end within " + PATIENCE_MINUTES + " minutes");
        }
        String text = Files.readString(out);
        Files.delete(out);
        return new Output(process.exitValue(), text);
    }

    /** Helm, whose last versions do not all build from the module proxy. */
    static Path helm() throws IOException, InterruptedException {
        return go("helm", "helm.sh/helm/v3/cmd/helm", "v3.19.5");
    }

    static Path kubeconform() throws IOException, InterruptedException {
        return go("kubeconform", "github.com/yannh/kubeconform/cmd/kubeconform", "v0.6.7");
    }

    private static synchronized Path go(String name, String module, String version) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(CACHE.resolve(name + "-" + version));
        Path built = folder.resolve(name);
        // Of two processes that miss it, one builds and the other waits for it.
        try (FileChannel lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (!Files.isExecutable(built)) {
                fetched(List.of(goProgram(), "install", module + "@" + version), Map.of("GOBIN", folder.resolve("bin").toString(), "GOFLAGS", "-buildvcs=false"))
                        .orFail("go install " + module + "@" + version);
                Files.move(folder.resolve("bin").resolve(name), built, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return built;
    }

    /** Where Go keeps what is in a module. */
    static Path module(String name, String version) throws IOException, InterruptedException {
        String answer = fetched(List.of(goProgram(), "mod", "download", "-json", name + "@" + version), Map.of()).orFail("go mod download " + name).text();
        return Path.of(answer.replaceFirst("(?s).*\"Dir\": \"([^\"]*)\".*", "$1"));
    }

    /** Go gives up at the first answer of the module proxy that is an error. */
    private static Output fetched(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Output said = run(command, environment);
        for (int tries = 1; tries < 5 && said.exitCode() != 0; tries++) {
            TimeUnit.SECONDS.sleep(5);
            said = run(command, environment);
        }
        return said;
    }

    private static String goProgram() throws IOException {
        return onPath("go", List.of(Path.of("/usr/local/go/bin"))).orElseThrow(() -> new IOException(
                "the checks of the chart need Go 1.24 or later, which builds Helm and kubeconform: install it")).toString();
    }

    /** A program of a Debian package, which is installed where it is missing and we are root. */
    static synchronized Path debian(String program, String debianPackage) throws IOException, InterruptedException {
        List<Path> more = List.of(Path.of("/usr/sbin"), Path.of("/sbin"));
        var there = onPath(program, more);
        if (there.isEmpty()) {
            String byHand = "the checks need " + program + ": install it with `apt-get install " + debianPackage + "`";
            if (!Files.isExecutable(Path.of("/usr/bin/apt-get")) || !"root".equals(System.getProperty("user.name"))) {
                throw new IOException(byHand);
            }
            install(debianPackage).orFail(byHand);
            there = onPath(program, more);
        }
        return there.orElseThrow(() -> new IOException(debianPackage + " brought no " + program));
    }

    /** Another module may be installing something, and the package manager lets in one at a time. */
    private static Output install(String debianPackage) throws IOException, InterruptedException {
        Output said = new Output(1, "");
        for (int tries = 0; tries < 20 && said.exitCode() != 0; tries++) {
            said = run(List.of("apt-get", "update"));
            if (said.exitCode() == 0) {
                said = run(List.of("apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", debianPackage),
                        Map.of("DEBIAN_FRONTEND", "noninteractive"));
            }
            if (said.exitCode() != 0) {
                TimeUnit.SECONDS.sleep(3);
            }
        }
        return said;
    }

    static java.util.Optional<Path> onPath(String name, List<Path> more) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")).filter(folder -> !folder.isBlank()).map(Path::of), more.stream())
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
