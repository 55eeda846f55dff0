package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A browser whose network is lost until this is closed, everybody else's is not: whatever the browser sends or gets, by TCP and UDP, goes
 * nowhere, as by a cable that was pulled somewhere on the way, and nobody is told. By nftables, which knows the browser by the group of its
 * processes, and what is sent to it by the connections that it has. Root is needed for it.
 */
public final class BrowserNetwork implements AutoCloseable {
    /** Of nobody else on any machine. */
    private static final int GROUP = 60_777;

    private static final String TABLE = "inet trunkline_browser";
    private static final Path NFT = Path.of("/usr/sbin/nft");

    private BrowserNetwork() {}

    /** A command that starts a browser whose network can be lost; without root it can not. */
    static List<String> losable(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        List<String> whole = new ArrayList<>(List.of("setpriv", "--regid=" + GROUP, "--clear-groups"));
        whole.addAll(command);
        return whole;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** @throws IOException that says what is needed */
    static BrowserNetwork lose(Path logs) throws IOException, InterruptedException {
        if (!isRoot()) {
            throw new IOException("only root can cut the network of the browser: run this test as root, best in a network namespace of its own");
        }
        if (!Files.isExecutable(NFT)) {
            DebianPackage.install("nftables", logs);
        }
        nft("""
                table %1$s {
                  chain out {
                    type filter hook output priority 0
                    meta skgid %2$d ct mark set %2$d
                  }
                  chain in {
                    type filter hook input priority 0
                    ct mark %2$d drop
                  }
                }
                """.formatted(TABLE, GROUP));
        return new BrowserNetwork();
    }

    private static void nft(String rules) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder(NFT.toString(), "-f", "-").redirectErrorStream(true).start();
        try (var in = nft.getOutputStream()) {
            in.write(rules.getBytes(StandardCharsets.US_ASCII));
        }
        String said = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (nft.waitFor() != 0) {
            throw new IOException("nft: " + said.lines().findFirst().orElse("it failed"));
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        nft("delete table " + TABLE + "\n");
    }
}
