package dev.trunkline.system.faults;

import dev.trunkline.system.support.Nftables;
import java.io.IOException;

/**
 * Drops packets to and from one loopback port until it is closed, by an nftables table of its own. It needs root, and is best used in
 * a separate network namespace.
 */
final class Firewall implements AutoCloseable {
    private static final String TABLE = "inet trunkline_faults";

    private Firewall() {}

    /** Drops all packets. */
    static Firewall cut(int port) throws Fault.NotHereException, InterruptedException {
        return with(port, "drop");
    }

    /** Drops this percentage of the packets. */
    static Firewall lossy(int port, int percent) throws Fault.NotHereException, InterruptedException {
        return with(port, "numgen random mod 100 < " + percent + " drop");
    }

    private static Firewall with(int port, String verdict) throws Fault.NotHereException, InterruptedException {
        try {
            Nftables.apply("""
                    table %1$s {
                      chain in {
                        type filter hook input priority 0;
                        iif lo tcp dport %2$d %3$s
                        iif lo tcp sport %2$d %3$s
                      }
                    }
                    """.formatted(TABLE, port, verdict));
        } catch (IOException e) {
            throw new Fault.NotHereException(e.getMessage());
        }
        return new Firewall();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Nftables.apply("delete table " + TABLE + "\n");
    }
}
