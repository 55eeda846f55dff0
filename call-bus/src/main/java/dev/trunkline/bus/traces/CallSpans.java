package dev.trunkline.bus.traces;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.EventSpans;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Optional;

/**
 * Creates a span for each event. The span begins when the event that caused this one was published, so it includes the time on Kafka, and
 * ends when this one is published. The last event adds the span of the whole call, the root of its trace. Heartbeats have no span, because
 * they say that nothing happened. Thread-safe.
 */
final class CallSpans implements EventSpans {
    private static final int SERVER_FAILED = 500;

    private final Tracer tracer;
    private final GivenIds ids;

    /** @param ids the generator that the tracer's provider uses */
    CallSpans(Tracer tracer, GivenIds ids) {
        this.tracer = tracer;
        this.ids = ids;
    }

    @Override
    public void said(Envelope event, Optional<Envelope> cause) {
        if (event.record() instanceof CallHeartbeat) {
            return;
        }
        TraceContext root = TraceContext.root(event.callId(), true);
        TraceContext parent = cause
                .flatMap(from -> TraceContext.parse(from.traceparent()))
                .filter(from -> from.traceId().equals(root.traceId()))
                .orElse(root);
        Instant begin = cause.map(Envelope::time).filter(before -> before.isBefore(event.time())).orElse(event.time());
        TraceContext.parse(event.traceparent()).ifPresent(own -> {
            Span span = started(own, Optional.of(parent), name(event), begin);
            span.setAttribute("trunkline.call", event.callId().toString());
            event.owners().edge().ifPresent(edge -> span.setAttribute("trunkline.edge", edge));
            event.owners().relay().ifPresent(relay -> span.setAttribute("trunkline.relay", relay));
            span.end(event.time());
        });
        switch (event.record()) {
            case CallEnded ended -> ended.summary().ifPresent(whole ->
                    call(root, event, whole, ended.reason().code(), ended.reason().cause()));
            case CallRejected refusal -> refusal.summary().ifPresent(whole ->
                    call(root, event, whole, refusal.reason().code(), refusal.status()));
            default -> {
                // The call continues.
            }
        }
    }

    private void call(TraceContext root, Envelope event, CallSummary whole, String reason, int status) {
        Span span = started(root, Optional.empty(), "call", whole.receivedAt());
        span.setAttribute("trunkline.call", event.callId().toString());
        span.setAttribute("trunkline.direction", whole.direction().code());
        span.setAttribute("trunkline.trunk", whole.trunk().name());
        whole.organisation().ifPresent(organisation -> span.setAttribute("trunkline.organisation", organisation.name()));
        whole.rule().ifPresent(rule -> span.setAttribute("trunkline.rule", rule.name()));
        whole.room().ifPresent(room -> span.setAttribute("trunkline.room", room));
        whole.agent().ifPresent(agent -> span.setAttribute("trunkline.agent", agent));
        whole.parent().ifPresent(parent -> span.setAttribute("trunkline.parent", parent.toString()));
        whole.setupMillis().ifPresent(millis -> span.setAttribute("trunkline.setup_ms", millis));
        span.setAttribute("trunkline.talk_ms", whole.talkMillis());
        span.setAttribute("trunkline.reason", reason);
        span.setAttribute("sip.status", (long) status);
        if (status >= SERVER_FAILED && status < SERVER_FAILED + 100) {
            span.setStatus(StatusCode.ERROR, reason);
        }
        span.end(whole.endedAt().isBefore(whole.receivedAt()) ? whole.receivedAt() : whole.endedAt());
    }

    private Span started(TraceContext own, Optional<TraceContext> parent, String name, Instant begin) {
        Context context = parent.map(CallSpans::remote)
                .map(span -> Context.root().with(span))
                .orElseGet(Context::root);
        SpanBuilder builder = tracer.spanBuilder(name).setParent(context).setStartTimestamp(begin);
        return ids.with(own.traceId(), own.spanId(), builder::startSpan);
    }

    private static Span remote(TraceContext parent) {
        return Span.wrap(SpanContext.createFromRemoteParent(
                parent.traceId(), parent.spanId(), TraceFlags.getSampled(), TraceState.getDefault()));
    }

    /** {@code call.routed} of {@code dev.trunkline.call.routed.v1}. */
    private static String name(Envelope event) {
        String type = EventTypes.nameOf(event.record().getClass());
        return type.substring("dev.trunkline.".length(), type.lastIndexOf('.'));
    }
}
