package dev.trunkline.sipapi.calls;

import dev.trunkline.events.EndReason;
import java.util.OptionalInt;

/** The outcome of an outbound call. */
public sealed interface Outcome {
    record Answered() implements Outcome {}

    /** The call was not placed. @param status SIP status of the reason */
    record Refused(int status, String sentence) implements Outcome {}

    /** @param status of the callee's final response, if there was one */
    record Failed(EndReason reason, OptionalInt status, String sentence) implements Outcome {}
}
