package dev.trunkline.dispatcher.watch;

import java.time.Duration;
import java.util.List;

/** What a watch wants done. */
public sealed interface Effect {

    /** Ask LiveKit for the seat's agent. */
    record Ask(int seat) implements Effect {}

    /** Say {@link Input.RetryDue} after a pause. */
    record Retry(int seat, Duration after) implements Effect {}

    /** Say {@link Input.PatienceOver} of a round after this time. */
    record Wait(int round, Duration time) implements Effect {}

    /** Take a dispatch back; its agent goes, if it came at all. */
    record Withdraw(String dispatchId) implements Effect {}

    /** A round was over before this watch began: take the seat's dispatch back, if an earlier watch left one. */
    record Recall(int seat) implements Effect {}

    record TellDispatched(int seat, String dispatchId) implements Effect {}

    /**
     * @param agents who was asked for, or would have been in time
     * @param waitedSeconds in all
     * @param why one sentence
     */
    record TellUnavailable(List<String> agents, int waitedSeconds, String why) implements Effect {}

    /** The admission needs no further watching: it need not come again after a crash. */
    record Settle() implements Effect {}

    /** Nothing more can happen: the watch can be dropped. */
    record Forget() implements Effect {}
}
