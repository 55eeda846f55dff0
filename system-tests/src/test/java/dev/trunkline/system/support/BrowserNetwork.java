package dev.trunkline.system.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the network of one browser, and of nobody else, until it is closed: TCP and UDP packets to and from the browser are dropped
 * silently, as if a cable had been pulled somewhere on the way. It uses nftables, which recognises the browser by the group of its
 * processes, and packets to it by its connections. It needs root.
 */
public final class BrowserNetwork implements AutoCloseable {
    /** A group that no other process on any machine has. */
    private static final int GROUP = 60_777;

    private static final String TABLE = "inet trunkline_browser";

    private BrowserNetwork() {}

    /** Returns a command that starts a browser whose network can be cut; without root it cannot. */
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

    /** Cuts the network. @throws IOException that says what is needed */
    static BrowserNetwork lose(Path logs) throws IOException, InterruptedException {
        if (!isRoot()) {
            throw new IOException("only root can cut the network of the browser: run this test as root, best in a network namespace of its own");
        }
        Nftables.prepare(logs);
        Nftables.apply("""
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

    @Override
    public void close() throws IOException, InterruptedException {
        Nftables.apply("delete table " + TABLE + "\n");
    }
}
