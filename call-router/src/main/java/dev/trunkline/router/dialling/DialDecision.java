package dev.trunkline.router.dialling;

import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.destinations.Redirects;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What becomes of a wish to call somebody, and the steps that led there. No step has the number that is called, or a caller's. */
public sealed interface DialDecision {

    List<TraceStep> trace();

    /**
     * It is dialled.
     *
     * @param trunk by which; its codecs and SRTP are the call's
     * @param number in E.164 where it is a public number, else as it is dialled: an extension, a name, an emergency number
     * @param publicNumber whether it is in E.164
     * @param user user part of the Request-URI, as the trunk wants it
     * @param callerId the number that is shown, likewise; empty where none is
     * @param longestSeconds how long it may last from its answer; empty for no end
     * @param emergency no limit refuses it
     * @param redirects where the other side may send it by a 3xx; empty where none is followed
     */
    record Dial(
            OutboundTrunk trunk,
            String number,
            boolean publicNumber,
            String user,
            String callerId,
            OutgoingLimits limits,
            OptionalInt longestSeconds,
            boolean emergency,
            Optional<Redirects> redirects,
            List<TraceStep> trace)
            implements DialDecision {

        public Dial {
            trace = List.copyOf(trace);
        }

        /** Says whom it calls to nobody: this record must not leak into a log line. */
        @Override
        public String toString() {
            return "Dial[" + trunk.name() + "]";
        }
    }

    /**
     * It is not.
     *
     * @param reason {@code destination-invalid}, {@code destination-forbidden} or {@code no-outbound-trunk}
     */
    record Refuse(RefusalReason reason, List<TraceStep> trace) implements DialDecision {

        public Refuse {
            trace = List.copyOf(trace);
        }

        /** One sentence that says why, for whoever asked: that of the last step. */
        public String detail() {
            return trace.isEmpty() ? reason.sentence() : trace.getLast().detail();
        }
    }
}
