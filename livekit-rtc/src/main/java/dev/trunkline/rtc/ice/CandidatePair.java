package dev.trunkline.rtc.ice;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Our one socket with one candidate of the server (RFC 8445 section 6.1.2).
 *
 * <pre>
 *   WAITING --due--> IN_PROGRESS --authentic answer--> SUCCEEDED
 *                        |
 *                        '--too many checks unanswered--> FAILED
 * </pre>
 */
final class CandidatePair {

    enum State { WAITING, IN_PROGRESS, SUCCEEDED, FAILED }

    /** Checks after which a pair has failed: with the intervals below that is after about 10 s. */
    private static final int MOST_CHECKS = 22;

    /** The server may begin to listen a moment after its answer has reached us, so the first checks follow each other quickly. */
    private static final long FIRST_INTERVAL = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_INTERVAL = Duration.ofMillis(500).toNanos();

    private final InetSocketAddress remote;
    private final long priority;
    private State state = State.WAITING;
    private long nextCheck;
    private int checks;

    CandidatePair(InetSocketAddress remote, long priority, long firstCheck) {
        this.remote = remote;
        this.priority = priority;
        this.nextCheck = firstCheck;
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** The priority of the server's candidate: with a single socket on our side, pairs rank as their candidates do. */
    long priority() {
        return priority;
    }

    State state() {
        return state;
    }

    boolean open() {
        return state == State.WAITING || state == State.IN_PROGRESS;
    }

    long nextCheck() {
        return nextCheck;
    }

    /** Records that a check is sent now. */
    void checked(long now) {
        state = State.IN_PROGRESS;
        nextCheck = now + Math.min(LONGEST_INTERVAL, FIRST_INTERVAL << Math.min(checks, 10));
        checks++;
    }

    /** Whether further checks are pointless. */
    boolean exhausted() {
        return checks >= MOST_CHECKS;
    }

    void failed() {
        state = State.FAILED;
    }

    void succeeded() {
        state = State.SUCCEEDED;
    }

    /** The server reached us from this address: check at once, even a pair that had failed (RFC 8445 section 7.3.1.4). */
    void trigger(long now) {
        if (state != State.SUCCEEDED) {
            state = State.WAITING;
            checks = 0;
            nextCheck = now;
        }
    }
}
