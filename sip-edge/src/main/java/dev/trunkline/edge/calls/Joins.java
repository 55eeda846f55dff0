package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.edge.call.JoinInput;
import dev.trunkline.edge.call.JoinRules;
import dev.trunkline.events.CallId;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Carries what two calls of one phone that is to join them say to each other ({@link JoinInput}). Thread-safe; keeps nothing. */
final class Joins {
    private static final int NO_DIALOG = 481;
    private static final Logger LOG = Logger.getLogger(Joins.class);

    /**
     * A phone asks for it in one of its calls.
     *
     * @param other that its Replaces names
     * @param earlyOnly whether that one is not meant once it is answered
     * @param transfer id of the wish
     */
    void ask(Call phone, Call other, boolean earlyOnly, String transfer) {
        Optional<JoinRules.Objection> objection = JoinRules.objection(phone.side(), other.side(), earlyOnly);
        LOG.infof("%s is to be joined with %s by its phone: transfer %s%s", CallLabel.of(phone.id(), Optional.empty()),
                CallLabel.of(other.id(), Optional.empty()), transfer, objection.map(no -> "; refused: " + no.why()).orElse(""));
        objection.ifPresentOrElse(
                no -> phone.on(new JoinInput.Over(transfer, other.id(), no.status(), no.why())),
                () -> other.on(new JoinInput.Wanted(transfer, phone.id())));
    }

    /** @param from who says it */
    void tell(Call from, CallId to, JoinInput what, Calls calls) {
        calls.byKey(to.toString()).ifPresentOrElse(
                other -> other.on(what),
                () -> {
                    if (!(what instanceof JoinInput.Over)) {
                        from.on(new JoinInput.Over(what.transfer(), to, NO_DIALOG, "There is no such call any more."));
                    }
                });
    }
}
