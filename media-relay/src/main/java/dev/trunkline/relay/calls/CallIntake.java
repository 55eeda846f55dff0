package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.EventHandler;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.relay.pin.PinEntry;
import dev.trunkline.relay.pin.PinThrottle;
import dev.trunkline.relay.pin.PinThrottle.Standing;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.room.RoomJoiner.Visit;
import dev.trunkline.relay.room.RoomMetadata;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.PhoneCodec;
import dev.trunkline.relay.sdp.PhoneMedia;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Takes admitted calls: judges the offer, allocates a port, opens the seal, and starts the call. A repeated admission changes
 * nothing.
 */
final class CallIntake implements EventHandler {
    private static final Logger LOG = Logger.getLogger(CallIntake.class);
    /** An admission this old, for example after an outage, belongs to a caller who has long received a final response. */
    private static final Duration STALE = Duration.ofSeconds(60);

    private final CallContext context;
    private final Calls calls;
    private final Capacity capacity;
    private final GivenRooms rooms;
    private final RecordAges ages;
    /** Calls that wait for their room to be decided. */
    private final Map<CallId, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    /** @param ages of the events that arrive here */
    CallIntake(CallContext context, Calls calls, Capacity capacity, GivenRooms rooms, RecordAges ages) {
        this.context = context;
        this.calls = calls;
        this.capacity = capacity;
        this.rooms = rooms;
        this.ages = ages;
    }

    @Override
    public CompletionStage<Void> handle(Envelope envelope) {
        return switch (envelope.record()) {
            case CallAdmitted admitted -> handle(envelope, admitted, Optional.empty());
            case MediaLost lost -> {
                var takeOver = TakeOver.of(lost, context.offers());
                yield handle(envelope, takeOver.continued(lost.admitted()), Optional.of(takeOver));
            }
            default -> CompletableFuture.completedFuture(null);
        };
    }

    private CompletionStage<Void> handle(Envelope envelope, CallAdmitted admitted, Optional<TakeOver> takeOver) {
        CallId callId = admitted.callId();
        Optional<RelayedCall> known = calls.find(callId.toString());
        if (known.isPresent()) {
            // This relay is alive but was considered lost: for its edge the call begins anew nevertheless.
            return takeOver.isEmpty()
                    ? known.get().settled()
                    : known.get().letGo(takeOver.get().revision()).thenComposeAsync(
                            gone -> gone ? handle(envelope, admitted, takeOver) : known.get().settled(), context.threads());
        }
        if (calls.hasEnded(callId.toString())) {
            LOG.infof("%s ended before its media was needed", CallLabel.of(admitted));
            return CompletableFuture.completedFuture(null);
        }
        if (ages.of(envelope.time()).compareTo(STALE) > 0) {
            LOG.warnf("%s was admitted more than %d s ago and is ignored", CallLabel.of(admitted), STALE.toSeconds());
            return CompletableFuture.completedFuture(null);
        }
        if (takeOver.isPresent()) {
            LOG.infof("%s is being taken over from another relay", CallLabel.of(admitted));
            return take(envelope, admitted, false, takeOver);
        }
        return admitted.route().mayBeGivenARoom() ? whenGiven(envelope, admitted) : take(envelope, admitted, false, takeOver);
    }

    /** Takes the call as soon as it is known in which room its agents wait, or that none do. */
    private CompletionStage<Void> whenGiven(Envelope envelope, CallAdmitted admitted) {
        CallId callId = admitted.callId();
        var settled = new CompletableFuture<Void>();
        CompletableFuture<Void> known = waiting.putIfAbsent(callId, settled);
        if (known != null) {
            return known;
        }
        rooms.of(callId.toString())
                .thenComposeAsync(
                        room -> take(envelope, room.map(admitted::in).orElse(admitted), room.isPresent(), Optional.empty()),
                        context.threads())
                .whenComplete((done, failure) -> {
                    waiting.remove(callId, settled);
                    if (failure == null) {
                        settled.complete(null);
                    } else {
                        settled.completeExceptionally(failure);
                    }
                });
        return settled;
    }

    /** @param agentsWait whether agents are in the room already */
    private CompletionStage<Void> take(Envelope envelope, CallAdmitted admitted, boolean agentsWait, Optional<TakeOver> takeOver) {
        var voice = new CallVoice(
                context.publisher(), context.envelopes(), envelope, admitted, context.relay(), context.clock(), takeOver);
        try {
            return begin(new Wanted(admitted, voice, agentsWait, takeOver));
        } catch (Throwable fault) {
            context.guards().faults().caught("call-intake", fault);
            context.metrics().callRefused(RefusalReason.SUITE_FULL);
            return voice.rejectAsFailed();
        }
    }

    /**
     * A call that is to be taken.
     *
     * @param agentsWait whether agents are in the room already
     * @param takeOver of another relay's call; empty for one that has just been admitted
     */
    private record Wanted(CallAdmitted admitted, CallVoice voice, boolean agentsWait, Optional<TakeOver> takeOver) {}

    private CompletionStage<Void> begin(Wanted call) {
        CallAdmitted admitted = call.admitted();
        CallVoice voice = call.voice();
        Optional<MediaTerms> terms = MediaTerms.of(admitted.route(), context.offers())
                .map(usual -> call.takeOver().map(known -> known.terms(usual)).orElse(usual));
        if (terms.isEmpty()) {
            return refuse(admitted, voice, RefusalReason.NO_COMMON_CODEC, List.of(new TraceStep("trunk-codecs",
                    "This relay supports none of the outbound trunk's codecs: see TRUNKLINE_MEDIA_CODECS.")));
        }
        String offer = admitted.route().invite().sdpOffer();
        if (offer.isBlank()) {
            return begin(call, terms.get(), Optional.empty());
        }
        return switch (terms.get().judge().judge(offer)) {
            case Negotiation.Refused refused -> refuse(admitted, voice, RefusalReason.NO_COMMON_CODEC, refused.trace());
            case Negotiation.Accepted accepted -> begin(call, terms.get(), Optional.of(accepted));
        };
    }

    /** @param accepted empty if the offer is to be ours */
    private CompletionStage<Void> begin(Wanted wanted, MediaTerms terms, Optional<Negotiation.Accepted> accepted) {
        CallAdmitted admitted = wanted.admitted();
        CallVoice voice = wanted.voice();
        Optional<PhoneMedia> phone = accepted.map(Negotiation.Accepted::media);
        if (!capacity.hasRoom() && !isEmergency(admitted)) {
            return refuse(admitted, voice, RefusalReason.SUITE_FULL,
                    List.of(new TraceStep("relay-full", "The media relay has reached its maximum number of calls.")));
        }
        CallerSecrets caller;
        try {
            caller = context.sealed().open(admitted.callId(), admitted.route().invite().sealed());
        } catch (SealBrokenException e) {
            return refuse(admitted, voice, RefusalReason.SUITE_FULL, List.of(new TraceStep("seal-broken", e.getMessage())));
        }
        Optional<PinEntry> pin;
        try {
            // A caller who was in the room has entered the PIN already.
            pin = admitted.route().entry().filter(entry -> wanted.takeOver().isEmpty()).flatMap(RoomEntry::sealedPin)
                    .map(sealed -> new PinEntry(context.sealed().open(admitted.callId(), sealed).number()));
        } catch (SealBrokenException | IllegalArgumentException e) {
            return refuse(admitted, voice, RefusalReason.SUITE_FULL, List.of(new TraceStep("pin-unusable", e.getMessage())));
        }
        String pinCaller = PinThrottle.key(admitted.route().rule().id(), admitted.route().invite().caller().pseudonym());
        if (pin.isPresent() && context.guards().pins().standing(pinCaller) instanceof Standing.Refused) {
            context.metrics().pinThrottled();
            return refuse(admitted, voice, RefusalReason.CALLER_RATE, List.of(new TraceStep(
                    "pin-throttled", "The caller has entered too many wrong PINs for this rule, and may try again later.")));
        }
        if (pin.isPresent() && phone.filter(media -> !context.media().hearsKeys(media)).isPresent()) {
            return refuse(admitted, voice, RefusalReason.NO_COMMON_CODEC, List.of(new TraceStep(
                    "pin-without-keys", "The rule asks for a PIN, but the offer has no telephone-event with which to enter it.")));
        }
        var crypto = new CallCrypto(context.sealer(), admitted.callId(), context.random());
        try {
            crypto.agree(phone.flatMap(PhoneMedia::crypto));
        } catch (SealBrokenException e) {
            return refuse(admitted, voice, RefusalReason.NO_COMMON_CODEC,
                    List.of(new TraceStep("srtp-key-unusable", e.getMessage())));
        }
        Optional<PortPair> ports = PortPair.open(context.ports(), context.bind());
        if (ports.isEmpty()) {
            return refuse(admitted, voice, RefusalReason.SUITE_FULL,
                    List.of(new TraceStep("no-free-port", "The media relay has no free RTP port.")));
        }
        return begin(wanted, accepted, new Found(caller, terms, crypto, pin, pinCaller), ports.get());
    }

    /** An emergency call is taken however many calls the relay has, as long as there is a port. */
    private static boolean isEmergency(CallAdmitted admitted) {
        return admitted.route().outgoing().filter(OutgoingLeg::emergency).isPresent();
    }

    /** The content of an admission's seals. */
    private record Found(
            CallerSecrets caller, MediaTerms terms, CallCrypto crypto, Optional<PinEntry> pin, String pinCaller) {}

    /** Passes the port to the call, or releases it. */
    private CompletionStage<Void> begin(
            Wanted wanted, Optional<Negotiation.Accepted> accepted, Found found, PortPair ports) {
        CallAdmitted admitted = wanted.admitted();
        CallId callId = admitted.callId();
        RelayedCall call;
        try {
            PhoneCodec codec = accepted.map(Negotiation.Accepted::media)
                    .orElseGet(found.terms()::unanswered).codec();
            var visit = new Visit(
                    CallLabel.of(admitted).toString(), admitted.route().room(), participant(wanted, found.caller()),
                    RoomMetadata.of(admitted, found.caller()), codec,
                    mustExist(admitted.route()), wanted.agentsWait(), wanted.takeOver().map(TakeOver::participantSid));
            call = new RelayedCall(
                    context,
                    new TakenCall(
                            admitted, wanted.voice(), visit, ports, found.terms(), accepted, found.crypto(), found.pin(),
                            found.pinCaller(), wanted.takeOver(), Called.of(admitted, found.caller(), context.sealer())),
                    () -> calls.remove(callId));
        } catch (Throwable fault) {
            context.guards().faults().guarded("call-release", ports::close).run();
            context.ports().giveBack(ports.port());
            throw fault;
        }
        calls.add(callId, call);
        context.metrics().callTaken();
        admitted.route().outgoing().ifPresent(leg -> context.metrics().legTaken(leg.purpose()));
        CompletionStage<Void> settled = call.begin();
        if (calls.hasEnded(callId.toString())) {
            // The call's last event arrived while it was being taken.
            call.over();
        }
        return settled;
    }

    private static SipParticipant participant(Wanted wanted, CallerSecrets caller) {
        SipParticipant participant = SipParticipant.of(wanted.admitted(), caller);
        return wanted.takeOver().isPresent() ? participant.with(SipParticipant.ACTIVE) : participant;
    }

    /** The target of a hand-over joins an existing room; a deleted room must not be created again for a stranger alone. */
    private static boolean mustExist(CallRouted route) {
        return route.entry().map(RoomEntry::mustExist).orElse(false)
                || route.outgoing().filter(leg -> leg.purpose() != DialPurpose.DIAL).isPresent();
    }

    private CompletionStage<Void> refuse(
            CallAdmitted admitted, CallVoice voice, RefusalReason reason, List<TraceStep> trace) {
        LOG.warnf("%s refused: %s, %s", CallLabel.of(admitted), reason.code(), trace.getLast().detail());
        context.metrics().callRefused(reason);
        return voice.reject(reason, trace);
    }
}
