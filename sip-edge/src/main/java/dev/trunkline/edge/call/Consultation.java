package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.PartnerLeft;
import dev.trunkline.edge.call.CallInput.Told;
import dev.trunkline.edge.call.CallState.Answered;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Orphaned;
import dev.trunkline.edge.call.CallState.ReinvitePending;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.TellParent;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CompleteTransfer;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * An outbound call that speaks with its parent's agent first, from its answer until its outcome. Only this class publishes that
 * outcome. If the caller is joined and the target hangs up at the same moment, one of the two is published, and not both.
 *
 * <pre>
 *   answered: call.transfer.consulting --command.transfer.complete--> call.transfer.succeeded: a leg as any other
 *                    |
 *                    `--it ends, however--> call.transfer.failed: its parent continues
 * </pre>
 */
final class Consultation {
    /** The relay that takes the caller over does not know that the caller must not hear the room. */
    static final String ORPHANED = "The relay of the caller was lost.";

    private static final int DECLINED = 603;

    private Consultation() {}

    /** The agent asks for the two to be joined. */
    static Step complete(Session session, Function<Session, CallState> same, CompleteTransfer command) {
        Optional<OutgoingLeg> leg = session.leg().filter(OutgoingLeg::isConsulting)
                .filter(known -> known.transfer().filter(command.transfer()::equals).isPresent());
        return leg.map(known -> Step.to(
                        same.apply(session.of(Optional.of(known.joined()))),
                        new TellParent(new TransferSucceeded(
                                known.parent().orElseThrow(), command.transfer(), TransferWay.WARM, Optional.of(session.call()),
                                known.agentsStay()))))
                .orElseGet(() -> Step.to(same.apply(session)));
    }

    /** If a step ends a consultation, its parent is told, unless the parent itself is over. */
    static Step ending(CallState before, CallInput input, Step step) {
        return input instanceof PartnerLeft ? step : ending(before, step, said(input));
    }

    /** As {@code ending}, for a consultation that this process gives up. */
    static Step givenUp(CallState before, Step step) {
        return ending(before, step, Optional.empty());
    }

    private static Step ending(CallState before, Step step, Optional<String> said) {
        if (!(step.next() instanceof Ended)) {
            return step;
        }
        return session(before)
                .flatMap(session -> session.leg().filter(OutgoingLeg::isConsulting).map(leg -> failed(session, leg, reason(step), said)))
                .map(failed -> Steps.before(failed, step))
                .orElse(step);
    }

    private static TellParent failed(Session session, OutgoingLeg leg, Optional<EndReason> reason, Optional<String> said) {
        boolean declined = reason.filter(why -> why == EndReason.CALLEE_DECLINED).isPresent();
        return new TellParent(new TransferFailed(
                leg.parent().orElseThrow(), leg.transfer().orElseThrow(), Optional.of(TransferWay.WARM), Optional.of(session.call()),
                declined ? OptionalInt.of(DECLINED) : OptionalInt.empty(),
                said.or(() -> reason.map(EndReason::sentence)).orElse("The call to the person who was to take the caller over has ended."),
                List.of()));
    }

    private static Optional<EndReason> reason(Step step) {
        return step.effects().stream()
                .filter(Publish.class::isInstance)
                .map(effect -> ((Publish) effect).event())
                .filter(CallEnded.class::isInstance)
                .map(event -> ((CallEnded) event).reason())
                .findFirst();
    }

    /** The words of the party that ends it. */
    private static Optional<String> said(CallInput input) {
        return switch (input) {
            case Told(var envelope) when envelope.record() instanceof EndCall command -> Optional.of(command.detail());
            case Told(var envelope) when envelope.record() instanceof CallEnded ended -> Optional.of(ended.reason().sentence());
            case CallInput.ParentOrphaned() -> Optional.of(ORPHANED);
            default -> Optional.empty();
        };
    }

    /** The session of a call that was answered. */
    static Optional<Session> session(CallState state) {
        return switch (state) {
            case Answered answered -> Optional.of(answered.session());
            case Up up -> Optional.of(up.session());
            case ReinvitePending pending -> Optional.of(pending.session());
            case Orphaned orphaned -> Optional.of(orphaned.session());
            default -> Optional.empty();
        };
    }
}
