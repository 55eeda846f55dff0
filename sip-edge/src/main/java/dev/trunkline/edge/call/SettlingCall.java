package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.AdmittedInVain;
import dev.trunkline.edge.call.CallInput.Cancel;
import dev.trunkline.edge.call.CallInput.DialogRequest;
import dev.trunkline.edge.call.CallInput.Drain;
import dev.trunkline.edge.call.CallInput.Expired;
import dev.trunkline.edge.call.CallInput.NotPublished;
import dev.trunkline.edge.call.CallInput.ReadToEnd;
import dev.trunkline.edge.call.CallInput.Told;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Settling;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.MediaReady;
import dev.trunkline.sip.message.OutgoingResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A call that the edge answered while others were free to decide: at the deadline, because the caller gave up, or because
 * nobody came, before a relay had it. The caller gets the response at once. The suite gets the event when no decision can be
 * on its way any more, because a call has one last event: if a refusal by another service is read until then, it stands, and
 * the edge publishes nothing.
 *
 * <pre>
 *  not admitted: router and limiter may refuse it. Until the deadline, and a second for what was decided then
 *     |  |----- forwarded: nobody else has a last word now; Kafka took not even the INVITE; shutdown --.
 *     |  '----- admitted --.                                                                          |
 *     |                    v                                                                          |
 *     |  admitted: a relay may refuse it. For as long as one may take to have media ready             |
 *     |     |  '--- media ready: it refuses nothing any more; shutdown -------------------------------|
 *     v     v                                                                                         |
 *   all that is in Kafka is read -------------------------------------- call.rejected or call.ended --|
 *                                                                                                     v
 *   refused or ended by another ---------------------------------------------------------------> Ended
 * </pre>
 */
final class SettlingCall {
    private final CallTimes times;
    private final Clock clock;

    SettlingCall(CallTimes times, Clock clock) {
        this.times = times;
        this.clock = clock;
    }

    /**
     * Before the admission.
     *
     * @param answer the final response to the INVITE
     */
    Step begin(CallFacts facts, Owners owners, OutgoingResponse answer, CallEvent last, String outcome) {
        Duration open = Duration.between(clock.instant(), facts.invite().deadline());
        return Step.to(
                new Settling(facts, owners, last, outcome, false, false),
                new Stop(CallTimer.DEADLINE),
                new Respond(Transaction.INVITE, answer),
                new Start(CallTimer.SETTLING, (open.isNegative() ? Duration.ZERO : open).plus(times.settling())));
    }

    /**
     * After the admission, while no relay has the call.
     *
     * @param relay how long one may still refuse it
     */
    Step begin(CallFacts facts, Owners owners, OutgoingResponse answer, CallEvent last, String outcome, Duration relay) {
        return Step.to(
                new Settling(facts, owners, last, outcome, true, false),
                new Stop(CallTimer.DEADLINE),
                new Respond(Transaction.INVITE, answer),
                new Start(CallTimer.SETTLING, relay));
    }

    Step settling(Settling state, CallInput input) {
        return switch (input) {
            case Told(var envelope) -> told(state, envelope);
            // No relay will have it.
            case AdmittedInVain(var why) when !state.admitted() -> admitted(state, times.settling());
            case Expired(var timer) when timer == CallTimer.SETTLING ->
                Step.to(state.readingOn(), new Effect.ReadToEnd());
            // Not if the call was admitted on the way there.
            case ReadToEnd() when state.reading() -> say(state, Optional.empty());
            case NotPublished() -> say(state, Optional.empty());
            case Drain() -> say(state, Optional.empty());
            // RFC 3261 section 9.2: the CANCEL comes too late to change anything, and is answered all the same.
            case Cancel cancel ->
                Step.to(state, new Respond(Transaction.REQUEST, OutgoingResponse.of(200).tagged(state.facts().tag())));
            case DialogRequest request -> Step.to(state, new Respond(Transaction.REQUEST, OutgoingResponse.of(481)));
            default -> Step.to(state);
        };
    }

    private Step told(Settling state, Envelope envelope) {
        return switch (envelope.record()) {
            case CallRejected another -> Step.to(new Ended(), new Release(state.outcome()));
            case CallEnded another -> Step.to(new Ended(), new Release(state.outcome()));
            case CallAdmitted admitted when !state.admitted() -> admitted(state, times.media());
            case MediaReady ready -> say(state.with(ready.relay()), Optional.of(envelope));
            case CallForwarded forwarded -> say(state, Optional.of(envelope));
            default -> Step.to(state);
        };
    }

    private static Step admitted(Settling state, Duration relay) {
        return Step.to(state.admittedMeanwhile(), new Start(CallTimer.SETTLING, relay));
    }

    static Step say(Settling state, Optional<Envelope> cause) {
        return Step.to(
                new Ended(), new Publish(state.last(), state.owners(), cause), new Release(state.outcome()));
    }
}
