package dev.trunkline.relay.calls;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.TraceStep;
import dev.trunkline.bus.EventHandler;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.relay.pin.PinEntry;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.room.RoomEntry.Visit;
import dev.trunkline.relay.room.RoomMetadata;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.relay.sdp.Negotiation;
import dev.trunkline.relay.sdp.PhoneMedia;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

    CallIntake(CallContext context, Calls calls, Capacity capacity) {
        this.context = context;
        this.calls = calls;
        this.capacity = capacity;
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
            LOG.infof("call=%s was over before its media was wanted", callId);
            return CompletableFuture.completedFuture(null);
        }
        if (envelope.time().plus(STALE).isBefore(context.clock().instant())) {
            LOG.warnf("call=%s was admitted more than %d s ago and is passed over", callId, STALE.toSeconds());
            return CompletableFuture.completedFuture(null);
        }
        var voice = new CallVoice(context.publisher(), context.envelopes(), envelope, admitted, context.relay());
        return begin(admitted, voice);
    }

    private CompletionStage<Void> begin(CallAdmitted admitted, CallVoice voice) {
        String offer = admitted.route().invite().sdpOffer();
        if (offer.isBlank()) {
            return begin(admitted, voice, Optional.empty());
        }
        return switch (context.offers().judge(offer)) {
            case Negotiation.Refused refused -> refuse(admitted, voice, RefusalReason.NO_COMMON_CODEC, refused.trace());
            case Negotiation.Accepted accepted -> begin(admitted, voice, Optional.of(accepted));
        };
    }

    /** @param accepted empty where the INVITE asks for an offer of ours */
    private CompletionStage<Void> begin(
            CallAdmitted admitted, CallVoice voice, Optional<Negotiation.Accepted> accepted) {
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
        CallId callId = admitted.callId();
        var visit = new Visit(
                "call=" + callId, admitted.route().room(), SipParticipant.of(admitted, caller),
                RoomMetadata.of(admitted, caller), phone.orElseGet(() -> Agreement.unanswered(context.offers())).codec(),
                admitted.route().entry().map(RoomEntry::mustExist).orElse(false));
        var taken = new TakenCall(admitted, voice, visit, ports.get(), accepted, crypto, pin);
        var call = new RelayedCall(context, taken, () -> {
            calls.remove(callId);
            capacity.review();
        });
        calls.add(callId, call);
        context.metrics().callTaken();
        capacity.review();
        return call.begin();
    }

    private CompletionStage<Void> refuse(
            CallAdmitted admitted, CallVoice voice, RefusalReason reason, List<TraceStep> trace) {
        LOG.warnf("call=%s refused: %s, %s", admitted.callId(), reason.code(), trace.getLast().detail());
        context.metrics().callRefused(reason);
        return voice.reject(reason, trace);
    }
}
