package dev.trunkline.sip.locate;

import java.time.Duration;
import java.util.List;

/**
 * @param servers name servers for NAPTR and SRV, each {@code host} or {@code host:port}; empty for those of the system
 * @param question timeout of one query to a name server, after which it is sent once more
 * @param deadline total time for one request, after which it cannot be located
 * @param kept how long an answer is cached. The JDK does not return the records' time to live, so this is short
 * @param keptFailure how long a failure is cached
 * @param names how many answers are cached
 * @param threads maximum number that wait for name servers at once; at most a quarter of them for names under one domain, so
 *     that a domain whose servers do not answer leaves some to others. A request for which there is no thread and no room in
 *     the queue fails
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
            throw new IllegalArgumentException("at least one name must be cached, and at least one thread must query");
        }
    }

    /**
     * Returns the defaults: the system's name servers, 1 s per query, 4 s per request, 30 s cached (5 s for failures), 1,000
     * names, 32 threads.
     */
    public static LocateSettings defaults() {
        return new LocateSettings(List.of(), Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(30),
                Duration.ofSeconds(5), 1_000, 32);
    }
}
