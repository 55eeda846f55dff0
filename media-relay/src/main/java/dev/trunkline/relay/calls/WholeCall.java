package dev.trunkline.relay.calls;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.MediaStats;
import java.time.Instant;
import java.util.Optional;

/** What the relay knows about a whole call, for its last event. Used in the call's queue only. */
final class WholeCall {
    private final CallRouted route;
    private Optional<Instant> answeredAt = Optional.empty();
    private Optional<Instant> mediaUntil = Optional.empty();
    private Optional<String> agent = Optional.empty();

    WholeCall(CallRouted route) {
        this.route = route;
    }

    /** @param at when the edge said so */
    void answered(Instant at) {
        answeredAt = Optional.of(at);
    }

    boolean isAnswered() {
        return answeredAt.isPresent();
    }

    /** Somebody answers, in place of any earlier participant. */
    void by(String who) {
        agent = Optional.of(who);
    }

    /** Nothing is received from the phone any more. @param lastHeard its last packet; without any the talk ended as it began */
    void mediaLost(Optional<Instant> lastHeard) {
        mediaUntil = lastHeard.or(() -> answeredAt);
    }

    /** Returns the end of the talk, if the call lost its media. */
    Optional<Instant> mediaUntil() {
        return mediaUntil;
    }

    /** Returns the summary of a refused call. */
    CallSummary refused(Instant now) {
        return CallSummary.of(route, now);
    }

    /** Returns the summary of a call that ends now, or ended when its media was lost. */
    CallSummary ended(Instant now, MediaStats stats) {
        CallSummary summary = CallSummary.of(route, mediaUntil.orElse(now)).heard(stats);
        if (answeredAt.isPresent()) {
            summary = summary.answered(answeredAt.get());
        }
        return agent.isPresent() ? summary.by(agent.get()) : summary;
    }
}
