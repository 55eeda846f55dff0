package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small DNS server (Debian package {@code dnsmasq-base}). */
public final class Dnsmasq {
    private static final Path PROGRAM = Path.of("/usr/sbin/dnsmasq");

    private Dnsmasq() {}

    /** Installs it if it is missing, and returns its program. @throws IOException that says what to install */
    public static Path prepare(Path logs) throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            DebianPackage.install("dnsmasq-base", logs);
        }
        return PROGRAM;
    }
}
