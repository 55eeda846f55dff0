package dev.trunkline.system.soak;

import dev.trunkline.bench.Usage;
import dev.trunkline.system.support.LiveKitRooms;
import dev.trunkline.system.support.Redis;
import dev.trunkline.system.support.SuiteUnderTest;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Measures what each process and the suite as a whole have in use. Each sample has connections of its own, so a failed one costs no other. */
final class Sampler {
    private static final double KIBIBYTES = 1024;
    private static final double MEBIBYTE = 1 << 20;
    private static final String SIZES = "select pg_database_size(current_database()), (select count(*) from calls)";

    private final SuiteUnderTest suite;
    private final long begun = System.nanoTime();

    /** Minutes count from now. */
    Sampler(SuiteUnderTest suite) {
        this.suite = suite;
    }

    double minutes() {
        return (System.nanoTime() - begun) / 60e9;
    }

    /** @param heaps whether to collect the garbage of every JVM and count what remains */
    Sample take(boolean heaps) throws IOException, InterruptedException, SQLException {
        Map<Series, Double> values = new TreeMap<>();
        double at = minutes();
        processes(values, heaps);
        gauge(values, Measured.CALLS_AT_EDGE, "sip-edge", "trunkline_edge_calls");
        gauge(values, Measured.TRANSACTIONS, "sip-edge", "trunkline_edge_transactions");
        gauge(values, Measured.CALLS_AT_RELAY, "media-relay", "trunkline_relay_calls");
        gauge(values, Measured.PORTS, "media-relay", "trunkline_relay_ports_used");
        gauge(values, Measured.SLOTS, "rate-limiter", "trunkline_limiter_calls");
        gauge(values, Measured.WATCHES, "agent-dispatcher", "trunkline_dispatcher_watching");
        try (Redis redis = suite.redis()) {
            values.put(Series.suite(Measured.REDIS_KEYS), (double) redis.size());
        }
        LiveKitRooms.Held held = suite.rooms().held("");
        values.put(Series.suite(Measured.ROOMS), (double) held.rooms());
        values.put(Series.suite(Measured.PARTICIPANTS), (double) held.participants());
        try (Connection console = suite.consoleDatabase();
                Statement statement = console.createStatement();
                ResultSet row = statement.executeQuery(SIZES)) {
            row.next();
            values.put(Series.suite(Measured.CONSOLE_DATABASE), row.getLong(1) / MEBIBYTE);
            values.put(Series.suite(Measured.HISTORY), (double) row.getLong(2));
        }
        return new Sample(at, values);
    }

    private void processes(Map<Series, Double> values, boolean heaps) throws IOException, InterruptedException {
        Map<String, Long> pids = suite.suite().running().pids();
        Usage.of(pids).processes().forEach((process, taken) -> {
            values.put(new Series(process, Measured.RESIDENT), taken.residentKilobytes() / KIBIBYTES);
            values.put(new Series(process, Measured.OWN_MEMORY), taken.ownKilobytes() / KIBIBYTES);
            values.put(new Series(process, Measured.THREADS), (double) taken.threads());
            values.put(new Series(process, Measured.DESCRIPTORS), (double) taken.descriptors());
        });
        if (heaps) {
            for (Map.Entry<String, Long> process : pids.entrySet()) {
                OptionalDouble live = LiveHeap.mebibytes(process.getValue());
                live.ifPresent(mebibytes -> values.put(new Series(process.getKey(), Measured.LIVE_HEAP), mebibytes));
            }
        }
    }

    private void gauge(Map<Series, Double> values, Measured what, String service, String name) {
        values.put(Series.suite(what), suite.gauge(service, name));
    }
}
