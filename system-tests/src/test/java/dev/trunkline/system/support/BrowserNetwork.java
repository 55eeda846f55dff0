package dev.trunkline.system.support;

import java.io.IOException;
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
