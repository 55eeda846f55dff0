package dev.trunkline.system.faults;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.Topics;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Frozen;
import dev.trunkline.system.support.Poison;
import dev.trunkline.system.support.Redis;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** All faults: processes, Kafka, the stores, LiveKit, then damaged records and clocks. */
final class Faults {
    private static final Set<EndReason> NONE = Set.of();
    /** A room that is gone takes its agent with it: the caller is in a new room within seconds, or gets a BYE. */
    private static final Set<EndReason> ROOM_LOST =
            Set.of(EndReason.LIVEKIT_LOST, EndReason.ROOM_CLOSED, EndReason.AGENT_LEFT, EndReason.NO_AGENT);
    private static final Duration KAFKA_AWAY = Duration.ofMinutes(1);
    private static final Duration STORE_AWAY = Duration.ofSeconds(10);
    private static final Duration NETWORK_BAD = Duration.ofSeconds(20);
    private static final int LOSSY_PERCENT = 5;
    private static final Duration SLOW_STANDS = Duration.ofMillis(300);
    private static final long SLOW_RUNS_MILLIS = 100;
    private static final List<String> STATE = List.of(
            Topics.TRUNKS, Topics.OUTBOUND_TRUNKS, Topics.OUTBOUND_STATES, Topics.RELAYS, Topics.LIVE_CALLS, Topics.WARM_POOLS, Topics.SOUNDS);

    private Faults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (String service : SuiteUnderTest.SERVICES) {
            all.add(new Fault(service + "-killed", service + " killed (-9), restarted by the launcher", NONE, suite -> kill(suite, service)));
        }
        all.add(new Fault("kafka-stands", "Kafka is suspended (SIGSTOP) for " + KAFKA_AWAY.toSeconds() + " s", NONE, suite -> {
            try (Frozen kafka = Frozen.process(suite.suite().process("kafka").pid())) {
                Await.pause(KAFKA_AWAY.toMillis());
            }
        }));
        all.add(new Fault("kafka-killed", "Kafka killed (-9), restarted by the launcher", NONE, suite -> kill(suite, "kafka")));
        all.add(new Fault("kafka-disk", "Kafka's disk is full: the broker exits, and the launcher restarts it", NONE,
                Faults::fillTheDisk));
        all.add(new Fault("kafka-cut", "Kafka is unreachable for " + NETWORK_BAD.toSeconds() + " s", NONE, suite -> {
            try (Firewall cut = Firewall.cut(kafkaPort(suite))) {
                Await.pause(NETWORK_BAD.toMillis());
            }
        }));
        all.add(new Fault("kafka-lossy", LOSSY_PERCENT + " % of the packets to and from Kafka are lost, for " + NETWORK_BAD.toSeconds() + " s", NONE,
                suite -> {
                    try (Firewall lossy = Firewall.lossy(kafkaPort(suite), LOSSY_PERCENT)) {
                        Await.pause(NETWORK_BAD.toMillis());
                    }
                }));
        all.add(new Fault("kafka-slow", "Kafka answers 300 ms late: it is suspended for 300 of every 400 ms, for " + NETWORK_BAD.toSeconds() + " s", NONE,
                Faults::slowDown));
        all.add(new Fault("redis-wiped", "Redis is wiped", NONE, suite -> {
            try (Redis redis = suite.redis()) {
                redis.flushAll();
            }
        }));
        all.add(new Fault("redis-stopped", "Redis is down for " + STORE_AWAY.toSeconds() + " s, and comes back empty", NONE, suite -> {
            suite.suite().stopRedis();
            Await.pause(STORE_AWAY.toMillis());
            suite.suite().startRedis();
        }));
        all.add(new Fault("postgres-stopped", "Postgres is down for " + STORE_AWAY.toSeconds() + " s", NONE, suite -> {
            suite.suite().stopPostgres();
            Await.pause(STORE_AWAY.toMillis());
            suite.suite().startPostgres();
        }));
        all.add(new Fault("livekit-restarted", "LiveKit is restarted, with all agents", ROOM_LOST, suite -> {
            suite.suite().stopLiveKit();
            suite.suite().startLiveKit();
            // It is a LiveKit worker, which would otherwise reconnect in its own time.
            suite.suite().process("demo-agent").kill();
        }));
        all.add(new Fault("poison", "unreadable records on every partition of every topic", NONE, suite -> {
            String kafka = suite.suite().backends().kafka();
            Poison.spread(kafka);
            Poison.spreadOverState(kafka, STATE);
        }));
        for (String service : SuiteUnderTest.SERVICES) {
            all.add(new Fault("clock-jumped-" + service,
                    "the clock of %s is set an hour ahead, back to normal, an hour behind and back to normal, for %d s each"
                            .formatted(service, ClockJumps.STAYS.toSeconds()),
                    NONE, new ClockJumps(service)));
        }
        return all;
    }

    private static void kill(SuiteUnderTest suite, String part) throws InterruptedException {
        suite.suite().process(part).kill();
    }

    private static int kafkaPort(SuiteUnderTest suite) {
        String address = suite.suite().backends().kafka();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Makes the kernel refuse writes, as on a full disk: files of this process may have one octet. */
    private static void fillTheDisk(SuiteUnderTest suite) throws Exception {
        long pid = suite.suite().process("kafka").pid();
        try {
            int code = new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=1").inheritIO().start().waitFor();
            if (code != 0) {
                throw new Fault.NotHereException("prlimit ended with " + code);
            }
        } catch (java.io.IOException e) {
            throw new Fault.NotHereException("there is no prlimit");
        }
        Await.until("the broker ends, for it cannot write", Duration.ofSeconds(30),
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    private static void slowDown(SuiteUnderTest suite) throws Exception {
        long pid = suite.suite().process("kafka").pid();
        long end = System.nanoTime() + NETWORK_BAD.toNanos();
        while (System.nanoTime() < end) {
            try (Frozen kafka = Frozen.process(pid)) {
                Await.pause(SLOW_STANDS.toMillis());
            }
            Await.pause(SLOW_RUNS_MILLIS);
        }
    }
}
