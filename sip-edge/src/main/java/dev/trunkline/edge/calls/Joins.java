package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.edge.call.JoinInput;
import dev.trunkline.edge.call.JoinRules;
import dev.trunkline.edge.call.Replaces;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.JoinCalls;
import dev.trunkline.events.JoinStep;
import dev.trunkline.events.privacy.SealBrokenException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Carries the messages between two calls that their phone is joining ({@link JoinInput}), within this edge or over Kafka. Thread-safe;
 * keeps no state.
 *
 * <pre>
 *   both are this edge's          delivered at once
 *   the other is another edge's   command.join, keyed by the call that it is addressed to: whichever edge has that call reads its partition
 * </pre>
 */
final class Joins {
    private static final int UNAVAILABLE = 480;
    private static final int NO_DIALOG = 481;
    private static final Logger LOG = Logger.getLogger(Joins.class);

    /**
     * Handles a phone's request in one of its calls.
     *
     * @param other the call that its Replaces names
     * @param earlyOnly whether that call is no longer meant once it is answered
     * @param transfer id of the request
     */
    void ask(Call phone, Call other, boolean earlyOnly, String transfer) {
        Optional<JoinRules.Objection> objection = judged(phone.side(), other.side(), earlyOnly, transfer);
        objection.ifPresentOrElse(
                no -> phone.on(new JoinInput.Over(transfer, other.id(), no.status(), no.why())),
                () -> other.on(new JoinInput.Wanted(transfer, phone.id(), Optional.empty())));
    }

    /** As above, for a call that this edge does not have: the edge that has it judges. @param named the dialog, as the phone names it */
    void ask(Call phone, CallId other, Replaces named, String transfer, CallParts parts, Calls calls) {
        if (isOf(other, parts, calls)) {
            phone.on(new JoinInput.Over(transfer, other, UNAVAILABLE, "There is no such dialog any more."));
            return;
        }
        LOG.infof("%s is to be joined, as its phone asks, with %s of another edge: transfer %s", CallLabel.of(phone.id(), Optional.empty()),
                CallLabel.of(other, Optional.empty()), transfer);
        publish(parts.letters().wanted(other, transfer, new JoinLetters.Wish(named.dialog(), named.earlyOnly(), phone.side())), parts);
    }

    private static Optional<JoinRules.Objection> judged(JoinRules.Side asking, JoinRules.Side other, boolean earlyOnly, String transfer) {
        Optional<JoinRules.Objection> objection = JoinRules.objection(asking, other, earlyOnly);
        LOG.infof("%s is to be joined, as its phone asks, with %s: transfer %s%s", CallLabel.of(asking.id(), Optional.empty()),
                CallLabel.of(other.id(), Optional.empty()), transfer, objection.map(no -> "; refused: " + no.why()).orElse(""));
        return objection;
    }

    /** Whether it is this edge's call, or was until recently. */
    private static boolean isOf(CallId call, CallParts parts, Calls calls) {
        return calls.byKey(call.toString()).isPresent() || parts.lateRelays().remembers(call.toString());
    }

    /** @param from the sender */
    void tell(Call from, CallId to, JoinInput what, CallParts parts, Calls calls) {
        Optional<Call> other = calls.byKey(to.toString());
        if (other.isPresent()) {
            other.get().on(what);
        } else if (!isOf(to, parts, calls)) {
            publish(parts.letters().letter(to, what), parts);
        } else if (!(what instanceof JoinInput.Over)) {
            from.on(new JoinInput.Over(what.transfer(), to, NO_DIALOG, "There is no such call any more."));
        }
    }

    /** Publishes without our name: the call that it is addressed to is not this edge's. */
    private static void publish(JoinCalls letter, CallParts parts) {
        parts.outbox().publish(parts.envelopes().first(letter, Owners.NONE));
    }

    /** Handles a message from a call of another edge to one of this edge. */
    void hear(Call call, JoinCalls letter, CallParts parts, Calls calls) {
        try {
            if (letter.step() == JoinStep.WANTED) {
                wanted(call, letter, parts);
            } else {
                call.on(parts.letters().said(letter));
            }
        } catch (SealBrokenException e) {
            LOG.errorf("%s cannot read a message from call %s: %s", CallLabel.of(call.id(), Optional.empty()),
                    letter.from(), e.getMessage());
        }
    }

    private static void wanted(Call call, JoinCalls letter, CallParts parts) {
        JoinLetters.Wish wish = parts.letters().wish(letter);
        Optional<JoinRules.Objection> objection = call.dialog().filter(wish.dialog()::equals).isPresent()
                ? judged(wish.asking(), call.side(), wish.earlyOnly(), letter.transfer())
                : Optional.of(new JoinRules.Objection(UNAVAILABLE, "There is no such dialog."));
        objection.ifPresentOrElse(
                no -> publish(parts.letters().letter(
                        letter.from(), new JoinInput.Over(letter.transfer(), call.id(), no.status(), no.why())), parts),
                () -> call.on(parts.letters().said(letter)));
    }
}
