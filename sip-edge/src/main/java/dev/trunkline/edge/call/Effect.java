package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.privacy.AnswerSecrets;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import java.time.Duration;
import java.util.Optional;

/** What is to be done; {@code dev.trunkline.edge.calls} does it, in order. */
public sealed interface Effect {

    /** Which of the call's transactions. */
    enum Transaction {
        /** The INVITE that began the call. */
        INVITE,
        /** The re-INVITE or UPDATE that waits for an answer. */
        OFFER,
        /** The phone's REFER that waits for an answer. */
        REFER,
        /** The request that is being handled. */
        REQUEST
    }

    record Respond(Transaction transaction, OutgoingResponse reply) implements Effect {}

    /** Retransmits the last 2xx to an INVITE or re-INVITE. */
    record RepeatAnswer() implements Effect {}

    /** Retransmits the last reliable provisional response to the INVITE. */
    record RepeatProvisional() implements Effect {}

    record Send(OutgoingRequest request) implements Effect {}

    /** Sends a request whose response matters: it comes back as {@link CallInput.Answer}. */
    record Ask(OutgoingRequest request) implements Effect {}

    /** Sends the ACK of a 2xx. */
    record Acknowledge(OutgoingRequest ack) implements Effect {}

    /** @param cause the event that led to this one, if any */
    record Publish(CallEvent event, Owners owners, Optional<Envelope> cause) implements Effect {}

    /** {@code call.media.offered}, with the dialog as it is at that moment, which is yet to be sealed. */
    record PublishOffered(MediaOffered offered, Dialog dialog, Owners owners) implements Effect {}

    /** {@code call.dtmf}, whose key is yet to be sealed. */
    record PublishKey(char digit, int millis, Owners owners) implements Effect {
        /** Hides the key. */
        @Override
        public String toString() {
            return "PublishKey[…]";
        }
    }

    /**
     * {@code call.answered}, whose dialog is yet to be sealed and whose time is now.
     *
     * @param answer of the callee, likewise; empty for an inbound call
     */
    record PublishAnswered(Dialog dialog, AnswerPolicy policy, Owners owners, Envelope cause, Optional<AnswerSecrets> answer)
            implements Effect {
        PublishAnswered(Dialog dialog, AnswerPolicy policy, Owners owners, Envelope cause) {
            this(dialog, policy, owners, cause, Optional.empty());
        }
    }

    /** Sends the INVITE of an outbound call; its outcome comes back as {@link LegInput}. @param offer the relay's */
    record Dial(LegFacts leg, String offer) implements Effect {}

    /** Cancels that INVITE. */
    record CancelDial() implements Effect {}

    /** Publishes an event in the name of the call for whose caller this one is placed. */
    record TellParent(CallEvent event) implements Effect {}

    /**
     * Asks for another relay, by {@code call.media.lost}. If the call's admission is not known, {@link CallTimer#ORPHANED} expires
     * at once.
     *
     * @param relay that is lost
     * @param revision of the offer that is wanted
     * @param description the lost relay's last one
     */
    record WantRelay(String relay, int revision, String description, String detail, Owners owners) implements Effect {}

    /**
     * Asks the suite to call somebody in the phone's place.
     *
     * @param to a number, or a {@code tel:} or {@code sip:} URI
     * @param replaces value of the Replaces that the INVITE is to have
     * @param referredBy value of its Referred-By
     */
    record AskToHandOver(String transfer, String to, Optional<String> replaces, Optional<String> referredBy) implements Effect {
        /** Hides the target. */
        @Override
        public String toString() {
            return "AskToHandOver[" + transfer + "]";
        }
    }

    /** Sends a message to another call of the same phone. */
    record TellJoined(CallId other, JoinInput what) implements Effect {}

    /** The leg that was called for the caller of this call continues without it. */
    record LetLegGo(CallId leg) implements Effect {}

    /** The call has another phone, and therefore another dialog. */
    record Moved(Dialog dialog) implements Effect {}

    record Start(CallTimer timer, Duration after) implements Effect {}

    record Stop(CallTimer timer) implements Effect {}

    /** Asks for {@link CallInput.ReadToEnd} once all events that are in Kafka now have been read. */
    record ReadToEnd() implements Effect {}

    /** The call is over: all its timers stop, and it is forgotten. */
    record Release(String outcome) implements Effect {}
}
