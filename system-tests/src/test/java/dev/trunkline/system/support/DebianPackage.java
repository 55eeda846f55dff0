package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Installs packages that the tests need, if that is possible without asking. */
final class DebianPackage {
    private static final int TRIES = 20;

    private DebianPackage() {}

    /** @throws IOException that says what to install by hand */
    static void install(String name, Path logs) throws IOException, InterruptedException {
        String byHand = "the system tests need the Debian package " + name + ": install it with `apt-get install " + name + "`";
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get")) || !"root".equals(System.getProperty("user.name"))) {
            throw new IOException(byHand);
        }
        Path log = logs.resolve("apt-" + name + ".log");
        // Another module may be installing something, and the package manager allows one process at a time.
        for (int tries = 1; ; tries++) {
            try {
                Command.run(byHand, log, List.of("apt-get", "update"));
                Command.run(byHand, log,
                        List.of("apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", name));
                return;
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
                TimeUnit.SECONDS.sleep(3);
            }
        }
    }
}
