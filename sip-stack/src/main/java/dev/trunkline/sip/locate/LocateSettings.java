package dev.trunkline.sip.locate;

import java.time.Duration;
import java.util.List;

/**
 * @param servers name servers for NAPTR and SRV, each {@code host} or {@code host:port}; empty for those of the system
 * @param question how long one question to a name server may take before it is asked once more
 * @param deadline how long all of it may take for one request; then it cannot be located
 * @param kept how long an answer is used again. What the JDK hands out has no time to live of its own, so this is short
 * @param keptFailure how long no answer is used again
 * @param names how many answers are kept
 * @param threads that may wait for name servers at once; no more than a quarter of them for the names under one domain, so that
 *     a domain whose servers are silent leaves some to others. A request for which there is none, and no room to wait, fails
 */
public record LocateSettings(
        List<String> servers,
        Duration question,
        Duration deadline,
        Duration kept,
        Duration keptFailure,
        int names,
        int threads) {

    public LocateSettings {
        servers = List.copyOf(servers);
        if (names < 1 || threads < 1) {
            throw new IllegalArgumentException("at least one name must be kept, and one thread must ask");
        }
    }

    /** The system's name servers, 1 s a question, 4 s a request, 30 s kept (5 s where there is nothing), 1,000 names, 32 threads. */
    public static LocateSettings defaults() {
        return new LocateSettings(List.of(), Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(30),
                Duration.ofSeconds(5), 1_000, 32);
    }
}
