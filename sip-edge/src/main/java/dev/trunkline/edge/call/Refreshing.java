package dev.trunkline.edge.call;

import dev.trunkline.edge.call.Effect.Acknowledge;
import dev.trunkline.edge.call.Effect.Ask;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.SessionTimer;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.edge.text.Texts;
import dev.trunkline.events.EndReason;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Keeps the session of an answered call fresh, and ends the call if it is not (RFC 4028).
 *
 * <pre>
 *   a 2xx to an INVITE, re-INVITE or UPDATE, in either direction: both timers restart
 *
 *   half the interval, and it is up to us --> UPDATE, or re-INVITE with the session as it is
 *       2xx             as above; the other side may have taken it over
 *       491             again after up to 2 s, at random (RFC 3261 section 14.1)
 *       422             at once with the interval that is wanted
 *       405, 420, 501   at once by re-INVITE, if it was an UPDATE
 *       408, 481        the dialog is gone: BYE + call.ended (caller-lost)
 *       anything else   of a phone without session timers: it is there, and both timers restart
 *                       of another phone: again after Retry-After, or after a sixth of the interval
 *   the interval less a third of it, or less 32 s --> BYE + call.ended (session-expired)
 * </pre>
 */
final class Refreshing {
    private static final Duration SOON = Duration.ofSeconds(1);
    /** The caller chose the Call-ID, so we wait 0 to 2 s in steps of 10 ms (RFC 3261 section 14.1). */
    private static final int GLARE_STEPS = 201;
    private static final long GLARE_STEP_MILLIS = 10;
    /** After a restart many calls would refresh at once. */
    private static final int TAKEN_UP_MILLIS = 10_000;
    private static final int RETRIES = 6;
    /** Seconds; a longer request is not honoured. */
    private static final int LONGEST_PAUSE = 99_999;

    private final Farewells farewells;
    private final RandomGenerator random;

    Refreshing(Farewells farewells, RandomGenerator random) {
        this.farewells = farewells;
        this.random = random;
    }

    /** Starts the timers of a session that has just been refreshed. */
    List<Effect> began(Dialog dialog) {
        return timers(dialog, SessionTimer::refreshAfter);
    }

    /** Starts the timers of a session whose last refresh is not known. */
    List<Effect> takenUp(Dialog dialog) {
        return timers(dialog, timer -> {
            long half = Math.min(TAKEN_UP_MILLIS, timer.refreshAfter().toMillis());
            return Duration.ofMillis(random.nextLong(half + 1));
        });
    }

    private static List<Effect> timers(Dialog dialog, Function<SessionTimer, Duration> refreshAfter) {
        if (dialog.timer().isEmpty()) {
            // A timer that was agreed on once is never given up again.
            return List.of();
        }
        SessionTimer timer = dialog.timer().get();
        return List.of(
                timer.ours()
                        ? new Start(CallTimer.REFRESH, refreshAfter.apply(timer))
                        : new Stop(CallTimer.REFRESH),
                new Start(CallTimer.SESSION, timer.endsAfter()));
    }

    /** The refresh is due, and nothing else is under way. */
    Step due(Session session, Function<Session, CallState> same) {
        Optional<SessionTimer> timer = session.dialog().timer().filter(SessionTimer::ours);
        if (timer.isEmpty() || session.refresh().isPresent()) {
            return Step.to(same.apply(session));
        }
        // A session that is no longer known, after a restart long after the call began, cannot be offered.
        boolean update = session.dialog().takes(SipRequest.UPDATE) || session.answer().isEmpty();
        OutgoingRequest request = session.dialog()
                .request(update ? SipRequest.UPDATE : SipRequest.INVITE, timer.get().asking())
                .refreshing(update ? Optional.empty() : Optional.of(session.answer()));
        var refresh = new Session.Refresh(request.method(), request.cseq());
        return Step.to(
                same.apply(session.with(session.dialog().sent()).refreshing(Optional.of(refresh))), new Ask(request));
    }

    /** The refresh is due, and an INVITE of the other side is under way: retry a moment later. */
    static Step notNow(CallState state) {
        return Step.to(state, new Start(CallTimer.REFRESH, SOON));
    }

    Step expired(Session session) {
        boolean ours = session.dialog().timer().filter(SessionTimer::ours).isPresent();
        return farewells.hangUp(session, EndReason.SESSION_EXPIRED,
                ours ? "none of our session refreshes was accepted" : "the caller's side did not refresh the session",
                Optional.empty());
    }

    Step answered(Session before, Function<Session, CallState> same, OutgoingRequest request, SipResponse answer) {
        boolean awaited = before.refresh().filter(refresh -> refresh.cseq() == request.cseq()).isPresent();
        if (!awaited) {
            return Step.to(same.apply(before));
        }
        Session session = before.refreshing(Optional.empty()).with(before.dialog().reached(answer.cseq()));
        if (answer.accepts()) {
            return accepted(session, same, answer);
        }
        boolean otherWay = request.method().equals(SipRequest.UPDATE) && session.dialog().takes(SipRequest.UPDATE);
        return switch (answer.status()) {
            case 408, 481 -> farewells.hangUp(session, EndReason.CALLER_LOST,
                    "the refresh of the session was answered with " + answer.status(), Optional.empty());
            case 491 -> again(session, same, afterGlare());
            case 422 -> raised(session, same, answer);
            case 405, 420, 501 -> otherWay
                    ? due(session.with(session.dialog().without(SipRequest.UPDATE)), same)
                    : again(session, same, pause(session, answer));
            // A gateway between us may send 503 for a phone that is gone, and so do we if nothing could be sent.
            case 503 -> again(session, same, pause(session, answer));
            default -> session.dialog().timer().filter(SessionTimer::probing).isPresent()
                    ? new Step(same.apply(session), began(session.dialog()))
                    : again(session, same, pause(session, answer));
        };
    }

    /** A 2xx to a request of ours that keeps the session; for an INVITE it is acknowledged. */
    Step accepted(Session session, Function<Session, CallState> same, SipResponse answer) {
        Dialog dialog = session.dialog().answered(answer.contact());
        Optional<SessionTimer> timer = dialog.timer().map(known -> known.accepted(TimerHeaders.of(answer.headers())));
        Session fresh = session.with(dialog.with(timer));
        var effects = new ArrayList<Effect>();
        if (answer.method().equals(SipRequest.INVITE)) {
            effects.add(new Acknowledge(fresh.dialog().ack(answer.cseq())));
        }
        effects.addAll(began(fresh.dialog()));
        return new Step(same.apply(fresh), effects);
    }

    /** How long the side that did not choose the Call-ID waits after a 491 (RFC 3261 section 14.1). */
    Duration afterGlare() {
        return Duration.ofMillis(random.nextInt(GLARE_STEPS) * GLARE_STEP_MILLIS);
    }

    private Step raised(Session session, Function<Session, CallState> same, SipResponse answer) {
        Optional<SessionTimer> timer = session.dialog().timer();
        int wanted = TimerHeaders.of(answer.headers()).minimum().orElse(0);
        // A peer that refuses the interval that it asked for would have us ask for ever.
        return timer.filter(known -> wanted > known.seconds()).isPresent()
                ? due(session.with(session.dialog().with(timer.map(known -> known.raised(wanted)))), same)
                : again(session, same, pause(session, answer));
    }

    private static Duration pause(Session session, SipResponse answer) {
        int sixth = Math.max(1, session.dialog().timer().map(SessionTimer::seconds).orElse(0) / RETRIES);
        int asked = answer.headers()
                .first("Retry-After")
                .map(text -> Texts.leadingNumber(text.strip()))
                .filter(seconds -> seconds.isPresent() && seconds.getAsInt() <= LONGEST_PAUSE)
                .map(OptionalInt::getAsInt)
                .orElse(sixth);
        return Duration.ofSeconds(Math.max(1, asked));
    }

    private static Step again(Session session, Function<Session, CallState> same, Duration after) {
        return Step.to(same.apply(session), new Start(CallTimer.REFRESH, after));
    }
}
