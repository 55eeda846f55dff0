package dev.trunkline.sip.gateway;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decides whether a gateway is up, by its responses to OPTIONS (RFC 3261 section 11).
 *
 * <pre>
 *            downAfter failures in a row
 *        +--------------------------------+
 *        |                                v
 *   --> Up                               Down
 *        ^                                |
 *        +--------------------------------+
 *             upAfter answers in a row
 * </pre>
 *
 * Any response is a sign of life, including 404 and 405, because many gateways answer OPTIONS like this. The exceptions are a
 * missing response, and one that says that nothing is behind the gateway. A gateway that has not been pinged yet is up: a first
 * call need not wait for the first ping.
 *
 * @param every ping interval of a gateway that is up
 * @param whileDown ping interval of a gateway that is down or in doubt
 * @param patience timeout of a ping
 * @param downAfter 1 or more
 * @param upAfter 1 or more
 */
public record GatewayWatch(Duration every, Duration whileDown, Duration patience, int downAfter, int upAfter) {
    private static final double EARLIEST = 0.9;

    public GatewayWatch {
        if (!every.isPositive() || !whileDown.isPositive() || !patience.isPositive() || downAfter < 1 || upAfter < 1) {
            throw new IllegalArgumentException("a watch of gateways needs times above zero and counts of 1 or more");
        }
    }

    /**
     * Returns the defaults: every 25 s, which also keeps a NAT open; down after three failures, then pinged every 5 s; up after
     * two answers.
     */
    public static GatewayWatch usual() {
        return new GatewayWatch(Duration.ofSeconds(25), Duration.ofSeconds(5), Duration.ofSeconds(4), 3, 2);
    }

    /** @param against number of consecutive pings that contradict the current state */
    public record State(boolean up, int against) {
        public static final State BEGINNING = new State(true, 0);
    }

    /** @param changed whether it went down or came up */
    public record Step(State state, boolean changed) {}

    /**
     * Returns whether a status is a sign of life.
     *
     * @param status of the response; 408 if none arrived, 503 if the request could not be sent
     */
    public static boolean lives(int status) {
        return switch (status) {
            case 408, 502, 503, 504 -> false;
            default -> true;
        };
    }

    /** @param status as {@link #lives} takes it */
    public Step on(State state, int status) {
        if (lives(status) == state.up()) {
            return new Step(new State(state.up(), 0), false);
        }
        int against = state.against() + 1;
        boolean turns = against >= (state.up() ? downAfter : upAfter);
        return turns ? new Step(new State(!state.up(), 0), true) : new Step(new State(state.up(), against), false);
    }

    /** Returns the time until the next ping, with some jitter, so that the pings to many gateways are not sent at once. */
    public Duration next(State state, RandomGenerator random) {
        Duration whole = state.up() && state.against() == 0 ? every : whileDown;
        return Duration.ofMillis((long) (whole.toMillis() * (EARLIEST + (1 - EARLIEST) * random.nextDouble())));
    }
}
