package dev.trunkline.events.codec;

import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.MessageDeleted;
import dev.trunkline.events.MessageRecorded;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Adds the CloudEvents attributes to what one process publishes. Thread-safe if clock and ids are. */
public final class Envelopes {
    private final String source;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Sampling sampling;
    private final EventSpans spans;

    /** Marks every call as traced, and records nothing. @param source {@code /<service>/<instance>} */
    public Envelopes(String source, Clock clock, Supplier<UUID> ids) {
        this(source, clock, ids, Sampling.ALL, EventSpans.NONE);
    }

    /**
     * @param source {@code /<service>/<instance>}
     * @param sampling which calls are traced, if no earlier event decided it
     * @param spans receives those calls' events
     */
    public Envelopes(String source, Clock clock, Supplier<UUID> ids, Sampling sampling, EventSpans spans) {
        this.source = source;
        this.clock = clock;
        this.ids = ids;
        this.sampling = sampling;
        this.spans = spans;
    }

    /** Wraps something that happened by itself. */
    public Envelope first(CallRecord record, Envelope.Owners owners) {
        return wrap(ids.get(), record, owners, Optional.empty());
    }

    /**
     * Wraps something that happens once, and may be published by a process that does not know whether it already was: its id is
     * derived from what it is.
     *
     * @param what identifies it among all events of this kind that happen to the call
     */
    public Envelope once(CallRecord record, String what, Envelope.Owners owners) {
        String name = record.callId() + EventTypes.nameOf(record.getClass()) + "/" + what;
        return wrap(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), record, owners, Optional.empty());
    }

    /**
     * Wraps something that another event caused. Its id is derived from that event's id, so a cause that is handled twice has one
     * effect for consumers that deduplicate by {@code ce_id}.
     */
    public Envelope reply(Envelope cause, CallRecord record) {
        return reply(cause, record, cause.owners());
    }

    public Envelope reply(Envelope cause, CallRecord record, Envelope.Owners owners) {
        String name = cause.id() + EventTypes.nameOf(record.getClass()) + which(record);
        return wrap(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), record, owners, Optional.of(cause));
    }

    /**
     * Distinguishes the several events of one kind that may follow from one cause: a call has several agents, and after a relay
     * dies a second relay answers the admission that the first had answered.
     */
    private static String which(CallRecord record) {
        return switch (record) {
            case MediaOffered offered -> "/" + offered.revision();
            case MediaReady ready -> "/" + ready.relay() + "/" + ready.revision();
            case MediaRefused refused -> "/" + refused.relay() + "/" + refused.revision();
            case AgentDispatched dispatched -> "/" + dispatched.agent();
            case MessageRecorded recorded -> "/" + recorded.message();
            case MessageDeleted deleted -> "/" + deleted.message();
            case AgentJoined joined -> "/" + joined.participantSid();
            default -> "";
        };
    }

    private Envelope wrap(UUID id, CallRecord record, Envelope.Owners owners, Optional<Envelope> cause) {
        boolean sampled = cause.flatMap(from -> TraceContext.parse(from.traceparent()))
                .map(TraceContext::sampled)
                .orElseGet(() -> sampling.takes(record.callId()));
        String traceparent = TraceContext.of(record.callId(), id, sampled).traceparent();
        var envelope = new Envelope(id, source, clock.instant(), owners, traceparent, record);
        if (sampled) {
            spans.said(envelope, cause);
        }
        return envelope;
    }
}
