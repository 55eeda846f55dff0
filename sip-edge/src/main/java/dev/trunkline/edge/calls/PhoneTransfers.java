package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.Effect;
import dev.trunkline.edge.call.Replaces;
import dev.trunkline.edge.dialog.CallTag;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferCall;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.privacy.TransferTarget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * REFERs of phones, as transfers of the call whose caller, or whose agents, are to talk to somebody else. Thread-safe.
 *
 * <pre>
 *   whose phone asks               whose transfer it is   who is with the target then
 *   a caller's                     that call's            the agents, who stay; the call ends, and the leg takes its place
 *   one to which a leg was placed  the parent's           the parent's caller; the leg ends, and the parent does not
 * </pre>
 *
 * A REFER whose Replaces names another call of the suite, of this edge or another, is handled by {@link Joins}.
 */
final class PhoneTransfers {
    /** The value of {@code requestedBy}. */
    static final String PHONE = "phone";

    private static final int DECLINED = 603;
    private static final Logger LOG = Logger.getLogger(PhoneTransfers.class);

    /** The call whose phone asked, by the id of the transfer. */
    private final Map<String, Call> asking = new ConcurrentHashMap<>();

    void ask(Call phone, Effect.AskToHandOver wish, CallParts parts, Calls calls) {
        Optional<Replaces> taken = wish.replaces().flatMap(Replaces::parse);
        Optional<Call> own = taken.flatMap(named -> calls.ofDialog(named.dialog()));
        if (own.isPresent()) {
            calls.joins().ask(phone, own.get(), taken.get().earlyOnly(), wish.transfer());
            return;
        }
        Optional<CallId> others = taken.flatMap(named -> CallTag.call(named.dialog().localTag()));
        if (others.isPresent()) {
            calls.joins().ask(phone, others.get(), taken.get(), wish.transfer(), parts, calls);
            return;
        }
        Optional<OutgoingLeg> leg = phone.leg().filter(OutgoingLeg::servesParent);
        CallId handed = leg.flatMap(OutgoingLeg::parent).orElse(phone.id());
        Optional<Call> known = calls.byKey(handed.toString());
        if (known.isEmpty()) {
            String refusal = "The caller's call does not belong to this edge.";
            LOG.infof("%s is not handed over by its phone: %s", CallLabel.of(phone.id(), Optional.empty()), refusal);
            phone.on(new CallInput.HandOverTold(new TransferFailed(
                    handed, wish.transfer(), Optional.empty(), Optional.empty(), OptionalInt.of(DECLINED), refusal, List.of())));
            return;
        }
        asking.put(wish.transfer(), phone);
        Map<String, String> headers = new HashMap<>();
        wish.replaces().ifPresent(value -> headers.put("Replaces", value));
        wish.referredBy().ifPresent(value -> headers.put("Referred-By", value));
        var command = new TransferCall(
                handed, wish.transfer(), parts.targets().seal(handed, new TransferTarget(wish.to(), headers)),
                leg.flatMap(out -> phone.trunk()), Optional.of(TransferWay.BRIDGE), leg.map(OutgoingLeg::agentsStay).orElse(true),
                OptionalInt.empty(), PHONE, Optional.of(phone.id()));
        Owners owners = known.get().held()
                .map(its -> Owners.edge(parts.edge()).withRelay(its.relay()))
                .orElseGet(() -> Owners.edge(parts.edge()));
        LOG.infof("%s is to be handed over by its phone: transfer %s", CallLabel.of(phone.id(), Optional.empty()), wish.transfer());
        parts.outbox().publish(parts.envelopes().first(command, owners));
    }

    /** Handles the progress of a transfer, which may be one of these. */
    void hear(CallRecord said) {
        switch (said) {
            case TransferStarted started -> tell(started.transfer(), started, false);
            case TransferSucceeded succeeded -> tell(succeeded.transfer(), succeeded, true);
            case TransferFailed failed -> tell(failed.transfer(), failed, true);
            default -> {
                // Not relevant here.
            }
        }
    }

    private void tell(String transfer, CallEvent event, boolean last) {
        Call phone = last ? asking.remove(transfer) : asking.get(transfer);
        if (phone != null) {
            phone.on(new CallInput.HandOverTold(event));
        }
    }

    void over(Call phone) {
        asking.values().removeIf(phone::equals);
    }
}
