package dev.trunkline.events.codec;

import dev.trunkline.events.CallId;
import java.util.Optional;
import java.util.UUID;

/**
 * W3C Trace Context (level 1, section 3.2.2), as in the header {@code traceparent}. No id is random: the trace is the call, a span is an
 * event of it, and the span's id is derived from the event's. A redelivery is therefore the same span, and no context has to be carried
 * from the thread that reads to the one that writes.
 *
 * <pre>
 *   call
 *     |- call.invite.received       from the INVITE until the edge published it
 *     |    |- call.routed           from then until the router published it
 *     |    |    |- call.admitted    ...
 *     |- call.ended
 * </pre>
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled whether spans of this trace are to be recorded
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
    private static final int LENGTH = 55;
    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;

    /** Returns the context of the whole call, from its first event to its last. */
    public static TraceContext root(CallId call, boolean sampled) {
        return new TraceContext(call.traceId(), digits(call.value()), sampled);
    }

    /** Returns the context of the span that leads from an event's cause to the event. @param event its id */
    public static TraceContext of(CallId call, UUID event, boolean sampled) {
        return new TraceContext(call.traceId(), digits(event), sampled);
    }

    /** Returns empty for text that is not such a header; anything after the four fields, which later versions may have, is ignored. */
    public static Optional<TraceContext> parse(String traceparent) {
        boolean formed = traceparent.length() >= LENGTH
                && traceparent.charAt(2) == '-'
                && traceparent.charAt(SPAN_AT - 1) == '-'
                && traceparent.charAt(FLAGS_AT - 1) == '-'
                && (traceparent.length() == LENGTH || traceparent.charAt(LENGTH) == '-');
        if (!formed
                || !hexadecimal(traceparent, 0, 2)
                || !hexadecimal(traceparent, 3, SPAN_AT - 1)
                || !hexadecimal(traceparent, SPAN_AT, FLAGS_AT - 1)
                || !hexadecimal(traceparent, FLAGS_AT, LENGTH)) {
            return Optional.empty();
        }
        boolean sampled = (Character.digit(traceparent.charAt(LENGTH - 1), 16) & 1) == 1;
        return Optional.of(new TraceContext(
                traceparent.substring(3, SPAN_AT - 1), traceparent.substring(SPAN_AT, FLAGS_AT - 1), sampled));
    }

    /** Returns the value of the header. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    private static boolean hexadecimal(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Never zero, which the specification reserves for "no span". */
    private static String digits(UUID name) {
        long mixed = name.getMostSignificantBits() ^ name.getLeastSignificantBits();
        return "%016x".formatted(mixed == 0 ? 1 : mixed);
    }
}
