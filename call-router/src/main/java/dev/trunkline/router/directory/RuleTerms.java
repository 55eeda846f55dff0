package dev.trunkline.router.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentPool;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.WaitFor;
import dev.trunkline.events.WhenAgentLeaves;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The contents of a rule, apart from its organisation and its trunks. Field names and their meaning are LiveKit's
 * (wrapped form) where LiveKit has them.
 *
 * @param numbers the dialled numbers, each a number or a pattern with a trailing star; empty for any
 * @param inboundNumbers the callers, in the same form; empty for any
 * @param agents dispatched by name; empty leaves it to LiveKit's automatic dispatch
 * @param metadata for the caller's participant, and for agents that have none of their own
 * @param attributes for the caller's participant, each a text
 * @param hidePhoneNumber the caller's number stays out of the room
 * @param pin digits that the caller must enter; empty for none
 * @param agentPool whose sessions the calls take; empty for none
 * @param answerPolicy when the caller is answered; a rule with a PIN answers at once, whatever this says
 * @param patienceSeconds how long to wait for an agent, 1 or more
 * @param fallback what is tried, in order, when no agent comes or the webhook fails
 * @param whenAgentLeaves what happens to a caller whom everyone else has left; empty for
 *     {@link WhenAgentLeaves#REPLACE}
 * @param waitFor what is awaited if the caller is answered on an agent; empty for
 *     {@link WaitFor#PUBLISHED_OR_LISTENING}
 * @param warm in how many rooms the agents wait for callers; 0 if they are requested when a call comes
 * @param transferWay how callers are transferred if the request does not say; empty for the trunk's way
 * @param announcement what callers hear before anyone else can be heard; empty for nothing
 */
public record RuleTerms(
        List<String> numbers,
        List<String> inboundNumbers,
        Destination destination,
        List<Agent> agents,
        String metadata,
        ObjectNode attributes,
        boolean hidePhoneNumber,
        Optional<String> pin,
        Optional<AgentPool> agentPool,
        AnswerPolicy answerPolicy,
        int patienceSeconds,
        List<Fallback> fallback,
        Optional<WhenAgentLeaves> whenAgentLeaves,
        Optional<WaitFor> waitFor,
        int warm,
        Optional<TransferWay> transferWay,
        Optional<AnnouncementChoice> announcement) {

    public static final int DEFAULT_PATIENCE_SECONDS = 30;

    public RuleTerms {
        numbers = List.copyOf(numbers);
        inboundNumbers = List.copyOf(inboundNumbers);
        agents = List.copyOf(agents);
        fallback = List.copyOf(fallback);
    }

    /** Creates terms without an announcement. */
    public RuleTerms(
            List<String> numbers,
            List<String> inboundNumbers,
            Destination destination,
            List<Agent> agents,
            String metadata,
            ObjectNode attributes,
            boolean hidePhoneNumber,
            Optional<String> pin,
            Optional<AgentPool> agentPool,
            AnswerPolicy answerPolicy,
            int patienceSeconds,
            List<Fallback> fallback,
            Optional<WhenAgentLeaves> whenAgentLeaves,
            Optional<WaitFor> waitFor,
            int warm,
            Optional<TransferWay> transferWay) {
        this(numbers, inboundNumbers, destination, agents, metadata, attributes, hidePhoneNumber, pin, agentPool, answerPolicy,
                patienceSeconds, fallback, whenAgentLeaves, waitFor, warm, transferWay, Optional.empty());
    }

    /** Returns terms that send every number and every caller to a destination, with defaults for everything else. */
    public static RuleTerms to(Destination destination) {
        return new RuleTerms(
                List.of(), List.of(), destination, List.of(), "", JsonNodeFactory.instance.objectNode(), false,
                Optional.empty(), Optional.empty(), AnswerPolicy.ON_AGENT, DEFAULT_PATIENCE_SECONDS, List.of(),
                Optional.empty(), Optional.empty(), 0, Optional.empty());
    }

    /** Returns the same terms for these numbers and callers only. */
    public RuleTerms forNumbers(List<String> only, List<String> callers) {
        return new RuleTerms(
                only, callers, destination, agents, metadata, attributes, hidePhoneNumber, pin, agentPool, answerPolicy,
                patienceSeconds, fallback, whenAgentLeaves, waitFor, warm, transferWay, announcement);
    }

    /** Returns the agents with the metadata that they get: their own, or else that of the rule. */
    public static List<Agent> told(List<Agent> agents, String metadata) {
        return agents.stream().map(agent -> agent.metadata().isEmpty() ? new Agent(agent.name(), metadata) : agent).toList();
    }

    /** An outbound trunk that a rule names. @param field the field that names it */
    public record NamedTrunk(String field, String name) {}

    /** Returns the outbound trunks that it names for outbound calls. */
    public List<NamedTrunk> outboundTrunks() {
        List<NamedTrunk> named = new ArrayList<>();
        destination.forwards().forEach((field, plan) -> plan.rounds().stream()
                .flatMap(round -> round.targets().stream())
                .flatMap(target -> target.outboundTrunk().stream())
                .forEach(name -> named.add(new NamedTrunk(field, name))));
        for (int i = 0; i < fallback.size(); i++) {
            String field = "fallback[%d].trunk".formatted(i);
            fallback.get(i).outboundTrunk().ifPresent(name -> named.add(new NamedTrunk(field, name)));
        }
        return named;
    }

    /** Returns the pool with the sessions that calls may take: without those of waiting agents. */
    public Optional<AgentPool> poolForCalls() {
        return agentPool.map(pool -> new AgentPool(pool.name(), pool.sessions() - warm));
    }

    /** Leaves the PIN out. */
    @Override
    public String toString() {
        return "RuleTerms[" + destination.type() + ", numbers " + numbers + "]";
    }
}
