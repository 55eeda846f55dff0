package dev.trunkline.sipapi.calls;

import java.util.OptionalInt;

/** What became of a transfer. */
public sealed interface TransferOutcome {
    record Succeeded() implements TransferOutcome {}

    /** @param status that ended it, where there was one @param sentence for people, without a number */
    record Failed(OptionalInt status, String sentence) implements TransferOutcome {}

    /** The call ended before anything was known of its transfer. */
    record CallEnded() implements TransferOutcome {}
}
