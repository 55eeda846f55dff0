package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.PublishOffered;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Send;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.call.Effect.TellJoined;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.call.Session.HandOver;
import dev.trunkline.edge.call.Session.Joint;
import dev.trunkline.edge.call.Session.Joint.Stage;
import dev.trunkline.events.CallJoined;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.sip.message.OutgoingResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A phone that is in two calls with us joins them and leaves, by REFER with the Replaces of the other (RFC 5589 section 7, RFC 3891).
 * Each call keeps its room, its participant and its relay. From then on each call has the other's relay in place of the phone.
 *
 * <pre>
 *   the call whose phone asks                                  the other
 *   REFER                    -- Wanted -->
 *                            <-- Promised --                   up, and nothing under way
 *   202, NOTIFY 100; call.media.offered without an offer
 *   call.media.ready (offer) -- Offered -->                    call.media.offered with it
 *                            <-- Answered --                   call.media.ready: call.joined, BYE
 *   call.media.offered (answer): call.joined, NOTIFY 200, BYE
 *
 *   either cannot, or 10 s pass:  -- Over -->  REFER's status, or NOTIFY with it, and call.transfer.failed; both continue as they were
 *   either ends afterwards:       -- Over -->  the other ends (partner-left)
 * </pre>
 *
 * The two calls may be on two edges. Their messages then travel over Kafka ({@link dev.trunkline.events.JoinCalls}).
 *
 * <p>A phone that hangs up in the meantime, in either call, gets its 200, and the call waits without it.
 */
final class Joining {
    /** Relays answer within milliseconds. */
    static final Duration AGREED_BY = Duration.ofSeconds(10);

    private static final int PENDING = 491;
    private static final int UNAVAILABLE = 480;
    private static final int NOT_ACCEPTABLE = 488;
    private static final int TIMEOUT = 408;

    private final Farewells farewells;
    private final HandingOver handingOver;

    Joining(Farewells farewells, HandingOver handingOver) {
        this.farewells = farewells;
        this.handingOver = handingOver;
    }

    /** Handles a message in an established call with nothing under way. */
    Step up(Session session, JoinInput said) {
        return switch (said) {
            case JoinInput again when isRepeated(session, again) -> Step.to(new Up(session));
            case JoinInput.Wanted wanted -> isBusy(session)
                    ? Step.to(new Up(session), over(session, wanted, PENDING, "The call to be replaced is busy with another request."))
                    : Step.to(
                            new Up(session.joining(Optional.of(
                                    Joint.begun(wanted.transfer(), wanted.from(), wanted.edge(), Stage.PROMISED, 0)))),
                            new TellJoined(wanted.from(), new JoinInput.Promised(wanted.transfer(), session.call(), Optional.empty())),
                            new Start(CallTimer.JOIN, AGREED_BY));
            case JoinInput.Promised promised when asks(session, promised) -> promised(session, promised);
            case JoinInput.Offered offered when is(session, offered, Stage.PROMISED) -> offered(session, offered);
            case JoinInput.Answered answered when is(session, answered, Stage.OFFERED) -> answered(session, answered);
            default -> elsewhere(session, Up::new, said);
        };
    }

    /** Handles a message while something else is under way, and those that may arrive at any time. */
    Step elsewhere(Session session, Function<Session, CallState> same, JoinInput said) {
        return switch (said) {
            case JoinInput.Over over when session.joint().filter(joint -> joint.isOf(over)).isPresent() ->
                session.isJoined()
                        ? farewells.hangUp(session, EndReason.PARTNER_LEFT, "the call that it was joined with has ended", Optional.empty())
                        : disappointed(session, same, over);
            // Refused at once.
            case JoinInput.Over over when asks(session, over) -> undone(session, same, over.status(), over.why());
            case JoinInput.Wanted wanted ->
                Step.to(same.apply(session), over(session, wanted, PENDING, "The call to be replaced is busy with another request."));
            case JoinInput.Promised promised ->
                Step.to(same.apply(session), over(session, promised, UNAVAILABLE, "The call whose phone asked has ended or is busy."));
            default -> Step.to(same.apply(session));
        };
    }

    /** Whether a message that begins a join arrived twice, because Kafka delivered it twice. */
    private static boolean isRepeated(Session session, JoinInput said) {
        return (said instanceof JoinInput.Wanted || said instanceof JoinInput.Promised)
                && session.joint().filter(joint -> joint.isOf(said)).isPresent();
    }

    private static boolean isBusy(Session session) {
        return session.isGone()
                || session.joint().isPresent()
                || session.refresh().isPresent()
                || session.referral().isPresent()
                || HandingOver.isOpen(session)
                || session.leg().filter(OutgoingLeg::isConsulting).isPresent();
    }

    /** Whether it is the reply to what this call's phone asked for. */
    private static boolean asks(Session session, JoinInput said) {
        return session.joint().isEmpty()
                && session.refresh().isEmpty()
                && session.handOver().filter(over -> over.stage() == HandOver.Stage.ASKED && over.transfer().equals(said.transfer())).isPresent();
    }

    private static boolean is(Session session, JoinInput said, Stage stage) {
        return session.joint().filter(joint -> joint.isOf(said) && joint.stage() == stage).isPresent();
    }

    private static TellJoined over(Session session, JoinInput to, int status, String why) {
        return new TellJoined(to.from(), new JoinInput.Over(to.transfer(), session.call(), status, why));
    }

    private static Step promised(Session session, JoinInput.Promised promised) {
        int revision = session.lastRevision() + 1;
        Step accepted = HandingOver.accepted(session, session.handOver().orElseThrow(), after -> new Up(
                after.offered(revision).joining(Optional.of(
                        Joint.begun(promised.transfer(), promised.from(), promised.edge(), Stage.OFFERING, revision)))));
        return Steps.after(accepted, List.of(
                new Stop(CallTimer.HAND_OVER),
                new PublishOffered(new MediaOffered(session.call(), revision, ""), session.dialog(), session.owners()),
                new Start(CallTimer.JOIN, AGREED_BY)));
    }

    private static Step offered(Session session, JoinInput.Offered said) {
        int revision = session.lastRevision() + 1;
        return Step.to(
                new Up(session.offered(revision).joining(session.joint().map(joint -> joint.to(Stage.ANSWERING, revision, said.offer())))),
                new PublishOffered(new MediaOffered(session.call(), revision, said.offer()), session.dialog(), session.owners()));
    }

    private static Step answered(Session session, JoinInput.Answered said) {
        Joint joint = session.joint().orElseThrow();
        return Steps.before(
                new Publish(MediaOffered.answering(session.call(), joint.revision(), said.answer()), session.owners(), Optional.empty()),
                joined(session.negotiated("", joint.offer(), joint.revision()), joint));
    }

    /** Handles an event of the relay while the two are being joined; empty if it does not concern the join. */
    Optional<Step> told(Session session, Envelope envelope) {
        return session.joint().flatMap(joint -> switch (envelope.record()) {
            case MediaReady ready when joint.stage() == Stage.OFFERING && isOurs(session, joint, ready.relay(), ready.revision()) ->
                Optional.of(Step.to(
                        new Up(session.joining(Optional.of(joint.to(Stage.OFFERED, joint.revision(), ready.sdpAnswer())))),
                        new TellJoined(joint.with(), new JoinInput.Offered(joint.transfer(), session.call(), ready.sdpAnswer()))));
            case MediaReady ready when joint.stage() == Stage.ANSWERING && isOurs(session, joint, ready.relay(), ready.revision()) ->
                Optional.of(Steps.before(
                        new TellJoined(joint.with(), new JoinInput.Answered(joint.transfer(), session.call(), ready.sdpAnswer())),
                        joined(session.negotiated(joint.offer(), ready.sdpAnswer(), ready.revision()), joint)));
            case MediaRefused refused when joint.isOpen() && isOurs(session, joint, refused.relay(), refused.revision()) ->
                Optional.of(givenUp(session, NOT_ACCEPTABLE, "The two calls have no audio in common: " + refused.detail()));
            default -> Optional.empty();
        });
    }

    private static boolean isOurs(Session session, Joint joint, String relay, int revision) {
        return joint.revision() == revision && session.owners().relay().filter(relay::equals).isPresent();
    }

    private static Step joined(Session before, Joint joint) {
        var effects = new ArrayList<Effect>();
        effects.add(new Publish(new CallJoined(before.call(), joint.transfer(), joint.with(), joint.edge()), before.owners(), Optional.empty()));
        Session session = before;
        Optional<HandOver> asked = session.handOver().filter(HandOver::isOpen);
        if (asked.isPresent() && !session.isGone()) {
            effects.add(HandingOver.notify(session, asked.get(), "200 OK", "terminated;reason=noresource"));
            session = session.with(session.dialog().sent());
        }
        if (!session.isGone()) {
            effects.add(new Send(Farewells.bye(session, EndReason.TRANSFERRED)));
            session = session.with(session.dialog().sent());
        }
        if (asked.isPresent()) {
            session = session.handing(asked.get().to(HandOver.Stage.JOINED));
        }
        effects.addAll(List.of(new Stop(CallTimer.JOIN), new Stop(CallTimer.REFRESH), new Stop(CallTimer.SESSION)));
        return new Step(new Up(session.joining(Optional.of(joint.to(Stage.JOINED, joint.revision(), "")))), effects);
    }

    /** This call cannot be joined: tells the other call. */
    private Step givenUp(Session session, int status, String why) {
        Joint joint = session.joint().orElseThrow();
        return Steps.before(
                new TellJoined(joint.with(), new JoinInput.Over(joint.transfer(), session.call(), status, why)), undone(session, Up::new, status, why));
    }

    /** No message arrived from the other call, or from the relay. */
    Step silent(Session session) {
        return isUnderWay(session)
                ? givenUp(session, TIMEOUT, "The two calls were not joined within " + AGREED_BY.toSeconds() + " s.")
                : Step.to(new Up(session));
    }

    /** Handles something that the call must deal with before the join is complete. @param then with the call as it was before */
    Step disturbed(Session session, String what, Function<Session, Step> then) {
        Step undone = givenUp(session, UNAVAILABLE, what);
        if (undone.next() instanceof Up(var alone)) {
            Step next = then.apply(alone);
            return new Step(next.next(), Steps.after(undone, next.effects()).effects());
        }
        return undone;
    }

    /** The other call cannot be joined. */
    private Step disappointed(Session session, Function<Session, CallState> same, JoinInput.Over over) {
        // The relay sends to the other call already: the phone would hear nothing.
        return session.joint().filter(joint -> joint.stage() == Stage.ANSWERING && !joint.gone()).isPresent()
                ? farewells.hangUp(session.joining(Optional.empty()), EndReason.PARTNER_LEFT, over.why(), Optional.empty())
                : undone(session, same, over.status(), over.why());
    }

    /** The call continues as it was, or ends if its phone has left. The phone that asked is told. */
    private Step undone(Session before, Function<Session, CallState> same, int status, String why) {
        Session session = before.joining(Optional.empty());
        if (session.handOver().filter(HandOver::isOpen).isPresent()) {
            HandOver asked = session.handOver().get();
            var failed = new TransferFailed(
                    session.call(), asked.transfer(), Optional.empty(), Optional.empty(), OptionalInt.of(status), why, List.of());
            return Steps.before(
                    new Publish(failed, session.owners(), Optional.empty()),
                    Steps.before(new Stop(CallTimer.JOIN), handingOver.failed(session, same, asked, status, why, why)));
        }
        return before.joint().filter(Joint::gone).isPresent()
                ? handingOver.ended(session, HandingOver.who(session), "BYE, and " + why)
                : Step.to(same.apply(session), new Stop(CallTimer.JOIN));
    }

    /** Whether the two are being joined. */
    static boolean isUnderWay(Session session) {
        return session.joint().filter(Joint::isOpen).isPresent();
    }

    /** Whether the call continues if its phone leaves. */
    static boolean isOpen(Session session) {
        return session.joint().filter(joint -> joint.isOpen() && !joint.gone()).isPresent();
    }

    /** The phone of the other call hangs up before it is asked to. */
    static Step left(Session session) {
        return Step.to(
                new Up(session.joining(session.joint().map(Joint::left)).refreshing(Optional.empty())),
                new Respond(Transaction.REQUEST, OutgoingResponse.of(200)),
                new Stop(CallTimer.REFRESH), new Stop(CallTimer.SESSION));
    }

    /** If a step ends one of the two calls, tells the other. */
    static Step ending(CallState before, Step step) {
        if (!(step.next() instanceof Ended) || step.effects().stream().anyMatch(TellJoined.class::isInstance)) {
            return step;
        }
        return Consultation.session(before)
                .flatMap(session -> session.joint().map(joint -> new TellJoined(joint.with(), new JoinInput.Over(
                        joint.transfer(), session.call(), UNAVAILABLE, "The other call is over."))))
                .map(told -> Steps.after(step, List.of(told)))
                .orElse(step);
    }
}
