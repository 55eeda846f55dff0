package dev.trunkline.edge.trunks;

import dev.trunkline.bus.ContainedFaults;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The addresses of the host names that trunks have, looked up periodically on a separate thread. A name whose lookup fails
 * keeps the addresses that it had: an outage of DNS must not lock trunks out.
 */
public final class HostNames implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(HostNames.class);

    private final HostResolver resolver;
    private final Duration every;
    private final ContainedFaults faults;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("sip-host-names").unstarted(this::run);
    private volatile Consumer<Map<String, List<InetAddress>>> changed = addresses -> {};
    private volatile Set<String> wanted = Set.of();
    private volatile Map<String, List<InetAddress>> known = Map.of();
    private volatile Set<String> failing = Set.of();
    private volatile CompletableFuture<Void> looked = CompletableFuture.completedFuture(null);

    /** @param every how long an answer is used */
    public HostNames(HostResolver resolver, Duration every, ContainedFaults faults) {
        this.faults = faults;
        this.resolver = resolver;
        this.every = every;
    }

    /** @param listener told of all addresses whenever one changes, on our thread */
    public void start(Consumer<Map<String, List<InetAddress>>> listener) {
        changed = listener;
        thread.start();
    }

    /** Looks up these names from now on, and no others. */
    void want(Set<String> names) {
        if (!names.equals(wanted)) {
            wanted = Set.copyOf(names);
            looked = new CompletableFuture<>();
            wake.release();
        }
    }

    /** Completes when every name that was wanted by now has been looked up once, successfully or not. */
    public CompletionStage<Void> looked() {
        return looked;
    }

    /** Returns the addresses that are known now. */
    Map<String, List<InetAddress>> known() {
        return known;
    }

    /** The names that could not be looked up the last time. */
    public Set<String> failing() {
        return failing;
    }

    private void run() {
        try {
            while (true) {
                wake.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
                wake.drainPermits();
                CompletableFuture<Void> pass = looked;
                try {
                    look(wanted);
                } catch (Throwable fault) {
                    // The next lookup takes place all the same.
                    faults.caught("host-names", fault);
                } finally {
                    pass.complete(null);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void look(Set<String> names) {
        var found = new TreeMap<String, List<InetAddress>>();
        var failed = new TreeSet<String>();
        for (String name : names) {
            try {
                found.put(name, resolver.resolve(name).stream().distinct().toList());
            } catch (UnknownHostException e) {
                failed.add(name);
            } catch (Throwable fault) {
                faults.caught("host-names", fault);
                failed.add(name);
            }
            if (failed.contains(name)) {
                found.put(name, known.getOrDefault(name, List.of()));
            }
        }
        tell(failed);
        failing = Set.copyOf(failed);
        if (!same(found)) {
            known = Map.copyOf(found);
            LOG.infof("host names of trunks: %s", found);
            changed.accept(known);
        }
    }

    /** The order of an answer changes from time to time and has no meaning. */
    private boolean same(Map<String, List<InetAddress>> found) {
        return found.keySet().equals(known.keySet())
                && found.entrySet().stream().allMatch(each ->
                        new HashSet<>(each.getValue()).equals(new HashSet<>(known.get(each.getKey()))));
    }

    private void tell(Set<String> failed) {
        failed.stream().filter(name -> !failing.contains(name)).forEach(name -> LOG.warnf(
                "host name %s of a trunk cannot be looked up; its addresses stay as they were: %s",
                name, known.getOrDefault(name, List.of())));
        failing.stream().filter(name -> !failed.contains(name)).forEach(name ->
                LOG.infof("host name %s of a trunk can be looked up again", name));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
