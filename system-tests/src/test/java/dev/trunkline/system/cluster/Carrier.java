package dev.trunkline.system.cluster;

import dev.trunkline.system.support.Dnsmasq;
import dev.trunkline.system.support.Kamailio;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A carrier on a host of its own: Kamailio, which finds the edges by SRV records, and dnsmasq, which has the records. What a phone calls
 * goes to one of the edges by weight; an edge that sends nothing to an INVITE for 5 s, or answers 503, is followed by the other.
 */
final class Carrier implements AutoCloseable {
    static final int PORT = 5060;

    private static final String ZONE = "trunkline.test";
    private static final String EDGES = "edges." + ZONE;
    /** Well above what an edge needs for its 100 on a busy machine: an edge that is late must not count as dead. */
    private static final Duration TRY = Duration.ofSeconds(5);
    /** Gives a program a resolv.conf of its own, in a mount namespace. */
    private static final String RESOLVING = "mount --bind \"$0\" /etc/resolv.conf; exec \"$@\"";

    private final String address;
    private final List<Process> processes = new ArrayList<>();

    /** @param edges addresses of the edges, each of the same weight */
    Carrier(Network.Host host, List<String> edges, Path module, Path folder) throws IOException, InterruptedException {
        this.address = host.address();
        Files.createDirectories(folder);
        Path kamailio = Kamailio.prepare(folder);
        Path dns = Dnsmasq.prepare(folder);
        Path zone = Files.writeString(folder.resolve("dnsmasq.conf"), zone(address, edges));
        start(folder.resolve("dnsmasq.log"), host.command(List.of(dns.toString(), "-C", zone.toString())));
        Path resolver = Files.writeString(folder.resolve("resolv.conf"), "nameserver " + address + "\n");
        Path configuration = Files.writeString(folder.resolve("carrier.cfg"), Files.readString(module.resolve("src/test/resources/cluster/carrier.cfg"))
                .replace("MODULES", Kamailio.modules() + "/")
                .replace("LISTEN", address + ":" + PORT)
                .replace("DOMAIN", EDGES)
                .replace("TRY_MILLIS", Long.toString(TRY.toMillis())));
        start(folder.resolve("kamailio.log"), host.command(List.of(
                "unshare", "--mount", "sh", "-ec", RESOLVING, resolver.toString(),
                kamailio.toString(), "-DD", "-E", "-f", configuration.toString(), "-n", "4", "-m", "64", "-M", "4", "-Y", folder.toString())));
    }

    /** Returns the configuration of dnsmasq: RFC 2782 records with one priority and equal weights. */
    static String zone(String address, List<String> edges) {
        StringBuilder text = new StringBuilder("""
                no-resolv
                no-hosts
                bind-interfaces
                listen-address=%s
                user=root
                pid-file=
                keep-in-foreground
                log-queries
                log-facility=-
                local-ttl=3600
                """.formatted(address));
        for (int n = 1; n <= edges.size(); n++) {
            text.append("srv-host=_sip._udp.%s,edge-%d.%s,%d,10,50%n".formatted(EDGES, n, ZONE, PORT));
            text.append("host-record=edge-%d.%s,%s%n".formatted(n, ZONE, edges.get(n - 1)));
        }
        return text.toString();
    }

    private void start(Path log, List<String> command) throws IOException {
        processes.add(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
    }

    /** Returns the address that phones call, and from which calls reach the edges. */
    InetSocketAddress address() {
        return new InetSocketAddress(address, PORT);
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
