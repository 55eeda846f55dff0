package dev.trunkline.edge.whole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Kamailio (Debian package {@code kamailio}), a registrar that shares no code with ours; installed if it is missing. */
final class Kamailio implements AutoCloseable {
    private static final Path CONFIGURATION = Path.of("src/test/resources/kamailio/registrar.cfg");
    private static final int TRIES = 20;
    private static final Path LIBRARIES = Path.of("/usr/lib");

    private final Path folder;
    private final String listen;
    private final String password;
    private Process process;

    /** @param folder for its configuration and its log @param listen address and port to listen on */
    Kamailio(Path folder, String listen, String password) throws IOException, InterruptedException {
        this.folder = folder;
        this.listen = listen;
        this.password = password;
        install();
        start();
    }

    private void install() throws IOException, InterruptedException {
        if (program().isPresent()) {
            return;
        }
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get")) || !"root".equals(System.getProperty("user.name"))) {
            throw new IOException("this test needs the Debian package kamailio: install it with `apt-get install kamailio`");
        }
        // Another module may be installing a package, and only one process at a time can run the package manager.
        for (int tries = 1; program().isEmpty(); tries++) {
            try {
                run("apt-get", "update");
                run("apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", "kamailio");
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
                TimeUnit.SECONDS.sleep(3);
            }
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process running = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("install.log").toFile()))
                .start();
        if (!running.waitFor(10, TimeUnit.MINUTES) || running.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + Files.readString(folder.resolve("install.log")));
        }
    }

    private static java.util.Optional<Path> program() {
        return Stream.of("/usr/sbin/kamailio", "/usr/local/sbin/kamailio").map(Path::of).filter(Files::isExecutable).findFirst();
    }

    private static Path modules() throws IOException {
        try (Stream<Path> folders = Files.walk(LIBRARIES, 3)) {
            return folders.filter(path -> path.endsWith("kamailio/modules")).findFirst()
                    .orElseThrow(() -> new IOException("kamailio's modules are not below " + LIBRARIES));
        }
    }

    /** Starts Kamailio without any earlier registrations. */
    void start() throws IOException {
        Path configuration = folder.resolve("kamailio.cfg");
        Files.writeString(configuration, Files.readString(CONFIGURATION)
                .replace("MODULES", modules() + "/")
                .replace("LISTEN", listen)
                .replace("PASSWORD", password));
        process = new ProcessBuilder(List.of(program().orElseThrow().toString(), "-DD", "-E", "-f", configuration.toString(), "-n", "1",
                        "-m", "32", "-M", "4", "-Y", folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("kamailio.log").toFile()))
                .start();
    }

    void stop() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
