package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.CallMachine;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferWay;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls that belong together: a call, and the outbound calls that are placed for its caller, its legs. Thread-safe, without a lock
 * that all calls would share.
 *
 * <pre>
 *   the parent ends                                    its legs end (partner-left)
 *   a leg ends that was answered, and no agents stay   the parent ends (partner-left)
 *   a leg ends that spoke with an agent until then     the parent continues
 *   the parent's relay is lost                         a leg ends that speaks with an agent
 *   a leg ends whose phone transferred its caller      the parent continues, with the leg that the phone asked for
 *   the parent ends because its phone asked for a leg  that leg continues with whoever is in the room
 *   any other leg ends                                 the parent continues
 *   a leg is refused before this edge knows it         the parent is told that its transfer failed
 *   of several legs of a forward one is answered       the others end (answered-elsewhere), once and for all
 * </pre>
 *
 * A parent may be a call of another edge, which took it before its partition became this edge's. Its end is then read from Kafka,
 * and a command asks for it.
 */
final class Partners {
    private final Map<String, Set<Call>> legs = new ConcurrentHashMap<>();
    /** Legs that the router has begun and that are not admitted yet, by their ids. */
    private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();

    /** For each forwarded call, the leg that was answered first, until it ends. */
    private final Map<String, Call> winners = new ConcurrentHashMap<>();

    private record Awaited(CallId parent, String transfer, TransferWay way) {}

    void add(Call call) {
        parent(call).ifPresent(parent -> legs.compute(parent.toString(), (key, known) -> {
            Set<Call> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(call);
            return all;
        }));
        awaited.remove(call.id().toString());
    }

    void remove(Call call) {
        parent(call).ifPresent(parent -> legs.computeIfPresent(parent.toString(), (key, known) -> {
            known.remove(call);
            return known.isEmpty() ? null : known;
        }));
    }

    private static Optional<CallId> parent(Call call) {
        return call.leg().flatMap(OutgoingLeg::parent);
    }

    /** The first leg of a forward that is answered wins, and then the others are told. Any other leg has no rivals. */
    boolean wins(Call leg) {
        Optional<String> parent = forwarded(leg);
        if (parent.isEmpty()) {
            return true;
        }
        Call first = winners.putIfAbsent(parent.get(), leg);
        if (first == null) {
            legs.getOrDefault(parent.get(), Set.of()).stream()
                    .filter(other -> other != leg && forwarded(other).isPresent())
                    .forEach(other -> other.on(new CallInput.AnsweredElsewhere()));
        }
        return first == null || first == leg;
    }

    /** Whether another leg of the same forward has the caller. To be asked once the leg is registered here. */
    boolean comesTooLate(Call leg) {
        return forwarded(leg).map(winners::get).filter(winner -> winner != leg).isPresent();
    }

    /** The id of the call whose caller a forward's leg is to take. */
    private static Optional<String> forwarded(Call leg) {
        return leg.leg().filter(out -> out.purpose() == DialPurpose.FORWARD).flatMap(OutgoingLeg::parent).map(CallId::toString);
    }

    /** Whether anything here belongs to a call, or waits for it. @param key its id, as a Kafka key has it */
    boolean any(String key) {
        return legs.containsKey(key) || awaited.containsKey(key);
    }

    /** The router began a transfer of a call of this edge. */
    void began(TransferStarted transfer) {
        transfer.leg().ifPresent(leg -> awaited.put(leg.toString(), new Awaited(transfer.callId(), transfer.transfer(), transfer.way())));
    }

    /** Handles the last event of a call that is not here: a parent of another edge, or a leg that was refused. */
    void hear(Envelope envelope, CallParts parts, Calls calls) {
        String key = envelope.callId().toString();
        endLegs(key);
        Awaited refused = awaited.remove(key);
        if (refused != null) {
            tell(failed(envelope, refused), parts, calls);
        }
    }

    private static TransferFailed failed(Envelope envelope, Awaited refused) {
        boolean rejected = envelope.record() instanceof CallRejected;
        String detail = switch (envelope.record()) {
            case CallRejected refusal -> refusal.text();
            case CallEnded ended -> ended.reason().sentence();
            default -> EndReason.CALLEE_UNREACHABLE.sentence();
        };
        return new TransferFailed(
                refused.parent(), refused.transfer(), Optional.of(refused.way()), Optional.of(envelope.callId()),
                envelope.record() instanceof CallRejected refusal ? OptionalInt.of(refusal.status()) : OptionalInt.empty(), detail,
                rejected ? ((CallRejected) envelope.record()).trace() : List.of());
    }

    /** Lets a leg continue without its parent, whose phone had asked for the leg to take its place. */
    void letGo(CallId leg, Calls calls) {
        calls.byKey(leg.toString()).ifPresent(this::remove);
    }

    /** A call of this edge is over, and forgotten. @param ending whether its parent ends with it, unless agents stay there */
    void over(Call call, boolean ending, CallParts parts, Calls calls) {
        endLegs(call.id().toString());
        forwarded(call).ifPresent(parent -> winners.remove(parent, call));
        awaited.values().removeIf(leg -> leg.parent().equals(call.id()));
        call.leg().filter(leg -> ending && leg.purpose() != DialPurpose.DIAL && !leg.agentsStay() && !leg.isConsulting())
                .flatMap(OutgoingLeg::parent)
                .ifPresent(parent -> end(parent, parts, calls));
    }

    /** The relay of a call is lost: the relay that takes it over does not know the legs that are not to be joined with its caller yet. */
    void orphaned(Call parent) {
        legs.getOrDefault(parent.id().toString(), Set.of()).forEach(leg -> leg.on(new CallInput.ParentOrphaned()));
    }

    private void endLegs(String parent) {
        legs.getOrDefault(parent, Set.of()).forEach(leg -> leg.on(new CallInput.PartnerLeft()));
    }

    private static void end(CallId parent, CallParts parts, Calls calls) {
        calls.byKey(parent.toString()).ifPresentOrElse(
                call -> call.on(new CallInput.PartnerLeft()),
                () -> {
                    if (!parts.lateRelays().remembers(parent.toString())) {
                        parts.outbox().publish(parts.envelopes().first(
                                new EndCall(parent, EndReason.PARTNER_LEFT, CallMachine.SERVICE, EndReason.PARTNER_LEFT.sentence()),
                                Owners.NONE));
                    }
                });
    }

    /**
     * Publishes an event in the name of a parent, with its relay as an owner if the parent is this edge's; the parent is then told
     * at once.
     */
    void tell(CallEvent event, CallParts parts, Calls calls) {
        Optional<Call> known = calls.byKey(event.callId().toString());
        Owners owners = known
                .map(parent -> parent.held()
                        .map(its -> Owners.edge(parts.edge()).withRelay(its.relay()))
                        .orElseGet(() -> Owners.edge(parts.edge())))
                .orElse(Owners.NONE);
        Envelope envelope = parts.envelopes().first(event, owners);
        parts.outbox().publish(envelope);
        calls.phoneTransfers().hear(event);
        known.ifPresent(parent -> parent.on(new CallInput.Told(envelope)));
    }
}
