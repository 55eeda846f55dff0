package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The router's decision: where the call goes, and why. It carries the invite, so that a reader needs no earlier event.
 *
 * @param number the organisation's number that was called, E.164
 * @param room LiveKit room name; a caller in it is a pseudonym, never a number
 * @param agents agents to dispatch explicitly; empty leaves it to LiveKit's automatic dispatch
 * @param config merged configuration: suite, then organisation, then number
 * @param patienceSeconds how long to wait for an agent
 * @param trace each step of the decision, in order
 * @param participant what the rule gives the caller's participant; empty for nothing
 * @param entry what stands between the caller and the room; empty for nothing
 * @param fallback what is tried, in order, when no agent comes
 * @param mediaFrom from where the trunk's media may come; empty for {@link MediaFrom#SIGNALLING}
 * @param whenAgentLeaves what is next for a caller whom everybody has left; empty for {@link WhenAgentLeaves#REPLACE}
 * @param waitFor what is waited for before the answer where the policy is {@link AnswerPolicy#ON_AGENT}; empty for
 *     {@link WaitFor#PUBLISHED_OR_LISTENING}
 * @param warm whether agents of the rule wait in rooms already: then {@link RoomGiven} may name another room; empty for no
 * @param outgoing how the call goes out, where the suite makes it: then {@code number} is the organisation's number that is shown,
 *     and so are the invite's {@code called}; its {@code caller} and its seal are of whoever is called, its {@code edge} is empty,
 *     since that edge makes the call which owns its partition. Empty for a call that comes in
 */
public record CallRouted(
        CallId callId,
        InviteReceived invite,
        OrganisationRef organisation,
        String number,
        RuleRef rule,
        String room,
        List<Agent> agents,
        ObjectNode config,
        Limits limits,
        AnswerPolicy answerPolicy,
        int patienceSeconds,
        List<TraceStep> trace,
        Optional<ParticipantSettings> participant,
        Optional<RoomEntry> entry,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Fallback> fallback,
        Optional<MediaFrom> mediaFrom,
        Optional<WhenAgentLeaves> whenAgentLeaves,
        Optional<WaitFor> waitFor,
        Optional<Boolean> warm,
        Optional<OutgoingLeg> outgoing)
        implements CallEvent {

    public CallRouted {
        agents = List.copyOf(agents);
        trace = List.copyOf(trace);
        participant = participant == null ? Optional.empty() : participant;
        entry = entry == null ? Optional.empty() : entry;
        fallback = List.copyOf(fallback);
        mediaFrom = mediaFrom == null ? Optional.empty() : mediaFrom;
        whenAgentLeaves = whenAgentLeaves == null ? Optional.empty() : whenAgentLeaves;
        waitFor = waitFor == null ? Optional.empty() : waitFor;
        warm = warm == null ? Optional.empty() : warm;
        outgoing = outgoing == null ? Optional.empty() : outgoing;
    }

    /** A route of a rule whose agents are asked for when a call comes. */
    public CallRouted(
            CallId callId,
            InviteReceived invite,
            OrganisationRef organisation,
            String number,
            RuleRef rule,
            String room,
            List<Agent> agents,
            ObjectNode config,
            Limits limits,
            AnswerPolicy answerPolicy,
            int patienceSeconds,
            List<TraceStep> trace,
            Optional<ParticipantSettings> participant,
            Optional<RoomEntry> entry,
            List<Fallback> fallback,
            Optional<MediaFrom> mediaFrom,
            Optional<WhenAgentLeaves> whenAgentLeaves,
            Optional<WaitFor> waitFor) {
        this(callId, invite, organisation, number, rule, room, agents, config, limits, answerPolicy, patienceSeconds,
                trace, participant, entry, fallback, mediaFrom, whenAgentLeaves, waitFor, Optional.empty(), Optional.empty());
    }

    /** A route of a rule that says neither what to wait for nor what to do when an agent leaves. */
    public CallRouted(
            CallId callId,
            InviteReceived invite,
            OrganisationRef organisation,
            String number,
            RuleRef rule,
            String room,
            List<Agent> agents,
            ObjectNode config,
            Limits limits,
            AnswerPolicy answerPolicy,
            int patienceSeconds,
            List<TraceStep> trace,
            Optional<ParticipantSettings> participant,
            Optional<RoomEntry> entry,
            List<Fallback> fallback,
            Optional<MediaFrom> mediaFrom) {
        this(callId, invite, organisation, number, rule, room, agents, config, limits, answerPolicy, patienceSeconds,
                trace, participant, entry, fallback, mediaFrom, Optional.empty(), Optional.empty());
    }

    /** A route of a trunk without a setting for its media. */
    public CallRouted(
            CallId callId,
            InviteReceived invite,
            OrganisationRef organisation,
            String number,
            RuleRef rule,
            String room,
            List<Agent> agents,
            ObjectNode config,
            Limits limits,
            AnswerPolicy answerPolicy,
            int patienceSeconds,
            List<TraceStep> trace,
            Optional<ParticipantSettings> participant,
            Optional<RoomEntry> entry,
            List<Fallback> fallback) {
        this(callId, invite, organisation, number, rule, room, agents, config, limits, answerPolicy, patienceSeconds,
                trace, participant, entry, fallback, Optional.empty());
    }

    /** A route to an open room, without a fallback. */
    public CallRouted(
            CallId callId,
            InviteReceived invite,
            OrganisationRef organisation,
            String number,
            RuleRef rule,
            String room,
            List<Agent> agents,
            ObjectNode config,
            Limits limits,
            AnswerPolicy answerPolicy,
            int patienceSeconds,
            List<TraceStep> trace) {
        this(callId, invite, organisation, number, rule, room, agents, config, limits, answerPolicy, patienceSeconds,
                trace, Optional.empty(), Optional.empty(), List.of());
    }

    /** Whether a room in which the agents wait already may be given to the call, by {@link RoomGiven}. */
    public boolean mayBeGivenARoom() {
        return warm.orElse(false);
    }

    /** The same route to another room: that which was given to the call. */
    public CallRouted in(String given) {
        return new CallRouted(callId, invite, organisation, number, rule, given, agents, config, limits, answerPolicy,
                patienceSeconds, trace, participant, entry, fallback, mediaFrom, whenAgentLeaves, waitFor, warm, outgoing);
    }

    /** The same route of a rule whose agents wait in rooms already. */
    public CallRouted ofWarmAgents() {
        return new CallRouted(callId, invite, organisation, number, rule, room, agents, config, limits, answerPolicy,
                patienceSeconds, trace, participant, entry, fallback, mediaFrom, whenAgentLeaves, waitFor, Optional.of(true), outgoing);
    }

    /** The same route of a call that goes out. */
    public CallRouted goingOut(OutgoingLeg leg) {
        return new CallRouted(callId, invite, organisation, number, rule, room, agents, config, limits, answerPolicy,
                patienceSeconds, trace, participant, entry, fallback, mediaFrom, whenAgentLeaves, waitFor, warm, Optional.of(leg));
    }

    /** Who began the call. */
    @JsonIgnore
    public CallDirection direction() {
        return outgoing.isPresent() ? CallDirection.OUTBOUND : CallDirection.INBOUND;
    }
}
