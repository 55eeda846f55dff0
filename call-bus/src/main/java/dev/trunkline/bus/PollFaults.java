package dev.trunkline.bus;

import java.time.Duration;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * Handles what a poll loop throws between two records: it is reported, and the loop continues after a pause. For the poll thread
 * only.
 */
final class PollFaults {
    private static final Logger LOG = Logger.getLogger(PollFaults.class);

    private final ContainedFaults faults;
    private final String where;
    private final String reader;
    private final RightsWatch rights;
    private boolean failing;

    /**
     * @param where for the metric
     * @param reader for the log, for example {@code group=call-router}
     * @param rights told when Kafka refuses
     */
    PollFaults(ContainedFaults faults, String where, String reader, RightsWatch rights) {
        this.faults = faults;
        this.where = where;
        this.reader = reader;
        this.rights = rights;
    }

    /**
     * An unavailable broker causes one log line per outage, and a missing right is reported by the watch; everything else is
     * counted.
     */
    void contain(Throwable fault, Duration pause) {
        if (Rights.isRefusal(fault)) {
            rights.refused();
        } else if (!(fault instanceof RetriableException)) {
            faults.caught(where, fault);
        } else if (!failing) {
            LOG.errorf("%s a poll of Kafka failed, and reading continues: %s", reader, fault.toString());
        }
        failing = true;
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            // close() interrupted the pause, and the loop checks for that next.
        }
    }

    /** A round went well. */
    void over() {
        failing = false;
    }
}
