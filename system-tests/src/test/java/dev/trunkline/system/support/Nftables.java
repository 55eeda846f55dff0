package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rules of the kernel's packet filter. Root is needed, best in a network namespace of one's own. */
public final class Nftables {
    /** Where Debian has it. */
    private static final Path PROGRAM = Path.of("/usr/sbin/nft");

    private Nftables() {}

    /** Installs the program where it is missing. */
    static void prepare(Path logs) throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            DebianPackage.install("nftables", logs);
        }
    }

    /** @throws IOException that has the program's first word on what is wrong, or says that there is none */
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
