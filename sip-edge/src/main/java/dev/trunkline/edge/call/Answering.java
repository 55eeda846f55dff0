package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.Prack;
import dev.trunkline.edge.call.CallState.Answered;
import dev.trunkline.edge.call.CallState.Provisional;
import dev.trunkline.edge.call.CallState.Ringing;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.PublishAnswered;
import dev.trunkline.edge.call.Effect.RepeatProvisional;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.edge.refresh.TimerPolicy.Verdict.Agreed;
import dev.trunkline.edge.text.Texts;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How an admitted call gets its answer.
 *
 * <pre>
 *   INVITE                        first              then
 *   with an offer                 180                200 with the relay's answer
 *   with an offer, early media    180, 183 with the relay's answer as soon as it is there
 *                                                    200 with that answer again
 *   with an offer, reliably       180, PRACK         200 with the relay's answer
 *   without an offer              180                200 with the relay's offer; the ACK has the answer
 *   without an offer, reliably    180 with the relay's offer, PRACK with the answer
 *                                                    200
 * </pre>
 *
 * A reliable 180 is retransmitted after T1, 2*T1, 4*T1, ... until its PRACK comes, for at most 64*T1, and no 200
 * overtakes it (RFC 3262 sections 3 and 5).
 */
final class Answering {
    /** RFC 3262 section 3: the first RSeq is from 1 to 2^31 - 1. */
    private static final long RSEQ_BOUND = 1L << 31;

    private static final int RACK_FIELDS = 3;

    private final CallTimes times;
    private final TimerPolicy timers;
    private final Refreshing refreshing;
    private final RandomGenerator random;

    Answering(CallTimes times, TimerPolicy timers, Refreshing refreshing, RandomGenerator random) {
        this.times = times;
        this.timers = timers;
        this.refreshing = refreshing;
        this.random = random;
    }

    Step admitted(CallFacts facts, Owners owners, AnswerPolicy policy, Patience patience, Envelope cause) {
        var ringing = new Ringing(
                facts, owners, policy, false, Optional.empty(), Optional.empty(), Optional.empty(), patience,
                Tried.NOBODY, cause);
        Step step;
        if (!facts.reliable()) {
            step = Step.to(ringing, new Respond(Transaction.INVITE, Replies.ringing(facts.tag())));
        } else if (facts.delayed()) {
            // The first reliable response must contain the offer, and the relay has not made it yet.
            step = Step.to(ringing);
        } else {
            step = ringReliably(ringing, Optional.empty());
        }
        return Steps.before(
                new Stop(CallTimer.DEADLINE), Steps.after(step, List.of(new Start(CallTimer.RINGING, times.ringing()))));
    }

    Step media(Ringing state, Envelope envelope, MediaReady ready) {
        boolean another = state.owners().relay().filter(relay -> !relay.equals(ready.relay())).isPresent();
        if (ready.revision() != 0 || another) {
            // If two relays got the call, the one whose event stands first in the partition has it.
            return Step.to(state);
        }
        boolean first = state.session().isEmpty();
        Ringing here = state.ready(ready.relay(), ready.sdpAnswer(), envelope);
        boolean offers = here.facts().reliable() && here.facts().delayed() && first;
        return Steps.before(
                new Start(CallTimer.HEARTBEAT, times.heartbeat()),
                offers ? ringReliably(here, here.session()) : first && isEarly(state) ? early(ifDue(here)) : ifDue(here));
    }

    /**
     * Whether the caller gets early media. Not if a provisional response must be acknowledged or the phone has yet to
     * answer an offer: then it stays at 180.
     */
    private static boolean isEarly(Ringing state) {
        return !state.facts().reliable() && !state.facts().delayed()
                && state.cause().record() instanceof CallAdmitted admitted && admitted.route().hasEarlyMedia();
    }

    private static Step early(Step step) {
        return step.next() instanceof Ringing rings
                ? Steps.after(step, List.of(new Respond(
                        Transaction.INVITE, Replies.progress(rings.facts().tag(), rings.session().orElseThrow()))))
                : step;
    }

    /** An agent, or a target to whom the caller was to be forwarded, has joined. */
    Step somebodyThere(Ringing state, Envelope envelope) {
        return Steps.before(new Stop(CallTimer.PATIENCE), ifDue(state.joined(envelope)));
    }

    /** The relay is to record a message. Nobody has joined the caller, so the wait for whoever is awaited continues. */
    Step asked(Ringing state, Envelope envelope) {
        return ifDue(state.joined(envelope));
    }

    private Step ringReliably(Ringing state, Optional<String> offer) {
        var provisional = new Provisional(random.nextLong(1, RSEQ_BOUND), offer.isPresent(), times.t1());
        OutgoingResponse reply = Replies.ringingReliably(state.facts().tag(), provisional.rseq());
        return Step.to(
                state.waiting(provisional),
                new Respond(Transaction.INVITE, offer.map(reply::withSdp).orElse(reply)),
                new Start(CallTimer.PROVISIONAL, times.t1()),
                new Start(CallTimer.PRACK, times.ack()));
    }

    /** Sends the response again if there was no PRACK, and doubles the interval. */
    Step repeat(Ringing state) {
        if (state.unacknowledged().isEmpty()) {
            return Step.to(state);
        }
        Provisional before = state.unacknowledged().get();
        Duration next = before.interval().multipliedBy(2);
        return Step.to(
                state.waiting(new Provisional(before.rseq(), before.offers(), next)),
                new RepeatProvisional(),
                new Start(CallTimer.PROVISIONAL, next));
    }

    Step prack(Ringing state, Prack prack) {
        Optional<Provisional> unacknowledged = state.unacknowledged()
                .filter(sent -> acknowledges(prack.rack(), sent.rseq() + " " + state.facts().cseq() + " " + SipRequest.INVITE));
        if (unacknowledged.isEmpty()) {
            return Step.to(state, answer(481));
        }
        boolean offers = unacknowledged.get().offers();
        if (offers != prack.answer().isPresent()) {
            // An answer is missing, or the PRACK brings an offer while the INVITE's own has no answer (RFC 3262 section
            // 5).
            return Step.to(state, answer(offers ? 400 : 488));
        }
        Step step = ifDue(state.acknowledged(prack.answer()));
        Step told = prack.answer()
                .map(sdp -> Steps.before(answered(state, sdp), step))
                .orElse(step);
        return Steps.before(
                new Stop(CallTimer.PROVISIONAL),
                Steps.before(new Stop(CallTimer.PRACK), Steps.before(answer(200), told)));
    }

    private static boolean acknowledges(String rack, String sent) {
        return String.join(" ", Texts.pieces(rack, " \t\r\n", RACK_FIELDS + 1)).equalsIgnoreCase(sent);
    }

    private static Effect answered(Ringing state, String sdp) {
        var answer = MediaOffered.answering(state.facts().invite().callId(), 0, sdp);
        return new Publish(answer, state.owners(), Optional.empty());
    }

    private static Respond answer(int status) {
        return new Respond(Transaction.REQUEST, OutgoingResponse.of(status));
    }

    private Step ifDue(Ringing state) {
        boolean due = state.policy() == AnswerPolicy.IMMEDIATE || state.agentHere();
        if (!due || state.session().isEmpty() || state.unacknowledged().isPresent()) {
            return Step.to(state);
        }
        CallFacts facts = state.facts();
        // An INVITE that asks for too short an interval was refused before it became a call.
        Agreed agreed = timers.judge(facts.timer(), Optional.empty()) instanceof Agreed well ? well : Agreed.NONE;
        Dialog dialog = facts.dialog().with(agreed.timer());
        String ours = state.session().get();
        var session = new Session(
                facts.invite().callId(), state.owners(), dialog, facts.invite().sdpOffer(), ours, 0);
        boolean done = state.phones().isPresent();
        OutgoingResponse reply = done ? Replies.accepted(facts.tag()) : Replies.accepted(facts.tag(), ours);
        Step step = Step.to(
                new Answered(session, facts.cseq(), times.t1(), facts.delayed() && !done),
                new Stop(CallTimer.RINGING),
                // The sealed dialog is on its way to Kafka before the caller has a call that an edge may have to
                // resume.
                new PublishAnswered(dialog, state.policy(), state.owners(), state.cause()),
                new Respond(Transaction.INVITE, reply.with(agreed.headers())),
                new Start(CallTimer.RETRANSMIT, times.t1()),
                new Start(CallTimer.ACK, times.ack()));
        Step timed = facts.expires().isPresent() ? Steps.before(new Stop(CallTimer.EXPIRES), step) : step;
        return Steps.after(timed, refreshing.began(dialog));
    }
}
