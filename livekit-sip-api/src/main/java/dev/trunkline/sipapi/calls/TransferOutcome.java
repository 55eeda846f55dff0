package dev.trunkline.sipapi.calls;

import java.util.OptionalInt;

/** The outcome of a transfer. */
public sealed interface TransferOutcome {
    record Succeeded() implements TransferOutcome {}

    /** @param status that ended it, if there was one @param sentence for people, without a number */
    record Failed(OptionalInt status, String sentence) implements TransferOutcome {}

    /** The call ended before the outcome of its transfer was known. */
    record CallEnded() implements TransferOutcome {}
}
