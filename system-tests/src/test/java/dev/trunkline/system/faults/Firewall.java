package dev.trunkline.system.faults;

import dev.trunkline.system.support.Nftables;
import java.io.IOException;

/**
 * Packets to and from one port of this machine's loopback that are lost, until this is closed: a table of nftables of its own. Root is
 * needed for it, best in a network namespace of one's own.
 */
final class Firewall implements AutoCloseable {
    private static final String TABLE = "inet trunkline_faults";

    private Firewall() {}

    /** Nothing goes through. */
    static Firewall cut(int port) throws Fault.NotHereException, InterruptedException {
        return with(port, "drop");
    }

    /** This share of the packets is lost. */
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
