package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.EventHandler;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Envelope;
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
 * Takes admitted calls: judges the offer, takes a port, opens the seal, and lets the call begin. An admission that comes
 * again changes nothing.
 */
final class CallIntake implements EventHandler {
    private static final Logger LOG = Logger.getLogger(CallIntake.class);
    /** An admission this old, after an outage for example, is of a caller who has long heard his final response. */
    private static final Duration STALE = Duration.ofSeconds(60);

    private final CallContext context;
    private final Calls calls;
    private final Capacity capacity;
    private final GivenRooms rooms;
    /** Calls that wait to be given a room. */
    private final Map<CallId, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    CallIntake(CallContext context, Calls calls, Capacity capacity, GivenRooms rooms) {
        this.context = context;
        this.calls = calls;
        this.capacity = capacity;
        this.rooms = rooms;
    }

    @Override
    public CompletionStage<Void> handle(Envelope envelope) {
        if (!(envelope.record() instanceof CallAdmitted admitted)) {
            return CompletableFuture.completedFuture(null);
        }
        CallId callId = admitted.callId();
        Optional<RelayedCall> known = calls.find(callId.toString());
        if (known.isPresent()) {
            return known.get().settled();
        }
        if (calls.hasEnded(callId.toString())) {
            LOG.infof("%s was over before its media was wanted", CallLabel.of(admitted));
            return CompletableFuture.completedFuture(null);
        }
        if (envelope.time().plus(STALE).isBefore(context.clock().instant())) {
            LOG.warnf("%s was admitted more than %d s ago and is passed over", CallLabel.of(admitted), STALE.toSeconds());
            return CompletableFuture.completedFuture(null);
        }
        return admitted.route().mayBeGivenARoom() ? whenGiven(envelope, admitted) : take(envelope, admitted, false);
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
                        room -> take(envelope, room.map(admitted::in).orElse(admitted), room.isPresent()), context.threads())
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

    /** @param agentsWait in the room already */
    private CompletionStage<Void> take(Envelope envelope, CallAdmitted admitted, boolean agentsWait) {
        var voice = new CallVoice(context.publisher(), context.envelopes(), envelope, admitted, context.relay(), context.clock());
        try {
            return begin(admitted, voice, agentsWait);
        } catch (Throwable fault) {
            context.guards().faults().caught("call-intake", fault);
            context.metrics().callRefused(RefusalReason.SUITE_FULL);
            return voice.rejectAsFailed();
        }
    }

    private CompletionStage<Void> begin(CallAdmitted admitted, CallVoice voice, boolean agentsWait) {
        Optional<MediaTerms> terms = MediaTerms.of(admitted.route(), context.offers());
        if (terms.isEmpty()) {
            return refuse(admitted, voice, RefusalReason.NO_COMMON_CODEC, List.of(new TraceStep("trunk-codecs",
                    "None of the codecs of the outbound trunk is spoken here: see TRUNKLINE_MEDIA_CODECS.")));
        }
        String offer = admitted.route().invite().sdpOffer();
        if (offer.isBlank()) {
            return begin(admitted, voice, agentsWait, terms.get(), Optional.empty());
        }
        return switch (terms.get().judge().judge(offer)) {
            case Negotiation.Refused refused -> refuse(admitted, voice, RefusalReason.NO_COMMON_CODEC, refused.trace());
            case Negotiation.Accepted accepted -> begin(admitted, voice, agentsWait, terms.get(), Optional.of(accepted));
        };
    }

    /** @param accepted empty where the offer is to be ours */
    private CompletionStage<Void> begin(
            CallAdmitted admitted,
            CallVoice voice,
            boolean agentsWait,
            MediaTerms terms,
            Optional<Negotiation.Accepted> accepted) {
        Optional<PhoneMedia> phone = accepted.map(Negotiation.Accepted::media);
        if (!capacity.hasRoom()) {
            return refuse(admitted, voice, RefusalReason.SUITE_FULL,
                    List.of(new TraceStep("relay-full", "The media relay has as many calls as it may have.")));
        }
        CallerSecrets caller;
        try {
            caller = context.sealed().open(admitted.callId(), admitted.route().invite().sealed());
        } catch (SealBrokenException e) {
            return refuse(admitted, voice, RefusalReason.SUITE_FULL, List.of(new TraceStep("seal-broken", e.getMessage())));
        }
        Optional<PinEntry> pin;
        try {
            pin = admitted.route().entry().flatMap(RoomEntry::sealedPin)
                    .map(sealed -> new PinEntry(context.sealed().open(admitted.callId(), sealed).number()));
        } catch (SealBrokenException | IllegalArgumentException e) {
            return refuse(admitted, voice, RefusalReason.SUITE_FULL, List.of(new TraceStep("pin-unusable", e.getMessage())));
        }
        String pinCaller = PinThrottle.key(admitted.route().rule().id(), admitted.route().invite().caller().pseudonym());
        if (pin.isPresent() && context.guards().pins().standing(pinCaller) instanceof Standing.Refused) {
            context.metrics().pinThrottled();
            return refuse(admitted, voice, RefusalReason.CALLER_RATE, List.of(new TraceStep(
                    "pin-throttled", "The caller has entered too many wrong PINs of this rule, and may try again later.")));
        }
        if (pin.isPresent() && phone.filter(media -> !context.media().hearsKeys(media)).isPresent()) {
            return refuse(admitted, voice, RefusalReason.NO_COMMON_CODEC, List.of(new TraceStep(
                    "pin-without-keys", "The rule asks for a PIN, and the offer has no telephone-event to enter it by.")));
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
        return begin(admitted, voice, accepted, new Found(caller, terms, crypto, pin, pinCaller, agentsWait), ports.get());
    }

    /** What the seals of an admission hold, and whether agents wait in its room. */
    private record Found(
            CallerSecrets caller, MediaTerms terms, CallCrypto crypto, Optional<PinEntry> pin, String pinCaller, boolean agentsWait) {}

    /** The port is the call's from here on, or goes back. */
    private CompletionStage<Void> begin(
            CallAdmitted admitted,
            CallVoice voice,
            Optional<Negotiation.Accepted> accepted,
            Found found,
            PortPair ports) {
        CallId callId = admitted.callId();
        RelayedCall call;
        try {
            PhoneCodec codec = accepted.map(Negotiation.Accepted::media)
                    .orElseGet(found.terms()::unanswered).codec();
            var visit = new Visit(
                    CallLabel.of(admitted).toString(), admitted.route().room(), SipParticipant.of(admitted, found.caller()),
                    RoomMetadata.of(admitted, found.caller()), codec,
                    mustExist(admitted.route()), found.agentsWait());
            call = new RelayedCall(
                    context,
                    new TakenCall(
                            admitted, voice, visit, ports, found.terms(), accepted, found.crypto(), found.pin(), found.pinCaller()),
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
            // Its last event went by while it was being taken.
            call.over();
        }
        return settled;
    }

    /** Whom somebody in a room is to be joined with finds that room; one that is gone must not be made anew for a stranger alone. */
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
