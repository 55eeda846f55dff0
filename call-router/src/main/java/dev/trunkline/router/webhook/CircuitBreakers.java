package dev.trunkline.router.webhook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers for each URL whether a request makes sense, so that calls to an application that is down fail at once and
 * the application can recover without load. Thread-safe.
 *
 * <pre>
 *             failures in a row &lt; limit           answer
 *               +----------+      +-----------------------------------+
 *               v          |      v                                   |
 *   (start) -> CLOSED -----+--> OPEN --- rest is over ---> HALF_OPEN (one probe)
 *               limit reached     ^                                   |
 *                                 +------------- failure -------------+
 * </pre>
 */
public final class CircuitBreakers {
    /** The most URLs with failures that are remembered; beyond this, the least recently requested one is forgotten. */
    static final int MOST = 10_000;

    /** Whether a URL is requested. */
    public enum State {
        CLOSED("closed"),
        OPEN("open"),
        /** One call sends a request; for the others the breaker acts as open. */
        HALF_OPEN("half-open");

        private final String text;

        State(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private record Trouble(int failures, Instant restsUntil, boolean probing) {}

    private final int limit;
    private final Duration rest;
    private final Clock clock;
    /** Only URLs whose last request failed. */
    private final Map<String, Trouble> troubles = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Trouble> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param limit failures in a row that open it, 1 or more
     * @param rest how long an open one is left alone before one call probes it
     */
    public CircuitBreakers(int limit, Duration rest, Clock clock) {
        this.limit = limit;
        this.rest = rest;
        this.clock = clock;
    }

    /** @return OPEN if the URL must not be requested now; otherwise call {@link #answered} or {@link #failed} afterwards */
    public synchronized State enter(String url) {
        State state = look(url);
        if (state == State.HALF_OPEN) {
            Trouble trouble = troubles.get(url);
            troubles.put(url, new Trouble(trouble.failures(), trouble.restsUntil(), true));
        }
        return state;
    }

    /** Returns what {@link #enter} would return, without becoming the probe. */
    public synchronized State look(String url) {
        Trouble trouble = troubles.get(url);
        if (trouble == null || trouble.failures() < limit) {
            return State.CLOSED;
        }
        return trouble.probing() || clock.instant().isBefore(trouble.restsUntil()) ? State.OPEN : State.HALF_OPEN;
    }

    public synchronized void answered(String url) {
        troubles.remove(url);
    }

    /** @return the state from now on */
    public synchronized State failed(String url) {
        Trouble trouble = troubles.get(url);
        int failures = trouble == null ? 1 : Math.min(limit, trouble.failures() + 1);
        troubles.put(url, new Trouble(failures, clock.instant().plus(rest), false));
        return failures < limit ? State.CLOSED : State.OPEN;
    }

    /** Returns how many URLs are not requested, or only probed. */
    public synchronized int open() {
        return (int) troubles.values().stream()
                .filter(trouble -> trouble.failures() >= limit)
                .count();
    }
}
