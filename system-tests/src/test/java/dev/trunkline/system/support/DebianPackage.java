package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Installs what the tests need where that can be done without asking. */
final class DebianPackage {
    private DebianPackage() {}

    /** @throws IOException that says what to install by hand */
    static void install(String name, Path logs) throws IOException, InterruptedException {
        String byHand = "the system tests need the Debian package " + name + ": install it with `apt-get install " + name + "`";
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get")) || !"root".equals(System.getProperty("user.name"))) {
            throw new IOException(byHand);
        }
        Path log = logs.resolve("apt-" + name + ".log");
        Command.run(byHand, log, List.of("apt-get", "update"));
        Command.run(byHand, log, List.of("apt-get", "install", "-y", "--no-install-recommends", name));
    }
}
