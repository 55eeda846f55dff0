package dev.trunkline.dispatcher.watch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An action that a watch requests. */
public sealed interface Effect {

    /**
     * Ask LiveKit for the seat's agent.
     *
     * @param instead a dispatch that is taken back first, because it led to nothing
     */
    record Ask(int seat, Optional<String> instead) implements Effect {
        public Ask(int seat) {
            this(seat, Optional.empty());
        }
    }

    /** Input {@link Input.RetryDue} after a pause. */
    record Retry(int seat, Duration after) implements Effect {}

    /** Input {@link Input.LookDue} after a pause. */
    record LookLater(int seat, String dispatchId, Duration after) implements Effect {}

    /** Look up what became of a dispatch, and input {@link Input.Found}. */
    record Look(int seat, String dispatchId) implements Effect {}

    /** Input {@link Input.PatienceOver} for a round after this time. */
    record Wait(int round, Duration time) implements Effect {}

    /** Take a dispatch back; its agent leaves, if it came at all. */
    record Withdraw(String dispatchId) implements Effect {}

    /** Take the seat's dispatch back, if an earlier watch left one. */
    record Recall(int seat) implements Effect {}

    /** @param attempt counts the dispatches of this agent that LiveKit accepted, from 1 */
    record TellDispatched(int seat, String dispatchId, int attempt) implements Effect {}

    /**
     * @param agents those who were asked for, or would have been if there had been time
     * @param waitedSeconds in all
     * @param why one sentence
     */
    record TellUnavailable(List<String> agents, int waitedSeconds, String why) implements Effect {}

    /**
     * The event that began the watch needs no further watching: it need not be redelivered after a crash.
     */
    record Settle() implements Effect {}

    /** Nothing more can happen: the watch can be dropped. */
    record Forget() implements Effect {}
}
