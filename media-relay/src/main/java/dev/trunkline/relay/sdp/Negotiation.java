package dev.trunkline.relay.sdp;

import dev.trunkline.events.TraceStep;
import java.util.List;

/** What became of an offer. */
public sealed interface Negotiation {
    /** An answer can be written. */
    record Accepted(PhoneMedia media, AnswerShape shape) implements Negotiation {}

    /** No stream of the offer can be taken; the trace says why for each. */
    record Refused(List<TraceStep> trace) implements Negotiation {
        public Refused {
            trace = List.copyOf(trace);
        }
    }
}
