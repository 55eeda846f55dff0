package dev.trunkline.sipapi.calls;

import dev.trunkline.events.EndReason;
import java.util.OptionalInt;

/** What became of a call out. */
public sealed interface Outcome {
    record Answered() implements Outcome {}

    /** Nobody was called. @param status SIP status of the reason */
    record Refused(int status, String sentence) implements Outcome {}

    /** @param status of the final response of whoever was called, where there was one */
    record Failed(EndReason reason, OptionalInt status, String sentence) implements Outcome {}
}
