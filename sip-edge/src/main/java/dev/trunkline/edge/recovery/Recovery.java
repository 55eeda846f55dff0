package dev.trunkline.edge.recovery;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.edge.call.CallStory;
import dev.trunkline.edge.call.Parting;
import dev.trunkline.edge.call.Session;
import dev.trunkline.edge.dialog.SealedDialogs;
import dev.trunkline.edge.outbound.PartingReader;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnnounced;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallJoined;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.JoinCalls;
import dev.trunkline.events.JoinStep;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import dev.trunkline.events.privacy.SealBrokenException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Finds out from the events which calls an earlier process of this edge left behind. Fed in order by one thread.
 *
 * <pre>
 *   answered, not ended              continues: BYE and re-INVITE are answered as if nothing had happened
 *   answered, ended by another just  no edge was there to tell the caller: BYE
 *   not answered, not ended          its INVITE transaction died with the process: call.ended (edge-lost), and 503 to the ringing caller
 * </pre>
 *
 * A REFER that was under way is awaited once more: either its NOTIFYs come to the process that resumes the call, or nothing comes,
 * and then the transfer has failed.
 *
 * <p>An outbound call begins with an admission that names no edge. It belongs to the edge that published an event of it; while none
 * has, to the edge that has its parent.
 */
public final class Recovery {
    private static final Logger LOG = Logger.getLogger(Recovery.class);
    /** A caller whose call was ended this long ago without a BYE has hung up by now. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final String HEARTBEAT = EventTypes.nameOf(CallHeartbeat.class);
    private static final Set<String> TELLING = Stream.<Class<? extends CallRecord>>of(
                    InviteReceived.class, CallAnswered.class, MediaOffered.class, MediaReady.class, MediaRefused.class, MediaLost.class, CallAnnounced.class,
                    CallEnded.class, CallRejected.class, CallAdmitted.class, AgentJoined.class, AgentLeft.class, AgentUnavailable.class,
                    LegRinging.class, TransferStarted.class, TransferFailed.class, TransferSucceeded.class, CallJoined.class, JoinCalls.class, HeadersChanged.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    private final String edge;
    private final String source;
    private final SealedDialogs dialogs;
    private final SdpKeys keys;
    private final PartingReader parting;
    private final ContainedFaults faults;
    private final Map<String, Trace> past = new HashMap<>();
    /** Calls whose phone joined them with another. */
    private final Map<CallId, CallJoined> united = new HashMap<>();
    /** The message from a call of another edge to one that it was joined with: that it is over. */
    private final Map<CallId, JoinCalls> parted = new HashMap<>();
    /** The latest headers that a BYE or a REFER is to have. */
    private final Map<CallId, HeadersChanged> headers = new HashMap<>();
    /** Outbound calls that were joined with their parents' callers. */
    private final Set<CallId> joined = new HashSet<>();

    /**
     * @param beat the last heartbeat as it came: a long call has thousands, and only the last matters
     * @param lastHeard time of its last event from any service
     * @param ours whether an event of it names this edge
     */
    private record Trace(
            RecoveredCall call, CallStory story, Optional<ConsumerRecord<String, byte[]>> beat, Instant lastHeard, boolean ours) {
        static Trace of(Envelope first) {
            return new Trace(RecoveredCall.of(first), told(CallStory.NONE, first), Optional.empty(), first.time(), isOurs(first));
        }

        Trace after(Envelope envelope) {
            return new Trace(call.after(envelope), told(story, envelope), beat, envelope.time(), ours || isOurs(envelope));
        }

        Trace after(ConsumerRecord<String, byte[]> heartbeat) {
            return new Trace(call, story, Optional.of(heartbeat), lastHeard, ours);
        }

        /** Events that name another edge do not arrive here. */
        private static boolean isOurs(Envelope envelope) {
            return envelope.owners().edge().isPresent();
        }

        private static CallStory told(CallStory story, Envelope envelope) {
            CallStory after = story.after(envelope);
            return envelope.record() instanceof CallAdmitted admitted && admitted.route().outgoing().isEmpty()
                    ? after.rang(envelope.time())
                    : after;
        }
    }

    /**
     * @param edge id of this edge
     * @param source {@code ce_source} of its events
     * @param parting reads the headers that a BYE or a REFER is to have
     */
    public Recovery(String edge, String source, SealedDialogs dialogs, SdpKeys keys, PartingReader parting, ContainedFaults faults) {
        this.parting = parting;
        this.faults = faults;
        this.keys = keys;
        this.edge = edge;
        this.source = source;
        this.dialogs = dialogs;
    }

    /**
     * @param goingOn established calls
     * @param unaware calls that are over without the caller's knowledge
     * @param lost calls that never were answered
     * @param unattended those of the established calls that nobody has joined, or in which nobody is left
     * @param stories of the established and of the lost calls
     * @param unheard messages from calls of other edges to established ones, which no process has read
     */
    public record Found(
            List<Session> goingOn,
            List<CallEnding> unaware,
            List<LostCall> lost,
            Map<CallId, Unattended> unattended,
            Map<CallId, CallStory> stories,
            List<JoinCalls> unheard) {

        public CallStory story(CallId call) {
            return stories.getOrDefault(call, CallStory.NONE);
        }
    }

    /**
     * @param admittedAt when its patience began
     * @param none that no agent came: then that patience is for what the relay carries out
     */
    public record Unattended(CallRouted route, Instant admittedAt, Optional<AgentUnavailable> none) {}

    /** A call whose last event another service published. */
    public record CallEnding(Session session, Envelope ended) {}

    /**
     * @param lastHeard time of its last event from any service
     * @param leg how it was to be placed; empty for an inbound call
     * @param invite by which it came in
     */
    public record LostCall(
            CallId id, Envelope.Owners owners, Instant lastHeard, Optional<OutgoingLeg> leg, Optional<InviteReceived> invite) {}

    public void accept(ConsumerRecord<String, byte[]> message) {
        try {
            read(message);
        } catch (Throwable fault) {
            faults.caught("recovery", fault);
        }
    }

    private void read(ConsumerRecord<String, byte[]> message) {
        Optional<String> whose = CallEventCodec.text(message.headers(), CallEventCodec.CE_EDGE);
        if (whose.isPresent() && !whose.get().equals(edge)) {
            // An outbound call for which no event had been published.
            past.remove(message.key());
            return;
        }
        String type = CallEventCodec.typeOf(message).orElse("");
        if (type.equals(HEARTBEAT)) {
            past.computeIfPresent(message.key(), (id, known) -> known.after(message));
        } else if (TELLING.contains(type)) {
            decoded(message).ifPresent(this::fold);
        }
    }

    private static Optional<Envelope> decoded(ConsumerRecord<String, byte[]> message) {
        try {
            return CallEventCodec.decode(message);
        } catch (UnreadableEventException e) {
            LOG.errorf("call=%s a record at %s-%d offset %d is ignored: %s", message.key(), message.topic(),
                    message.partition(), message.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    private void fold(Envelope envelope) {
        if (envelope.record() instanceof JoinCalls said) {
            if (said.step() == JoinStep.OVER) {
                parted.put(said.callId(), said);
            }
            return;
        }
        String key = envelope.callId().toString();
        if (envelope.record() instanceof TransferSucceeded succeeded) {
            succeeded.leg().ifPresent(joined::add);
        }
        if (envelope.record() instanceof CallJoined said) {
            united.put(said.callId(), said);
        }
        if (envelope.record() instanceof HeadersChanged said) {
            headers.put(said.callId(), said);
        }
        boolean oursAndLast = envelope.source().equals(source)
                && envelope.record() instanceof CallEvent event
                && event.isLast();
        if (oursAndLast || envelope.record() instanceof CallRejected) {
            past.remove(key);
            headers.remove(envelope.callId());
            return;
        }
        boolean begins = envelope.owners().edge().isPresent()
                || envelope.record() instanceof CallAdmitted admitted && admitted.route().outgoing().isPresent();
        past.compute(key, (id, known) -> known == null ? begins ? Trace.of(envelope) : null : known.after(envelope));
    }

    /** Returns what was left behind, and forgets it. */
    public Found found(Instant now) {
        var goingOn = new ArrayList<Session>();
        var unaware = new ArrayList<CallEnding>();
        var lost = new ArrayList<LostCall>();
        var unattended = new HashMap<CallId, Unattended>();
        var stories = new HashMap<CallId, CallStory>();
        past.forEach((key, trace) -> {
            RecoveredCall call = trace.call();
            if (call.last().isEmpty()) {
                stories.put(CallId.of(key), story(trace));
            }
            if (call.answered().isEmpty()) {
                if (call.last().isEmpty() && (call.invite().isPresent() || call.leg().isPresent() && isOurs(trace))) {
                    lost.add(new LostCall(CallId.of(key), new Envelope.Owners(Optional.of(edge), call.owners().relay()), trace.lastHeard(),
                            call.leg(), call.invite()));
                }
            } else if (call.last().isEmpty()) {
                session(key, call, now).ifPresent(goingOn::add);
                call.admitted().filter(admitted -> !call.attended() && call.leg().isEmpty()).ifPresent(admitted ->
                        unattended.put(CallId.of(key), new Unattended(admitted.route(), admitted.at(), admitted.none())));
            } else if (call.last().get().time().isAfter(now.minus(FRESH))) {
                Envelope ended = call.last().get();
                session(key, call, now).ifPresent(session -> unaware.add(new CallEnding(session, ended)));
            }
        });
        past.clear();
        joined.clear();
        united.clear();
        List<JoinCalls> unheard = goingOn.stream().map(Session::call).filter(parted::containsKey).map(parted::get).toList();
        parted.clear();
        headers.clear();
        return new Found(goingOn, unaware, lost, unattended, stories, unheard);
    }

    /** For an outbound call that was not answered. */
    private boolean isOurs(Trace trace) {
        return trace.ours()
                || trace.call().leg().flatMap(OutgoingLeg::parent).map(parent -> past.get(parent.toString())).filter(Trace::ours).isPresent();
    }

    private CallStory story(Trace trace) {
        try {
            return trace.beat().flatMap(Recovery::decoded).map(trace.story()::after).orElse(trace.story());
        } catch (Throwable fault) {
            faults.caught("recovery", fault);
            return trace.story();
        }
    }

    private Optional<Session> session(String key, RecoveredCall call, Instant now) {
        CallId id = CallId.of(key);
        try {
            return Optional.of(new Session(
                    id,
                    call.owners(),
                    dialogs.open(id, call.dialog().orElse("")).takenUp(Duration.between(call.answeredAt(), now)),
                    keys.opened(id, call.negotiatedOffer()),
                    keys.opened(id, call.ready().map(MediaReady::sdpAnswer).orElse("")),
                    call.ready().map(MediaReady::revision).orElse(0))
                    .offered(call.revisions())
                    .left(call.admitted().filter(admitted -> !call.attended() && call.leg().isEmpty()).flatMap(RecoveredCall.Admitted::left))
                    .of(call.leg().map(leg -> joined.contains(id) ? leg.joined() : leg))
                    .underReferral(call.referral())
                    .parting(Optional.ofNullable(headers.get(id)).flatMap(parting::read).orElse(Parting.NONE))
                    .joining(Optional.ofNullable(united.get(id)).map(Session.Joint::joined)));
        } catch (SealBrokenException e) {
            LOG.errorf("%s cannot be resumed: %s", CallLabel.of(id), e.getMessage());
            return Optional.empty();
        } catch (Throwable fault) {
            faults.caught("recovery", fault);
            return Optional.empty();
        }
    }
}
