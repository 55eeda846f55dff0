package dev.trunkline.local;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.local.guard.KafkaGuard;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The addresses of a running suite's parts, kept in a file for the commands of {@code ./trunkline}.
 *
 * @param kafkaGuard folder of Kafka's users, if it authenticates them
 * @param redisPort on loopback; the state folder's secrets have the password
 * @param liveKit URL of the LiveKit server
 * @param pids process id by part
 * @param health health page by service
 * @param starts how long each part took to start, by name; {@link #WHOLE} is the whole start
 */
public record RunningSuite(
        String sipAddress,
        int sipPort,
        String kafka,
        Optional<Path> kafkaGuard,
        int redisPort,
        String liveKit,
        Map<String, Long> pids,
        Map<String, String> health,
        Map<String, StartTime> starts) {

    /** The name of the whole start among the names of the parts. */
    public static final String WHOLE = "ready";

    private static final String FILE = "suite.properties";

    void save(Path state) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("sip.address", sipAddress);
        properties.setProperty("sip.port", Integer.toString(sipPort));
        properties.setProperty("kafka", kafka);
        kafkaGuard.ifPresent(folder -> properties.setProperty("kafka.guard", folder.toAbsolutePath().toString()));
        properties.setProperty("redis.port", Integer.toString(redisPort));
        properties.setProperty("livekit", liveKit);
        pids.forEach((part, pid) -> properties.setProperty("pid." + part, Long.toString(pid)));
        health.forEach((service, page) -> properties.setProperty("health." + service, page));
        starts.forEach((part, time) -> properties.setProperty("start." + part, time.text()));
        StringWriter text = new StringWriter();
        properties.store(text, "The running suite");
        OwnerOnly.write(state.resolve(FILE), text.toString());
    }

    /** Returns whether a suite has reported in this state folder that it is ready, and has not stopped since. */
    public static boolean isThere(Path state) {
        return Files.exists(state.resolve(FILE));
    }

    /** Returns when the file of a ready suite was written: when it became ready, or when a part was last restarted. */
    public static Instant saidAt(Path state) throws IOException {
        return Files.getLastModifiedTime(state.resolve(FILE)).toInstant();
    }

    /** @throws IOException if no suite runs; the message says how to start one */
    public static RunningSuite load(Path state) throws IOException {
        Path file = state.resolve(FILE);
        if (!Files.exists(file)) {
            throw new IOException("no suite is running here: start one with ./trunkline run");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, Long> pids = new TreeMap<>();
        Map<String, String> health = new TreeMap<>();
        Map<String, StartTime> starts = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("pid.")) {
                pids.put(name.substring(4), Long.valueOf(properties.getProperty(name)));
            } else if (name.startsWith("health.")) {
                health.put(name.substring(7), properties.getProperty(name));
            } else if (name.startsWith("start.")) {
                starts.put(name.substring(6), StartTime.parse(properties.getProperty(name)));
            }
        }
        return new RunningSuite(
                properties.getProperty("sip.address"),
                Integer.parseInt(properties.getProperty("sip.port")),
                properties.getProperty("kafka"),
                Optional.ofNullable(properties.getProperty("kafka.guard")).map(Path::of),
                Integer.parseInt(properties.getProperty("redis.port", "0")),
                properties.getProperty("livekit", ""),
                pids,
                health,
                starts);
    }

    /** Returns the Kafka address for reading calls. */
    public KafkaAddress kafkaAddress() throws IOException {
        return kafkaGuard.isPresent()
                ? KafkaGuard.load(kafkaGuard.get()).address(kafka, KafkaGuard.OPERATOR)
                : KafkaAddress.of(kafka);
    }

    /** Returns the base URL of the call-router. */
    public URI router() throws IOException {
        String page = health.get("call-router");
        if (page == null) {
            throw new IOException("the suite that is running here has no call-router; name one with --router");
        }
        return URI.create(page).resolve("/");
    }

    /** Returns the token for the suite's admin API. */
    public static String adminToken(Path state) throws IOException {
        return secret(state, "admin-token");
    }

    /**
     * Returns a secret that the suite of this state folder generated.
     *
     * @param name in {@code secrets.properties}, for example {@code redis-password}
     */
    public static String secret(Path state, String name) throws IOException {
        return Secrets.kept(state.resolve(Secrets.FILE), name);
    }

    static void forget(Path state) throws IOException {
        Files.deleteIfExists(state.resolve(FILE));
    }
}
