package dev.trunkline.system.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A network of hosts on one machine: each host is a network namespace with an address of its own, and all are connected to one bridge, in
 * a namespace of its own too. This process is the first host.
 *
 * <pre>
 *   namespace of this process      namespace of a host      another
 *     trunkN 198.51.100.1            eth0 198.51.100.11       eth0 198.51.100.12
 *        |                             |                        |
 *        +------------- bridge (namespace of its own) ----------+
 * </pre>
 *
 * <p>A namespace lives as long as a process that waits for the end of its standard input. So nothing is left behind, even if this
 * process is killed. It needs root on Linux, and Debian's iproute2 and util-linux.
 */
final class Network implements AutoCloseable {
    /** RFC 5737: no real network has these addresses. */
    private static final String PREFIX = "198.51.100.";
    private static final String NETWORK = PREFIX + "0/24";
    private static final int BITS = 24;
    private static final String OWN_ADDRESS = PREFIX + "1";
    private static final String UP = "ip addr add %1$s/%2$d dev %3$s; ip link set %3$s up";

    private final List<Namespace> namespaces = new ArrayList<>();
    private final Namespace bridge;
    private final String ownInterface = "trunk" + ProcessHandle.current().pid() % 1_000_000;

    /** A namespace, and the process that keeps it. */
    private record Namespace(Process keeper) {
        static Namespace open(String commands) throws IOException {
            Process keeper = new ProcessBuilder("unshare", "--net", "sh", "-ec", "ip link set lo up; " + commands + " echo ready; exec cat")
                    .redirectErrorStream(true)
                    .start();
            String said = new BufferedReader(keeper.inputReader(StandardCharsets.UTF_8)).readLine();
            if (!"ready".equals(said)) {
                keeper.destroyForcibly();
                throw new IOException("no network namespace could be made: " + said
                        + ". This test needs root on Linux, and the Debian packages iproute2 and util-linux");
            }
            return new Namespace(keeper);
        }

        List<String> command(List<String> command) {
            List<String> whole = new ArrayList<>(List.of("nsenter", "--target", Long.toString(keeper.pid()), "--net", "--"));
            whole.addAll(command);
            return whole;
        }

        void run(String commands) throws IOException, InterruptedException {
            Network.run(command(List.of("sh", "-ec", commands)));
        }
    }

    /** A host of the network. */
    static final class Host {
        private final String address;
        private final Namespace namespace;

        private Host(String address, Namespace namespace) {
            this.address = address;
            this.namespace = namespace;
        }

        String address() {
            return address;
        }

        /** Returns the command that starts a program on this host. The process is the program's own: a signal to it reaches the program. */
        List<String> command(List<String> command) {
            return namespace.command(command);
        }
    }

    private Network() throws IOException, InterruptedException {
        bridge = keep(Namespace.open("ip link add bridge type bridge; ip link set bridge up;"));
        try {
            connect(ownInterface, ProcessHandle.current().pid(), ownInterface);
            run(List.of("sh", "-ec", UP.formatted(OWN_ADDRESS, BITS, ownInterface)));
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /** @throws IOException that says what this machine lacks */
    static Network open() throws IOException, InterruptedException {
        return new Network();
    }

    private Namespace keep(Namespace namespace) {
        namespaces.add(namespace);
        return namespace;
    }

    /** Lays a cable from the bridge into the namespace of a process. @param name of the bridge's end */
    private void connect(String name, long process, String there) throws IOException, InterruptedException {
        bridge.run("ip link add %1$s type veth peer name %2$s netns %3$d; ip link set %1$s master bridge up".formatted(name, there, process));
    }

    /** Adds a host. @param number of its address, 2 to 254 */
    Host host(int number) throws IOException, InterruptedException {
        Namespace namespace = keep(Namespace.open(""));
        connect("host" + number, namespace.keeper().pid(), "eth0");
        String address = PREFIX + number;
        namespace.run(UP.formatted(address, BITS, "eth0"));
        return new Host(address, namespace);
    }

    /** Returns the address of this process in the network. */
    String ownAddress() {
        return OWN_ADDRESS;
    }

    /** Returns the network in CIDR notation. */
    String cidr() {
        return NETWORK;
    }

    /** Returns the name of the interface by which this process is in the network. */
    String ownInterface() {
        return ownInterface;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said);
        }
    }

    /** Removes the network. Programs that still run on its hosts are cut off, but not ended. */
    @Override
    public void close() {
        for (Namespace namespace : namespaces) {
            namespace.keeper().destroyForcibly();
            try {
                namespace.keeper().waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
