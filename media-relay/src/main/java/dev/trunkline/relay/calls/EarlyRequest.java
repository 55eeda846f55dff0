package dev.trunkline.relay.calls;

import java.time.Duration;
import java.util.Optional;

/**
 * A request that arrived before the answer of its call: the requester learns of the answer on another path than this relay, which may
 * be faster. The request waits briefly for the answer. Used in the call's queue only.
 *
 * <pre>
 *   nobody --await--> waiting --answered, or the time is up--> its turn has come
 * </pre>
 */
final class EarlyRequest {
    /** An answer takes milliseconds to arrive, and seconds if Kafka or the machine is slow. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    private final Patience patience;
    private Optional<Waiting> waiting = Optional.empty();

    private record Waiting(String transfer, Runnable turn) {}

    /** @param patience for this alone */
    EarlyRequest(Patience patience) {
        this.patience = patience;
    }

    /** Returns whether one waits already: then no second one can. */
    boolean isWaiting() {
        return waiting.isPresent();
    }

    /** Returns whether this request waits. */
    boolean isWaiting(String transfer) {
        return waiting.filter(one -> one.transfer().equals(transfer)).isPresent();
    }

    /** @param turn run once, in the queue, whether or not the call has been answered by then; never after {@link #close} */
    void await(String transfer, Runnable turn) {
        waiting = Optional.of(new Waiting(transfer, turn));
        patience.begin(LONGEST, this::answered);
    }

    void answered() {
        Optional<Waiting> turn = waiting;
        close();
        turn.ifPresent(one -> one.turn().run());
    }

    /** The call is over. */
    void close() {
        waiting = Optional.empty();
        patience.end();
    }
}
