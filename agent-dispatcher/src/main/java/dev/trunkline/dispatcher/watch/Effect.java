package dev.trunkline.dispatcher.watch;

import java.time.Duration;

/** What a watch wants done. */
public sealed interface Effect {

    /** Ask LiveKit for the seat's agent. */
    record Ask(int seat) implements Effect {}

    /** Say {@link Input.RetryDue} after a pause. */
    record Retry(int seat, Duration after) implements Effect {}

    /** Take a dispatch back; its agent goes, if it came at all. */
    record Withdraw(String dispatchId) implements Effect {}

    record TellDispatched(int seat, String dispatchId) implements Effect {}

    /** @param why one sentence */
    record TellUnavailable(String why) implements Effect {}

    /** The admission needs no further watching: it need not come again after a crash. */
    record Settle() implements Effect {}

    /** Nothing more can happen: the watch can be dropped. */
    record Forget() implements Effect {}
}
