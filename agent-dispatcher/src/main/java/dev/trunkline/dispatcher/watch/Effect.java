package dev.trunkline.dispatcher.watch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a watch wants done. */
public sealed interface Effect {

    /**
     * Ask LiveKit for the seat's agent.
     *
     * @param instead a dispatch that is taken back before, for it led to nothing
     */
    record Ask(int seat, Optional<String> instead) implements Effect {
        public Ask(int seat) {
            this(seat, Optional.empty());
        }
    }

    /** Say {@link Input.RetryDue} after a pause. */
    record Retry(int seat, Duration after) implements Effect {}

    /** Say {@link Input.LookDue} after a pause. */
    record LookLater(int seat, String dispatchId, Duration after) implements Effect {}

    /** Look what became of a dispatch, and say {@link Input.Found}. */
    record Look(int seat, String dispatchId) implements Effect {}

    /** Say {@link Input.PatienceOver} of a round after this time. */
    record Wait(int round, Duration time) implements Effect {}

    /** Take a dispatch back; its agent goes, if it came at all. */
    record Withdraw(String dispatchId) implements Effect {}

    /** Take the seat's dispatch back, if an earlier watch left one. */
    record Recall(int seat) implements Effect {}

    /** @param attempt counts the dispatches of this agent that LiveKit took, from 1 */
    record TellDispatched(int seat, String dispatchId, int attempt) implements Effect {}

    /**
     * @param agents who was asked for, or would have been in time
     * @param waitedSeconds in all
     * @param why one sentence
     */
    record TellUnavailable(List<String> agents, int waitedSeconds, String why) implements Effect {}

    /** The event that began the watch needs no further watching: it need not come again after a crash. */
    record Settle() implements Effect {}

    /** Nothing more can happen: the watch can be dropped. */
    record Forget() implements Effect {}
}
