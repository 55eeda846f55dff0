package dev.trunkline.edge.relays;

import dev.trunkline.bus.ContainedFaults;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jboss.logging.Logger;

/**
 * The places of relays in the group that shares calls among them. A relay that has fallen silent while another takes calls loses its
 * place: the others then get its partitions, with new calls and those that are to be taken over, at once, and not only when Kafka
 * misses it after 6 s. One that lives all the same gets a place again by itself, and each of several edges may take it away.
 */
public final class RelayPlaces {
    private static final Logger LOG = Logger.getLogger(RelayPlaces.class);

    /** The group of the relays, whose members are named after them. */
    public static final String GROUP = "media-relay";

    private final Group group;
    private final Executor threads;
    private final ContainedFaults faults;
    /** Relays whose places were taken away, until they are heard again. One thread looks. */
    private final Set<String> taken = new HashSet<>();

    /** A consumer group of Kafka. */
    public interface Group {
        /** Takes a member's place away; waits for it. See {@link dev.trunkline.bus.MemberRemoval#remove}. */
        void remove(String member) throws Exception;
    }

    /** @param threads for requests to Kafka, which take their time */
    public RelayPlaces(Group group, Executor threads, ContainedFaults faults) {
        this.group = group;
        this.threads = threads;
        this.faults = faults;
    }

    /** Takes the places of those away that were not silent before. @param silent as of {@link RelayTable#silent} */
    public void look(Set<String> silent) {
        taken.retainAll(silent);
        silent.stream().filter(taken::add).forEach(relay -> threads.execute(faults.guarded("relay-places", () -> take(relay))));
    }

    private void take(String relay) {
        try {
            group.remove(relay);
            LOG.infof("relay=%s is silent: the other relays get its partitions", relay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            report(relay, e.getCause());
        } catch (Exception e) {
            report(relay, e);
        }
    }

    private static void report(String relay, Throwable why) {
        if (why instanceof UnknownMemberIdException) {
            LOG.debugf("relay=%s has no place in group %s", relay, GROUP);
        } else if (why instanceof GroupAuthorizationException) {
            LOG.warnf("relay=%s is silent, and the others get its partitions only when Kafka misses it: "
                    + "grant this service's Kafka user READ on group %s", relay, GROUP);
        } else {
            LOG.warnf("relay=%s is silent, and the others get its partitions only when Kafka misses it: %s", relay, why);
        }
    }
}
