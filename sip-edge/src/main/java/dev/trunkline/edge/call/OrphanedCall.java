package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.Answer;
import dev.trunkline.edge.call.CallInput.DialogRequest;
import dev.trunkline.edge.call.CallInput.Expired;
import dev.trunkline.edge.call.CallInput.Offer;
import dev.trunkline.edge.call.CallInput.RelayLost;
import dev.trunkline.edge.call.CallInput.Told;
import dev.trunkline.edge.call.CallState.Orphaned;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Acknowledge;
import dev.trunkline.edge.call.Effect.Ask;
import dev.trunkline.edge.call.Effect.PublishOffered;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.call.Effect.WantRelay;
import dev.trunkline.edge.refresh.SessionTimer;
import dev.trunkline.edge.sdp.Sdp;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An answered call survives its relay: another relay takes it over, and the phone gets a re-INVITE.
 *
 * <pre>
 *   Up --relay lost, or drained and another has room: call.media.lost--> Orphaned, without an offer
 *                                          |   nobody takes it in time, or its new relay refuses --> BYE + call.ended (relay-lost)
 *                                          | call.media.ready: re-INVITE with its offer
 *                                          v
 *                                       Orphaned, with the offer
 *                                          |   491: again after a moment
 *                                          |   408, 481: BYE + call.ended (caller-lost)
 *                                          |   refused, or the new relay is lost too: BYE + call.ended (relay-lost)
 *                                          | 2xx: ACK, call.media.offered with the phone's answer
 *                                          v
 *                                         Up
 * </pre>
 *
 * Everything else that can happen to an answered call can happen to this one too.
 */
final class OrphanedCall {
    /** Another request of ours or of theirs is under way. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final CallTimes times;
    private final Farewells farewells;
    private final Refreshing refreshing;

    OrphanedCall(CallTimes times, Farewells farewells, Refreshing refreshing) {
        this.times = times;
        this.farewells = farewells;
        this.refreshing = refreshing;
    }

    /** @param detail how the loss of the relay was noticed */
    Step begin(Session before, String detail) {
        Optional<String> relay = before.owners().relay();
        if (times.takeOver().isZero() || relay.isEmpty() || before.isGone()) {
            return lost(before, detail);
        }
        int revision = before.lastRevision() + 1;
        return Step.to(
                new Orphaned(before.offered(revision), detail, revision, Optional.empty(), OptionalLong.empty()),
                new Stop(CallTimer.HEARTBEAT),
                new Start(CallTimer.ORPHANED, times.takeOver()),
                new WantRelay(relay.get(), revision, before.answer(), detail, before.owners()));
    }

    /** Whether the call may be given to another relay although its own lives: nothing that would be disturbed is under way. */
    boolean canMove(Session session) {
        return !times.takeOver().isZero()
                && !session.isGone()
                && session.joint().isEmpty()
                && session.refresh().isEmpty()
                && session.referral().isEmpty()
                && session.handOver().filter(Session.HandOver::isOpen).isEmpty();
    }

    /** @return empty for an input that is handled as in any answered call */
    Optional<Step> on(Orphaned state, CallInput input) {
        return switch (input) {
            case Told(var envelope) when envelope.record() instanceof MediaReady ready
                    && ready.revision() == state.revision() && state.offer().isEmpty() ->
                Optional.of(taken(state, ready));
            // The relay narrowed its offer after the answer, before that answer arrived here: nothing of ours is described by
            // it.
            case Told(var envelope) when envelope.record() instanceof MediaReady -> Optional.of(Step.to(state));
            // A late event of the lost relay.
            case Told(var envelope) when envelope.record() instanceof CallHeartbeat && state.offer().isEmpty() ->
                Optional.of(Step.to(state));
            case Told(var envelope) when envelope.record() instanceof MediaRefused refused && refused.revision() == state.revision() ->
                Optional.of(lost(state, "the replacement relay refused the call: " + refused.detail()));
            case Expired(var timer) when timer == CallTimer.ORPHANED ->
                Optional.of(lost(state, "no other relay took the call over within " + times.takeOver().toSeconds() + " s"));
            case Expired(var timer) when timer == CallTimer.OFFER_AGAIN -> Optional.of(offer(state));
            case Expired(var timer) when timer == CallTimer.REFRESH -> Optional.of(Refreshing.notNow(state));
            case Expired(var timer) when timer == CallTimer.HEARTBEAT && state.offer().isEmpty() -> Optional.of(Step.to(state));
            case RelayLost(var relay, var detail, var said) when state.relay().filter(relay::equals).isPresent() ->
                Optional.of(lost(state, "the replacement relay was lost: " + detail));
            // The loss is known already, and is reported again.
            case RelayLost known -> Optional.of(Step.to(state));
            case Answer(var request, var answer) when state.cseq().equals(OptionalLong.of(request.cseq())) ->
                Optional.of(answered(state, answer));
            default -> Optional.empty();
        };
    }

    /**
     * Whether an offer of the other side collides with one of ours that has no answer yet (RFC 3261 section 14.2, RFC 3311
     * section 5.2).
     */
    static boolean meets(Orphaned state, DialogRequest request) {
        return request instanceof Offer offer && (offer.invite() || offer.offer().isPresent()) && state.cseq().isPresent();
    }

    private Step taken(Orphaned state, MediaReady ready) {
        Session session = state.session().at(ready.relay());
        Step step = offer(new Orphaned(session, state.why(), state.revision(), Optional.of(ready.sdpAnswer()), OptionalLong.empty()));
        return Steps.before(new Stop(CallTimer.ORPHANED), Steps.after(step, List.of(new Start(CallTimer.HEARTBEAT, times.heartbeat()))));
    }

    private Step offer(Orphaned state) {
        if (state.offer().isEmpty() || state.cseq().isPresent()) {
            return Step.to(state);
        }
        Session session = state.session();
        if (session.refresh().isPresent()) {
            // RFC 3261 section 14.1: no re-INVITE while another one is under way.
            return Step.to(state, new Start(CallTimer.OFFER_AGAIN, SOON));
        }
        OutgoingRequest request = session.dialog()
                .request(SipRequest.INVITE, session.dialog().timer().map(SessionTimer::asking).orElse(List.of()))
                .refreshing(state.offer());
        return Step.to(
                state.offering(session.with(session.dialog().sent()), OptionalLong.of(request.cseq())),
                new Ask(request));
    }

    private Step answered(Orphaned state, SipResponse answer) {
        Session session = state.session().with(state.session().dialog().reached(answer.cseq()));
        if (answer.accepts()) {
            return accepted(state, session, answer);
        }
        return switch (answer.status()) {
            case 491 -> Step.to(
                    state.offering(session, OptionalLong.empty()),
                    new Start(CallTimer.OFFER_AGAIN, refreshing.afterGlare()));
            case 408, 481 -> farewells.hangUp(session, EndReason.CALLER_LOST,
                    "the replacement relay's offer was answered with " + answer.status(), Optional.empty());
            default -> lost(state.with(session), "the phone's side answered the replacement relay's offer with " + answer.status());
        };
    }

    private Step accepted(Orphaned state, Session session, SipResponse answer) {
        Optional<String> description = answer.sdp().map(Sdp::scrubbed);
        if (description.isEmpty()) {
            return Steps.before(
                    new Acknowledge(session.dialog().ack(answer.cseq())),
                    lost(state.with(session), "the phone's side accepted the replacement relay's offer without an SDP answer"));
        }
        Session moved = session.negotiated("", state.offer().orElseThrow(), state.revision());
        Step step = refreshing.accepted(moved, Up::new, answer);
        Session fresh = ((Up) step.next()).session();
        var effects = new ArrayList<>(step.effects());
        effects.add(new PublishOffered(
                MediaOffered.answering(fresh.call(), state.revision(), description.get()), fresh.dialog(), fresh.owners()));
        return new Step(step.next(), effects);
    }

    private Step lost(Orphaned state, String detail) {
        return lost(state.session(), state.why() + ", and " + detail);
    }

    private Step lost(Session session, String detail) {
        return farewells.hangUp(session, EndReason.RELAY_LOST, detail, Optional.empty());
    }
}
