package dev.trunkline.system.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** How many consumers read each event of {@code call-events}: by the counts of Kafka's clients, and by the brokers' offsets. */
final class Reads {
    private static final String READ = "kafka_consumer_fetch_manager_records_consumed_total";
    private static final String OF_EVENTS = "topic=\"call-events\"";

    private final Cluster cluster;

    Reads(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Counts that never decrease while no replica restarts.
     *
     * @param written to the topic
     * @param read by all consumers of all replicas of a service
     */
    record Counts(long written, Map<String, Double> read) {
        /** Returns the reads of each event since then, by service. */
        Map<String, Double> since(Counts before) {
            Map<String, Double> each = new TreeMap<>();
            read.forEach((service, count) -> each.put(service, (count - before.read.get(service)) / (written - before.written)));
            return each;
        }
    }

    Counts now() throws IOException, InterruptedException, ExecutionException {
        Map<String, Double> read = new TreeMap<>();
        for (String service : ReplicaSettings.SERVICES) {
            double sum = 0;
            for (String replica : Cluster.replicasOf(service)) {
                sum += sum(cluster.metrics(replica).text());
            }
            read.put(service, sum);
        }
        return new Counts(cluster.brokers().written(Cluster.PARTITIONS), read);
    }

    /** Returns the sum over a page's consumers. */
    static double sum(String page) {
        return page.lines()
                .filter(line -> line.startsWith(READ) && line.contains(OF_EVENTS))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns the counts once they have not changed for this time. */
    Counts settled(Duration quiet) throws IOException, InterruptedException, ExecutionException {
        Counts last = now();
        while (true) {
            Thread.sleep(quiet.toMillis());
            Counts next = now();
            if (next.equals(last)) {
                return next;
            }
            last = next;
        }
    }
}
