package dev.trunkline.router.dialling;

import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutgoingLimits;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.destinations.Redirects;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The decision on a requested outbound call, and the steps that led to it. No step contains the called number, or a caller's. */
public sealed interface DialDecision {

    List<TraceStep> trace();

    /**
     * The call is made.
     *
     * @param trunk the outbound trunk; its codecs and SRTP are the call's
     * @param number in E.164 if it is a public number, else as it is dialled: an extension, a name, an emergency number
     * @param publicNumber whether it is in E.164
     * @param user user part of the Request-URI, as the trunk wants it
     * @param callerId the number that is shown, likewise; empty for none
     * @param longestSeconds how long it may last from its answer; empty for no limit
     * @param emergency whether it is exempt from all limits
     * @param redirects where the other side may redirect it by a 3xx; empty if redirects are not followed
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

        /** Leaves out the called party: this record must not leak into a log line. */
        @Override
        public String toString() {
            return "Dial[" + trunk.name() + "]";
        }
    }

    /**
     * The call is not made.
     *
     * @param reason {@code destination-invalid}, {@code destination-forbidden} or {@code no-outbound-trunk}
     */
    record Refuse(RefusalReason reason, List<TraceStep> trace) implements DialDecision {

        public Refuse {
            trace = List.copyOf(trace);
        }

        /** Returns one sentence that tells the requester why: that of the last step. */
        public String detail() {
            return trace.isEmpty() ? reason.sentence() : trace.getLast().detail();
        }
    }
}
