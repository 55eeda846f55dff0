package dev.trunkline.router.service;

import dev.trunkline.bus.CallEventChannel;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ChannelLost;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.logs.JsonLines;
import dev.trunkline.router.announce.TrunkAnnouncer;
import dev.trunkline.router.calls.WarmUp;
import dev.trunkline.router.provisioning.link.Provisioner;
import dev.trunkline.router.snapshot.CurrentDirectory;
import dev.trunkline.router.snapshot.DirectoryWatch;
import dev.trunkline.router.warm.WarmPoolAnnouncer;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * Starts and stops the parts in order.
 *
 * <pre>
 *   starting --directory loaded--> joining the group --partitions assigned--> ready --shutdown--> stopped
 * </pre>
 */
@ApplicationScoped
public class RouterService {
    private static final Logger LOG = Logger.getLogger(RouterService.class);

    private final RouterSettings settings;
    private final CurrentDirectory directory;
    private final DirectoryWatch watch;
    private final TrunkAnnouncer announcer;
    private final WarmPoolAnnouncer warmPools;
    private final Provisioner provisioner;
    private final WarmUp warmUp;
    private final CallEventPublisher publisher;
    private final ContainedFaults faults;
    private final CallEventChannel calls;

    public RouterService(
            RouterSettings settings,
            CurrentDirectory directory,
            DirectoryWatch watch,
            TrunkAnnouncer announcer,
            WarmPoolAnnouncer warmPools,
            Provisioner provisioner,
            CallEventChannel calls,
            WarmUp warmUp,
            CallEventPublisher publisher,
            ContainedFaults faults) {
        this.faults = faults;
        this.settings = settings;
        this.directory = directory;
        this.watch = watch;
        this.announcer = announcer;
        this.warmPools = warmPools;
        this.provisioner = provisioner;
        this.calls = calls;
        this.warmUp = warmUp;
        this.publisher = publisher;
    }

    void start(@Observes StartupEvent event) {
        JsonLines.install(settings, "call-router", settings.instance());
        directory.loaded().thenRunAsync(this::takeCalls, RouterService::onThreadOfItsOwn).exceptionally(failure -> {
            LOG.errorf(failure, "the router cannot take calls");
            return null;
        });
        watch.start();
        if (settings.adminToken().isEmpty()) {
            LOG.info("the admin API is off: TRUNKLINE_ADMIN_TOKEN is not set");
        }
    }

    /** Ends a router that consumes no calls: whatever supervises it starts another. */
    void lost(@Observes ChannelLost loss) {
        LOG.errorf("channel=%s is lost, this process stops", loss.channel());
        Quarkus.asyncExit(1);
    }

    /** Not a thread of the common pool: its class loader may be another one, and Kafka's client loads classes by name. */
    private static void onThreadOfItsOwn(Runnable task) {
        Thread.ofPlatform().name("router-start").start(task);
    }

    private void takeCalls() {
        announcer.start();
        warmPools.start();
        provisioner.start();
        // A cold start is better than none.
        faults.guarded("router-warm-up", warmUp::run).run();
        calls.start();
    }

    /** Returns true while this replica has joined the group and Kafka is actually being read. */
    public boolean takesCalls() {
        return calls.healthy() && calls.reading() && publisher.stuck().isEmpty();
    }

    /** Returns what is wrong with Kafka, if anything. */
    String kafka() {
        if (calls.missingRight().isPresent()) {
            return calls.missingRight().get();
        }
        if (!calls.healthy()) {
            return "not in the group";
        }
        return calls.reading()
                ? publisher.stuck().orElse("in the group, and read")
                : "NOT READ for %d s".formatted(calls.deafFor().toSeconds());
    }

    /** Returns whether the directory is still kept up to date, and trunks and warm rooms are still announced. */
    boolean keepsWatch() {
        return watch.alive() && announcer.alive() && warmPools.alive() && provisioner.alive();
    }

    void stop(@Observes ShutdownEvent event) {
        calls.close();
        announcer.close();
        provisioner.close();
        warmPools.close();
        watch.close();
        publisher.close();
    }
}
