package dev.trunkline.relay.sdp;

import dev.trunkline.events.TraceStep;
import java.util.List;

/** The outcome of an offer. */
public sealed interface Negotiation {
    /** The trace's code for a stream that is video, fax or the like. */
    String NOT_AUDIO = "stream-not-audio";

    /** An answer can be written. */
    record Accepted(PhoneMedia media, AnswerShape shape) implements Negotiation {}

    /** No stream of the offer can be accepted; the trace says why for each. */
    record Refused(List<TraceStep> trace) implements Negotiation {
        public Refused {
            trace = List.copyOf(trace);
        }

        /** Returns what does not fit, in a sentence: about the audio if there is any. */
        public String detail() {
            return trace.stream().filter(step -> !step.step().equals(NOT_AUDIO)).findFirst()
                    .orElse(trace.getFirst()).detail();
        }
    }
}
