package dev.trunkline.relay.calls;

import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.relay.sdp.PhoneMedia;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Handles offers and answers after the INVITE's own, and publishes the results. Used in the call's queue only. */
final class Renegotiation {
    private final CallId callId;
    private final Agreement agreement;
    private final CallVoice voice;
    private final Predicate<PhoneMedia> keys;
    private final Supplier<MediaReady> ready;
    private final BiConsumer<EndReason, String> end;
    private final BooleanSupplier isTalk;
    private boolean saidHeld;

    /**
     * @param keys whether keys of the phone can be detected if they are needed: a PIN may be required
     * @param ready returns our current description
     * @param end ends a call that has no audio
     * @param isTalk whether a hold counts as one: a party called that has not answered yet may send only
     */
    Renegotiation(
            CallId callId,
            Agreement agreement,
            CallVoice voice,
            Predicate<PhoneMedia> keys,
            Supplier<MediaReady> ready,
            BiConsumer<EndReason, String> end,
            BooleanSupplier isTalk) {
        this.callId = callId;
        this.agreement = agreement;
        this.voice = voice;
        this.keys = keys;
        this.ready = ready;
        this.end = end;
        this.isTalk = isTalk;
        this.saidHeld = agreement.held();
    }

    void take(Envelope cause, MediaOffered offered) {
        if (offered.sdpAnswer().isPresent()) {
            answered(offered);
        } else if (offered.sdpOffer().isBlank()) {
            agreement.offers(offered.revision());
            voice.reply(cause, ready.get());
        } else {
            // A refused offer leaves the session as it is (RFC 3261 section 14.2).
            Optional<String> fault = agreement.takes(offered);
            voice.reply(cause, fault.isEmpty() ? ready.get() : new MediaRefused(
                    callId, voice.relay(), offered.revision(), RefusalReason.NO_COMMON_CODEC, fault.get()));
        }
        tellHold(cause);
    }

    /** Publishes that the phone holds the call, or no longer does, if that is so and was not published. */
    void tellHold(Envelope cause) {
        if (saidHeld != agreement.held() && isTalk.getAsBoolean()) {
            saidHeld = agreement.held();
            voice.reply(cause, saidHeld ? new CallHeld(callId) : new CallResumed(callId));
        }
    }

    private void answered(MediaOffered offered) {
        Optional<String> fault = agreement.takesAnswer(offered);
        if (fault.isPresent() && !agreement.isAnswered()) {
            end.accept(EndReason.MEDIA_TIMEOUT,
                    "the phone's side answered our offer with nothing that this relay supports: " + fault.get());
        } else if (fault.isEmpty() && !keys.test(agreement.agreed())) {
            end.accept(EndReason.PIN_WRONG, "the caller's side has no telephone-event with which to enter the PIN");
        }
    }
}
