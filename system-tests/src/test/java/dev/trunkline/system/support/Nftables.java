package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rules of the kernel's packet filter. They need root, and are best used in a separate network namespace. */
public final class Nftables {
    /** The path on Debian. */
    private static final Path PROGRAM = Path.of("/usr/sbin/nft");

    private Nftables() {}

    /** Installs the program if it is missing. */
    static void prepare(Path logs) throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            DebianPackage.install("nftables", logs);
        }
    }

    /** Applies rules. @throws IOException with the first line of the program's error, or if the program is missing */
    public static void apply(String rules) throws IOException, InterruptedException {
        String program = Files.isExecutable(PROGRAM) ? PROGRAM.toString() : "nft";
        Process nft = new ProcessBuilder(program, "-f", "-").redirectErrorStream(true).start();
        try (var in = nft.getOutputStream()) {
            in.write(rules.getBytes(StandardCharsets.US_ASCII));
        }
        String said = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (nft.waitFor() != 0) {
            throw new IOException("nft: " + said.lines().findFirst().orElse("it failed"));
        }
    }
}
