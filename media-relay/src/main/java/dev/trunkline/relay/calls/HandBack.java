package dev.trunkline.relay.calls;

import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.AgentMissed;
import dev.trunkline.events.AgentWanted;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import dev.trunkline.rtc.RpcCall;
import dev.trunkline.rtc.RpcError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A person gives the caller back to the agent of the route, and stays until the agent answers: the caller is never alone.
 *
 * <pre>
 *   NONE --a person called {@link #AGENT}: call.agent.wanted--> ASKED
 *     ^                                                      |
 *     |--an agent answers: that is the answer----------------|
 *     `--call.agent.missed, the agents' time is over, the----'
 *        caller was handed over, nobody is there: an error
 * </pre>
 *
 * An agent who is there already answers at once, and none is requested. Used in the call's queue only.
 */
final class HandBack {
    /** The RPC method. */
    static final String AGENT = "trunkline.agent";

    private static final Logger LOG = Logger.getLogger(HandBack.class);
    /** Pending requests for one agent: a person who presses again, for example after a reload, adds one more. */
    private static final int MOST_ASKING = 8;
    private static final int FORBIDDEN = 403;
    private static final int NO_SUCH_AGENT = 404;
    private static final int NOT_NOW = 409;
    private static final int TOO_MANY = 429;
    private static final int NOBODY_CAME = 480;

    private final CallRouted route;
    private final Reception reception;
    private final BooleanSupplier isTalk;
    private final Runnable lookAround;
    private final Consumer<CallEvent> say;
    private final Patience patience;
    private final ContainedFaults faults;
    private final List<RpcCall> asking = new ArrayList<>();

    /**
     * @param isTalk whether the call was answered, is in its room and is not ending
     * @param lookAround makes the reception check who is there, and then call {@link #look}
     * @param say publishes on Kafka
     * @param patience of the call, for this alone
     */
    HandBack(
            CallRouted route,
            Reception reception,
            BooleanSupplier isTalk,
            Runnable lookAround,
            Consumer<CallEvent> say,
            Patience patience,
            ContainedFaults faults) {
        this.route = route;
        this.reception = reception;
        this.isTalk = isTalk;
        this.lookAround = lookAround;
        this.say = say;
        this.patience = patience;
        this.faults = faults;
    }

    /** Somebody in the room called the method; the reply names the agent who has the caller. */
    void called(RpcCall call) {
        try {
            Optional<RpcError> objection = objection(call.caller());
            if (objection.isPresent()) {
                call.fail(objection.get());
                return;
            }
            asking.add(call);
            if (asking.size() == 1) {
                begin(RoomAgents.name(call.caller()));
            }
        } catch (Throwable fault) {
            faults.caught("hand-back", fault);
            call.fail(new RpcError(RpcError.APPLICATION_ERROR, "The relay could not handle the request."));
        }
    }

    private Optional<RpcError> objection(RemoteParticipant asker) {
        if (!RoomAgents.mayAsk(asker) || asker.kind() == ParticipantKind.AGENT) {
            return refusal(FORBIDDEN, "Only people may give a caller back to the agent.");
        }
        if (route.outgoing().filter(OutgoingLeg::servesParent).isPresent()) {
            return refusal(NOT_NOW, "This call was made on behalf of a caller: give back the caller's own call.");
        }
        if (!route.leadsToAgents()) {
            return refusal(NO_SUCH_AGENT, "The rule %s leads to no agent.".formatted(route.rule().name()));
        }
        if (!isTalk.getAsBoolean()) {
            return refusal(NOT_NOW, "The call has not been answered, or is ending.");
        }
        if (reception.isHandedOver()) {
            return refusal(NOT_NOW, "The caller was handed over.");
        }
        return asking.size() < MOST_ASKING ? Optional.empty() : refusal(TOO_MANY, "The agent has already been asked for.");
    }

    private static Optional<RpcError> refusal(int code, String why) {
        return Optional.of(new RpcError(code, why));
    }

    private void begin(String by) {
        reception.agentWanted(true);
        lookAround.run();
        if (!asking.isEmpty()) {
            LOG.infof("%s %s gives the caller back: asking for an agent", CallLabel.of(route), by);
            say.accept(new AgentWanted(route.callId(), by, reception.lastAgent(), Optional.of(route)));
            patience.begin(
                    CallerReception.forReplacement(route),
                    () -> failed(NOBODY_CAME, "No agent came in time, and no reason was reported."));
        }
    }

    /** Who answers may have changed. */
    void look() {
        if (asking.isEmpty()) {
            return;
        }
        reception.agent().map(RoomAgents::name).ifPresent(agent -> {
            String answer = EventJson.MAPPER.createObjectNode().put("agent", agent).toString();
            over().forEach(call -> call.respond(answer));
        });
    }

    /** None of the agents came. */
    void missed(AgentMissed none) {
        failed(NOBODY_CAME, none.why());
    }

    void handedOver() {
        failed(NOT_NOW, "The caller was handed over.");
    }

    /** Nobody is left in the room who answers the caller: the requester has left too, and the rule decides what is next. */
    void deserted() {
        failed(NOT_NOW, "The person who gave the caller back left before the agent came.");
    }

    /** The call is over here. */
    void close() {
        failed(NOT_NOW, "The call is over, or another relay has it.");
    }

    private void failed(int code, String why) {
        over().forEach(call -> call.fail(new RpcError(code, why)));
    }

    /** @return the requests that waited for the answer */
    private List<RpcCall> over() {
        List<RpcCall> told = List.copyOf(asking);
        asking.clear();
        patience.end();
        reception.agentWanted(false);
        return told;
    }
}
