package dev.trunkline.sip.gateway;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Whether a gateway is there, by what it answers to OPTIONS (RFC 3261 section 11).
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
 * Any answer is a sign of life, 404 and 405 too, for many answer OPTIONS so; but not one that says that nobody is behind it,
 * nor none. Who was never asked is up: a first call need not wait for the first ping.
 *
 * @param every how often one that is up is asked
 * @param whileDown how often one that is down, or in doubt, is asked
 * @param patience how long an answer is waited for
 * @param downAfter 1 or more
 * @param upAfter 1 or more
 */
public record GatewayWatch(Duration every, Duration whileDown, Duration patience, int downAfter, int upAfter) {
    private static final double EARLIEST = 0.9;

    public GatewayWatch {
        if (!every.isPositive() || !whileDown.isPositive() || !patience.isPositive() || downAfter < 1 || upAfter < 1) {
            throw new IllegalArgumentException("a watch of gateways has times above zero, and counts of 1 or more");
        }
    }

    /** Each 25 s, which keeps a NAT open too; down after three that fail, asked each 5 s; up after two. */
    public static GatewayWatch usual() {
        return new GatewayWatch(Duration.ofSeconds(25), Duration.ofSeconds(5), Duration.ofSeconds(4), 3, 2);
    }

    /** @param against how many pings in a row spoke against what it is */
    public record State(boolean up, int against) {
        public static final State BEGINNING = new State(true, 0);
    }

    /** @param changed whether it went down, or came up */
    public record Step(State state, boolean changed) {}

    /** Whether a status is a sign of life. @param status of the answer; 408 where none came, 503 where nothing could be sent */
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

    /** How long until it is asked again; a little by chance, so that pings of many do not go out at once. */
    public Duration next(State state, RandomGenerator random) {
        Duration whole = state.up() && state.against() == 0 ? every : whileDown;
        return Duration.ofMillis((long) (whole.toMillis() * (EARLIEST + (1 - EARLIEST) * random.nextDouble())));
    }
}
