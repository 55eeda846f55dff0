package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.AnsweredElsewhere;
import dev.trunkline.edge.call.CallInput.Drain;
import dev.trunkline.edge.call.CallInput.Expired;
import dev.trunkline.edge.call.CallInput.ParentOrphaned;
import dev.trunkline.edge.call.CallInput.PartnerLeft;
import dev.trunkline.edge.call.CallInput.ReadToEnd;
import dev.trunkline.edge.call.CallInput.RelayLost;
import dev.trunkline.edge.call.CallInput.Told;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Acknowledge;
import dev.trunkline.edge.call.Effect.CancelDial;
import dev.trunkline.edge.call.Effect.Dial;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.PublishAnswered;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.Send;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.call.Effect.TellParent;
import dev.trunkline.edge.call.LegInput.Accepted;
import dev.trunkline.edge.call.LegInput.Beaten;
import dev.trunkline.edge.call.LegInput.Failed;
import dev.trunkline.edge.call.LegInput.Progressed;
import dev.trunkline.edge.call.LegState.Calling;
import dev.trunkline.edge.call.LegState.Leaving;
import dev.trunkline.edge.call.LegState.Offering;
import dev.trunkline.edge.call.LegState.Rang;
import dev.trunkline.edge.call.LegState.Withdrawn;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.LegFailed;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.privacy.AnswerSecrets;
import dev.trunkline.sip.message.OutgoingRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An outbound call until its answer; the part of {@link CallMachine} in which we are the client.
 *
 * <pre>
 *  call.admitted with an outbound route
 *    |
 *    v
 *  Offering -- no relay lives, none takes it, command, parent gone --> Withdrawn --call.rejected or call.ended--.
 *    |         call.rejected or call.ended by another, shutdown ------------------------------------------------|
 *    |  call.media.ready: INVITE with the relay's offer                                                         |
 *    v                                                                                                          |
 *  Calling --- 3xx to 6xx, no gateway answers ---------------------------------> call.leg.failed + call.ended --|
 *    |   |     rings too long, command, parent gone, lost relay, shutdown, answered elsewhere: CANCEL           |
 *    |   |       + call.leg.failed + call.ended --> Leaving --final response, or none: a 2xx gets ACK and BYE --|
 *    |   |                                                                                                      |
 *    |   '--- 18x: call.leg.ringing, and its answer once as call.media.offered --> Calling                      |
 *    |  2xx: ACK, call.media.offered unless told, call.answered                                                 |
 *    v                                                                                                          v
 *   Up ({@link EstablishedCall}; BYE when it has lasted as long as it may)                                      Ended
 * </pre>
 *
 * A leg that serves a transfer publishes its outcome in its parent's name: success right after its own {@code call.answered}
 * ({@link Consultation} draws the leg that speaks with an agent first), failure before its own last event. A 2xx that is not awaited is
 * acknowledged and ended in whatever state the call is (RFC 3261 section 13.2.2.4).
 *
 * <p>If several legs ring for one caller, the first that is answered gets the caller. {@code dev.trunkline.edge.calls} enforces that: it
 * tells the others {@link AnsweredElsewhere}, and turns a 2xx of theirs into {@link Beaten}.
 */
final class OutgoingCall {
    private final CallTimes times;
    private final TimerPolicy timers;
    private final Refreshing refreshing;

    OutgoingCall(CallTimes times, TimerPolicy timers, Refreshing refreshing) {
        this.times = times;
        this.timers = timers;
        this.refreshing = refreshing;
    }

    /** @param noRelay why no relay would take it; a full relay takes an emergency call all the same */
    Step begin(LegFacts leg, Owners owners, Optional<RefusalReason> noRelay) {
        var offering = new Offering(leg, owners);
        return noRelay
                .filter(why -> why != RefusalReason.SUITE_FULL || !leg.leg().emergency())
                .map(why -> refuse(offering, why, why == RefusalReason.NO_RELAY
                        ? "every relay that sent a heartbeat is silent or has ended"
                        : "every live relay is full or is being shut down", times.settling()))
                .orElseGet(() -> Step.to(offering, new Start(CallTimer.MEDIA, times.media())));
    }

    Step on(LegState state, CallInput input) {
        return switch (state) {
            case Offering offering -> offering(offering, input);
            case Withdrawn withdrawn -> withdrawn(withdrawn, input);
            case Calling calling -> calling(calling, input);
            case Leaving leaving -> leaving(leaving, input);
        };
    }

    private Step offering(Offering state, CallInput input) {
        return switch (input) {
            case Told(var envelope) when envelope.record() instanceof MediaReady ready && ready.revision() == 0 ->
                Step.to(
                        new Calling(state.leg(), state.owners().withRelay(ready.relay()), ready.sdpAnswer(), Optional.empty(),
                                Optional.empty()),
                        new Stop(CallTimer.MEDIA),
                        new Start(CallTimer.HEARTBEAT, times.heartbeat()),
                        new Start(CallTimer.RINGING, Duration.ofSeconds(state.leg().leg().ringingSeconds())),
                        new Dial(state.leg(), ready.sdpAnswer()));
            case Told(var envelope) when envelope.record() instanceof CallRejected refusal ->
                overByAnother(state, new LegFailure(EndReason.CALLEE_UNREACHABLE, refusal.status(), refusal.text()), refusal.reason().code());
            case Told(var envelope) when envelope.record() instanceof CallEnded ended ->
                overByAnother(state, LegFailure.givenUp(ended.reason(), ended.reason().sentence()), ended.reason().code());
            case Told(var envelope) when envelope.record() instanceof EndCall command ->
                withdraw(state, LegFailure.givenUp(command.reason(), command.detail()), times.media());
            case PartnerLeft() ->
                withdraw(state, LegFailure.givenUp(EndReason.PARTNER_LEFT, EndReason.PARTNER_LEFT.sentence()), times.media());
            case ParentOrphaned() when state.leg().leg().isConsulting() ->
                withdraw(state, LegFailure.givenUp(EndReason.PARTNER_LEFT, Consultation.ORPHANED), times.media());
            case AnsweredElsewhere() -> withdraw(state, LegFailure.answeredElsewhere(), times.media());
            case Expired(var timer) when timer == CallTimer.MEDIA ->
                refuse(state, RefusalReason.NO_RELAY, "no relay took the call within " + times.media().toSeconds() + " s",
                        times.media());
            case Drain() -> giveUp(state, EndReason.DRAINED, "the edge is shutting down");
            default -> Step.to(state);
        };
    }

    private static Step overByAnother(LegState state, LegFailure why, String outcome) {
        var effects = new ArrayList<Effect>(transferFailed(state.leg(), why));
        effects.add(new Release(outcome));
        return new Step(new Ended(), effects);
    }

    private static Step refuse(Offering state, RefusalReason reason, String detail, Duration open) {
        var last = CallRejected.of(state.leg().route().invite(), reason, OptionalInt.empty(), CallMachine.SERVICE,
                Optional.of(state.leg().route().organisation()), List.of(new TraceStep(reason.code(), detail)));
        return withdraw(state, new LegFailure(EndReason.CALLEE_UNREACHABLE, reason.status(), reason.sentence()), last, reason.code(), open);
    }

    private static Step withdraw(Offering state, LegFailure why, Duration open) {
        return withdraw(state, why, ended(state.leg(), why), why.reason().code(), open);
    }

    /** @param open how long a relay may still refuse it */
    private static Step withdraw(Offering state, LegFailure why, CallEvent last, String outcome, Duration open) {
        var effects = new ArrayList<Effect>();
        effects.add(new Stop(CallTimer.MEDIA));
        effects.addAll(transferFailed(state.leg(), why));
        effects.add(new Start(CallTimer.SETTLING, open));
        return new Step(new Withdrawn(state.leg(), state.owners(), last, outcome, false), effects);
    }

    /** As {@link SettlingCall}. */
    private static Step withdrawn(Withdrawn state, CallInput input) {
        return switch (input) {
            case Told(var envelope) when envelope.record() instanceof CallEvent event && event.isLast() ->
                Step.to(new Ended(), new Release(state.outcome()));
            case Told(var envelope) when envelope.record() instanceof MediaReady ready ->
                say(state, state.owners().withRelay(ready.relay()));
            case Expired(var timer) when timer == CallTimer.SETTLING -> Step.to(state.readingOn(), new Effect.ReadToEnd());
            case ReadToEnd() when state.reading() -> say(state, state.owners());
            case Drain() -> say(state, state.owners());
            default -> Step.to(state);
        };
    }

    private static Step say(Withdrawn state, Owners owners) {
        return Step.to(new Ended(), new Publish(state.last(), owners, Optional.empty()), new Release(state.outcome()));
    }

    private Step calling(Calling state, CallInput input) {
        return switch (input) {
            case Progressed rings -> progressed(state, rings);
            case Accepted accepted -> accepted(state, accepted);
            case Beaten(var gateway, var dialog, var ack) ->
                inVain(ack, dialog, failed(state, gateway, LegFailure.answeredElsewhere()), EndReason.ANSWERED_ELSEWHERE);
            case AnsweredElsewhere() -> leave(state, LegFailure.answeredElsewhere(), EndReason.ANSWERED_ELSEWHERE.code(), true);
            case Failed(var gateway, var status, var why) -> {
                LegFailure known = LegFailure.of(status);
                yield failed(state, gateway, why.map(detail -> new LegFailure(known.reason(), status, detail)).orElse(known));
            }
            // The relay narrowed its offer after the answer.
            case Told(var envelope) when envelope.record() instanceof MediaReady ready && ready.revision() == 0
                    && state.relay().filter(ready.relay()::equals).isPresent() ->
                Step.to(state.narrowed(ready.sdpAnswer()));
            case Told(var envelope) when envelope.record() instanceof CallHeartbeat beat
                    && state.relay().filter(beat.relay()::equals).isPresent() ->
                Step.to(state, new Start(CallTimer.HEARTBEAT, times.heartbeat()));
            case Told(var envelope) when envelope.record() instanceof CallRejected refusal ->
                leave(state, LegFailure.givenUp(EndReason.REQUESTED, refusal.text()), refusal.reason().code(), false);
            case Told(var envelope) when envelope.record() instanceof CallEnded ended ->
                leave(state, LegFailure.givenUp(ended.reason(), ended.reason().sentence()), ended.reason().code(), false);
            case Told(var envelope) when envelope.record() instanceof EndCall command ->
                leave(state, command.reason(), command.detail());
            case PartnerLeft() -> leave(state, EndReason.PARTNER_LEFT, EndReason.PARTNER_LEFT.sentence());
            case ParentOrphaned() when state.leg().leg().isConsulting() ->
                leave(state, EndReason.PARTNER_LEFT, Consultation.ORPHANED);
            case Expired(var timer) when timer == CallTimer.RINGING ->
                leave(state, EndReason.NO_ANSWER,
                        "Nobody answered within %d s.".formatted(state.leg().leg().ringingSeconds()));
            case Expired(var timer) when timer == CallTimer.HEARTBEAT ->
                leave(state, EndReason.RELAY_LOST, "no heartbeat for " + times.heartbeat().toSeconds() + " s");
            case RelayLost(var relay, var detail, var said) when state.relay().filter(relay::equals).isPresent() ->
                leave(state, EndReason.RELAY_LOST, detail);
            case Drain() -> leave(state, EndReason.DRAINED, "the edge is shutting down");
            default -> Step.to(state);
        };
    }

    private static Step progressed(Calling state, Progressed response) {
        if (response.status() < 180) {
            return Step.to(state);
        }
        var rang = new Rang(response.gateway(), response.status(), response.answer().isPresent());
        var effects = new ArrayList<Effect>();
        if (state.rang().filter(rang::equals).isEmpty()) {
            effects.add(new Publish(
                    new LegRinging(state.leg().id(), state.leg().parent(), rang.gateway(), rang.status(), rang.earlyMedia()),
                    state.owners(), Optional.empty()));
        }
        if (state.told().isEmpty()) {
            response.answer().ifPresent(answer -> effects.add(answering(state, answer)));
        }
        return new Step(state.rang(rang, response.answer()), effects);
    }

    private static Effect answering(Calling state, String answer) {
        return new Publish(MediaOffered.answering(state.leg().id(), 0, answer), state.owners(), Optional.empty());
    }

    private Step accepted(Calling state, Accepted response) {
        Optional<String> answer = state.answer(response.answer());
        if (answer.isEmpty()) {
            Step step = failed(state, response.gateway(),
                    new LegFailure(EndReason.CALLEE_UNREACHABLE, 488, "The other side answered without a session description."));
            return inVain(response.ack(), response.dialog(), step, EndReason.CALLEE_UNREACHABLE);
        }
        LegFacts leg = state.leg();
        Dialog dialog = response.dialog().with(timers.called(response.timer()));
        var session = new Session(leg.id(), state.owners(), dialog, "", state.offer(), 0).of(Optional.of(leg.leg()));
        var effects = new ArrayList<Effect>();
        effects.add(new Stop(CallTimer.RINGING));
        effects.add(new Acknowledge(response.ack()));
        if (!answer.equals(state.told())) {
            effects.add(answering(state, answer.get()));
        }
        effects.add(new PublishAnswered(
                dialog, leg.route().answerPolicy(), state.owners(), leg.admitted(),
                Optional.of(new AnswerSecrets(dialog.remoteTag(), response.headers()))));
        leg.leg().transfer().ifPresent(transfer -> leg.parent().ifPresent(parent -> effects.add(new TellParent(leg.leg().isConsulting()
                ? new TransferConsulting(parent, transfer, leg.id())
                : new TransferSucceeded(parent, transfer, TransferWay.BRIDGE, Optional.of(leg.id()), leg.leg().agentsStay())))));
        leg.leg().longestSeconds().ifPresent(seconds -> effects.add(new Start(CallTimer.LONGEST, Duration.ofSeconds(seconds))));
        effects.addAll(refreshing.began(dialog));
        return new Step(new Up(session), effects);
    }

    /** Acknowledges and ends an answer that cannot be used. */
    private static Step inVain(OutgoingRequest ack, Dialog dialog, Step step, EndReason reason) {
        return Steps.before(new Acknowledge(ack), Steps.before(new Send(Farewells.bye(dialog, reason)), step));
    }

    private static Step failed(Calling state, String gateway, LegFailure why) {
        var effects = new ArrayList<Effect>();
        effects.add(new Stop(CallTimer.RINGING));
        effects.addAll(said(state, gateway, why, true));
        effects.add(new Release(why.reason().code()));
        return new Step(new Ended(), effects);
    }

    private Step leave(Calling state, EndReason reason, String detail) {
        return leave(state, LegFailure.givenUp(reason, detail), reason.code(), true);
    }

    /** @param last whether we are to publish the last event */
    private Step leave(Calling state, LegFailure why, String outcome, boolean last) {
        var effects = new ArrayList<Effect>();
        effects.add(new CancelDial());
        effects.add(new Stop(CallTimer.RINGING));
        effects.add(new Stop(CallTimer.HEARTBEAT));
        effects.addAll(said(state, state.rang().map(Rang::gateway).orElse(""), why, last));
        // The transaction has 64*T1 from the CANCEL on, which is sent once a provisional response has arrived.
        effects.add(new Start(CallTimer.LEAVING, times.ack().multipliedBy(2)));
        return new Step(new Leaving(state.leg(), state.owners(), outcome), effects);
    }

    private static Step leaving(Leaving state, CallInput input) {
        return switch (input) {
            case Failed refused -> Step.to(new Ended(), new Release(state.outcome()));
            case Accepted tooLate -> Steps.after(unwanted(new Ended(), tooLate.dialog(), tooLate.ack()), List.of(new Release(state.outcome())));
            case Beaten tooLate -> Steps.after(unwanted(new Ended(), tooLate.dialog(), tooLate.ack()), List.of(new Release(state.outcome())));
            case Expired(var timer) when timer == CallTimer.LEAVING -> Step.to(new Ended(), new Release(state.outcome()));
            default -> Step.to(state);
        };
    }

    /** A 2xx that is not awaited. */
    static Step unwanted(CallState same, Dialog dialog, OutgoingRequest ack) {
        return Step.to(same, new Acknowledge(ack), new Send(Farewells.bye(dialog, EndReason.REQUESTED)));
    }

    /** Ends the call at once, whatever other services may be about to publish: this process, or its hold on the call, is at its end. */
    Step giveUp(LegState state, EndReason reason, String detail) {
        LegFailure why = LegFailure.givenUp(reason, detail);
        return switch (state) {
            case Offering offering -> {
                var effects = new ArrayList<Effect>(transferFailed(offering.leg(), why));
                effects.add(new Publish(ended(offering.leg(), why), offering.owners(), Optional.empty()));
                effects.add(new Release(reason.code()));
                yield new Step(new Ended(), effects);
            }
            case Withdrawn withdrawn -> say(withdrawn, withdrawn.owners());
            case Calling calling -> Steps.after(
                    new Step(new Ended(), leave(calling, reason, detail).effects()), List.of(new Release(reason.code())));
            case Leaving leaving -> Step.to(new Ended(), new Release(leaving.outcome()));
        };
    }

    private static List<Effect> said(Calling state, String gateway, LegFailure why, boolean last) {
        LegFacts leg = state.leg();
        var effects = new ArrayList<Effect>();
        if (last) {
            effects.add(new Publish(
                    new LegFailed(leg.id(), leg.parent(), gateway, why.status(), why.detail()), state.owners(), Optional.empty()));
        }
        effects.addAll(transferFailed(leg, why));
        if (last) {
            effects.add(new Publish(ended(leg, why), state.owners(), Optional.empty()));
        }
        return effects;
    }

    private static List<Effect> transferFailed(LegFacts leg, LegFailure why) {
        return leg.leg().transfer().flatMap(transfer -> leg.parent().<Effect>map(parent -> new TellParent(new TransferFailed(
                        parent, transfer, Optional.of(leg.leg().way()), Optional.of(leg.id()), OptionalInt.of(why.status()),
                        why.detail(), List.of()))))
                .map(List::of)
                .orElse(List.of());
    }

    private static CallEnded ended(LegFacts leg, LegFailure why) {
        return new CallEnded(leg.id(), CallMachine.SERVICE, why.reason(), why.detail(), false, 0, Optional.empty());
    }
}
