package dev.trunkline.bus;

import java.time.Duration;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/** What a poll loop throws between two records: told, and the loop goes on after a pause. For the poll thread alone. */
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
     * @param rights told where Kafka refuses
     */
    PollFaults(ContainedFaults faults, String where, String reader, RightsWatch rights) {
        this.faults = faults;
        this.where = where;
        this.reader = reader;
        this.rights = rights;
    }

    /** A broker that is away is one line an outage, a right that is missing is the watch's to tell; everything else is counted. */
    void contain(Throwable fault, Duration pause) {
        if (Rights.isRefusal(fault)) {
            rights.refused();
        } else if (!(fault instanceof RetriableException)) {
            faults.caught(where, fault);
        } else if (!failing) {
            LOG.errorf("%s reading from Kafka failed, going on: %s", reader, fault.toString());
        }
        failing = true;
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            // close() is in a hurry, and the loop looks at that next.
        }
    }

    /** A round went well. */
    void over() {
        failing = false;
    }
}
