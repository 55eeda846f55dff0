package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.relay.audio.Sound;
import dev.trunkline.relay.bridge.CallMedia;
import dev.trunkline.relay.room.SipParticipant;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RpcCall;
import dev.trunkline.rtc.RpcError;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The hold of one caller by participants in the room: phone and room hear nothing of each other, and the phone hears the waiting sound. The
 * caller is back when nobody holds any more.
 *
 * <pre>
 *   TALKING --an agent or a person called {@link #HOLD}-------> HELD
 *      ^                                                         |
 *      |--an agent or a person called {@link #RESUME}------------|
 *      |--whoever held has left, and somebody else answers-------|
 *      `--the caller was handed over-----------------------------'
 * </pre>
 *
 * A participant who held the caller and comes back, for example after a reload, finds the caller held. A warm hand-over holds the caller
 * independently, for as long as it is under way: the transfer's events report that hold, {@link CallHeld} and {@link CallResumed} this one.
 * Used in the call's queue only.
 */
final class CallerHold {
    /** The RPC methods. */
    static final String HOLD = "trunkline.hold";

    static final String RESUME = "trunkline.resume";

    private static final Logger LOG = Logger.getLogger(CallerHold.class);
    private static final String HELD = "true";
    /** LiveKit removes an attribute without a value. */
    private static final String NOT_HELD = "";

    private final CallRouted route;
    private final CallRoom here;
    private final CallMedia media;
    private final Optional<Sound.Source> waiting;
    private final BooleanSupplier isTalk;
    private final Consumer<CallEvent> say;
    private final ContainedFaults faults;
    private final Set<By> holding = EnumSet.noneOf(By.class);
    /** Who requested it last, in the room. */
    private Optional<Holder> holder = Optional.empty();

    /** @param name as in events */
    private record Holder(String identity, String name) {}

    enum By {
        /** Somebody in the room requested it. */
        ASKED,
        /** The target speaks with the agent first. */
        WARM
    }

    /**
     * @param waiting what the phone hears meanwhile; empty for silence
     * @param isTalk whether the call was answered, is in its room and is not ending
     * @param say publishes on Kafka
     */
    CallerHold(
            CallRouted route,
            CallRoom here,
            CallMedia media,
            Optional<Sound.Source> waiting,
            BooleanSupplier isTalk,
            Consumer<CallEvent> say,
            ContainedFaults faults) {
        this.route = route;
        this.here = here;
        this.media = media;
        this.waiting = waiting;
        this.isTalk = isTalk;
        this.say = say;
        this.faults = faults;
    }

    static boolean knows(String method) {
        return method.equals(HOLD) || method.equals(RESUME);
    }

    /** Somebody in the room called one of the methods; the reply says whether the caller is on hold as a result. */
    void called(RpcCall call) {
        try {
            Optional<RpcError> objection = objection(call);
            if (objection.isPresent()) {
                call.fail(objection.get());
                return;
            }
            if (call.method().equals(HOLD)) {
                ask(new Holder(call.caller().identity(), RoomAgents.name(call.caller())));
            } else {
                endAsked("%s took the caller back".formatted(RoomAgents.name(call.caller())));
            }
            call.respond(EventJson.MAPPER.createObjectNode().put("held", !holding.isEmpty()).toString());
        } catch (Throwable fault) {
            faults.caught("caller-hold", fault);
            call.fail(new RpcError(RpcError.APPLICATION_ERROR, "The relay could not handle the request."));
        }
    }

    private Optional<RpcError> objection(RpcCall call) {
        if (!RoomAgents.mayAsk(call.caller())) {
            return Optional.of(new RpcError(403, "Only agents and people may put a caller on hold."));
        }
        if (route.outgoing().filter(OutgoingLeg::servesParent).isPresent()) {
            return Optional.of(new RpcError(409, "This call was made on behalf of a caller: put the caller's own call on hold."));
        }
        return isTalk.getAsBoolean() ? Optional.empty() : Optional.of(new RpcError(409, "The call has not been answered, or is ending."));
    }

    private void ask(Holder asking) {
        holder = Optional.of(asking);
        if (!holding.contains(By.ASKED)) {
            LOG.infof("%s is put on hold by %s", CallLabel.of(route), asking.name());
            begin(By.ASKED);
            here.attributes(Map.of(SipParticipant.HELD, HELD));
            say.accept(new CallHeld(route.callId(), Optional.of(asking.name())));
        }
    }

    private void endAsked(String why) {
        Optional<String> by = holder.map(Holder::name);
        holder = Optional.empty();
        if (holding.contains(By.ASKED)) {
            LOG.infof("%s is no longer on hold: %s", CallLabel.of(route), why);
            end(By.ASKED);
            here.attributes(Map.of(SipParticipant.HELD, NOT_HELD));
            say.accept(new CallResumed(route.callId(), by, Optional.of(why)));
        }
    }

    void begin(By whom) {
        if (holding.isEmpty()) {
            media.hold(waiting);
        }
        holding.add(whom);
    }

    void end(By whom) {
        if (holding.remove(whom) && holding.isEmpty()) {
            media.resume();
        }
    }

    /** The participants in the room, or who answers, may have changed. @param alone whether nobody answers at this moment */
    void look(boolean alone) {
        List<RemoteParticipant> others = here.others();
        // When somebody leaves, LiveKit removes the tracks before it reports the leave: the caller is then not alone yet, and nobody else
        // is there.
        if (!alone && others.stream().noneMatch(this::isHolder) && RoomAgents.answering(others, false).isPresent()) {
            endAsked("the participant who held the caller has left, and somebody else is in the room");
        }
    }

    private boolean isHolder(RemoteParticipant participant) {
        return holder.filter(one -> one.identity().equals(participant.identity())).isPresent();
    }

    /** The target of a hand-over is to be heard. */
    void handedOver() {
        endAsked("the caller was handed over");
    }
}
