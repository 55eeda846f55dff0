package dev.trunkline.relay.calls;

import java.time.Duration;
import java.util.Optional;

/**
 * A request that came before the answer of its call was heard: whoever asks hears of the answer by another way than this relay, which
 * may be the quicker one. It waits for the answer, shortly. Used in the call's queue only.
 *
 * <pre>
 *   nobody --await--> waiting --answered, or the time is up--> its turn has come
 * </pre>
 */
final class EarlyRequest {
    /** An answer takes milliseconds to be heard, and seconds where Kafka or the machine is slow. */
    static final Duration LONGEST = Duration.ofSeconds(2);

    private final Patience patience;
    private Optional<Waiting> waiting = Optional.empty();

    private record Waiting(String transfer, Runnable turn) {}

    /** @param patience for this alone */
    EarlyRequest(Patience patience) {
        this.patience = patience;
    }

    /** Whether one waits already: no second one can. */
    boolean isWaiting() {
        return waiting.isPresent();
    }

    /** Whether it is this one. */
    boolean isWaiting(String transfer) {
        return waiting.filter(one -> one.transfer().equals(transfer)).isPresent();
    }

    /** @param turn run once, in the queue, whether the call has been answered by then or not; never after {@link #close} */
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
