package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The router's decision: where the call goes, and why. It includes the invite, so a reader needs no earlier event.
 *
 * @param number the organisation's number that was called, E.164
 * @param room LiveKit room name; a caller in it is a pseudonym, never a number
 * @param agents agents to dispatch explicitly; empty leaves it to LiveKit's automatic dispatch
 * @param config merged configuration: suite, then organisation, then number
 * @param patienceSeconds how long to wait for an agent
 * @param trace each step of the decision, in order
 * @param participant settings that the rule gives the caller's participant; empty for none
 * @param entry conditions between the caller and the room; empty for none
 * @param fallback what is tried, in order, when no agent comes
 * @param mediaFrom where the trunk's media may come from; empty for {@link MediaFrom#SIGNALLING}
 * @param whenAgentLeaves what happens to a caller whom everybody has left; empty for {@link WhenAgentLeaves#REPLACE}
 * @param waitFor what the edge waits for before it answers if the policy is {@link AnswerPolicy#ON_AGENT}; empty for
 *     {@link WaitFor#PUBLISHED_OR_LISTENING}
 * @param warm whether agents of the rule wait in rooms already: then {@link RoomGiven} may name another room; empty for no
 * @param forward where the call is forwarded instead of to agents; empty for a route to agents
 * @param announcement what is played to the caller before anybody may be heard; empty for nothing
 * @param outgoing for an outbound call, how it is made: then {@code number} and the invite's {@code called} are the organisation's
 *     number that is displayed; the invite's {@code caller} and seal describe the person who is called, and its {@code edge} is empty,
 *     because the edge that owns the call's partition makes the call. Empty for an inbound call
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
        Optional<OutgoingLeg> outgoing,
        Optional<ForwardPlan> forward,
        Optional<Announcement> announcement)
        implements CallEvent {
    /** Configuration field: what a caller hears before the answer; {@link #RINGBACK}, or nothing. */
    public static final String EARLY_MEDIA = "early_media";

    public static final String RINGBACK = "ringback";

    public CallRouted {
        invite = invite.withoutHead();
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
        forward = forward == null ? Optional.empty() : forward;
        announcement = announcement == null ? Optional.empty() : announcement;
    }

    /** Whether a room in which the agents already wait may be given to the call, by {@link RoomGiven}. */
    public boolean mayBeGivenARoom() {
        return warm.orElse(false);
    }

    /**
     * Whether this route asks for an agent, at first or in its fallback: if it does, a person who is with the caller can hand the caller
     * to the agent, {@link AgentWanted}.
     */
    public boolean leadsToAgents() {
        // If neither applies, LiveKit dispatches agents itself.
        boolean mayHaveNone = outgoing.isPresent() || forward.isPresent();
        boolean atFirst = entry.filter(RoomEntry::desk).isEmpty() && (!agents.isEmpty() || !mayHaveNone);
        boolean afterAll = !mayHaveNone && !fallback.isEmpty() && fallback.getFirst().kind() == FallbackKind.AGENT;
        return atFirst || afterAll;
    }

    /** Returns a builder that starts from this route, to change parts of it. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the same route to another room: the one that was given to the call. */
    public CallRouted in(String given) {
        return toBuilder().room(given).build();
    }

    /** Returns the same route for a rule whose agents already wait in rooms. */
    public CallRouted ofWarmAgents() {
        return toBuilder().warm(Optional.of(true)).build();
    }

    /** Returns the same route for an outbound call. */
    public CallRouted goingOut(OutgoingLeg leg) {
        return toBuilder().outgoing(Optional.of(leg)).build();
    }

    /** Returns the same route for a caller who hears this announcement first. */
    public CallRouted announcing(Announcement first) {
        return toBuilder().announcement(Optional.of(first)).build();
    }

    /** Whether the caller is to hear the suite before the answer, through a session description in the ringing response. */
    @JsonIgnore
    public boolean hasEarlyMedia() {
        return outgoing.isEmpty() && answerPolicy == AnswerPolicy.ON_AGENT && config.path(EARLY_MEDIA).asText().equals(RINGBACK);
    }

    /** Who began the call. */
    @JsonIgnore
    public CallDirection direction() {
        return outgoing.isPresent() ? CallDirection.OUTBOUND : CallDirection.INBOUND;
    }

    /**
     * Most of the many fields are missing in most routes. A field that need not be set is empty; every route sets
     * {@code config}, {@code limits}, {@code answerPolicy} and {@code patienceSeconds}.
     */
    public static final class Builder {
        private final CallId callId;
        private InviteReceived invite;
        private final OrganisationRef organisation;
        private final String number;
        private final RuleRef rule;
        private String room;
        private List<Agent> agents = List.of();
        private ObjectNode config;
        private Limits limits;
        private AnswerPolicy answerPolicy;
        private int patienceSeconds;
        private List<TraceStep> trace = List.of();
        private Optional<ParticipantSettings> participant = Optional.empty();
        private Optional<RoomEntry> entry = Optional.empty();
        private List<Fallback> fallback = List.of();
        private Optional<MediaFrom> mediaFrom = Optional.empty();
        private Optional<WhenAgentLeaves> whenAgentLeaves = Optional.empty();
        private Optional<WaitFor> waitFor = Optional.empty();
        private Optional<Boolean> warm = Optional.empty();
        private Optional<OutgoingLeg> outgoing = Optional.empty();
        private Optional<ForwardPlan> forward = Optional.empty();
        private Optional<Announcement> announcement = Optional.empty();

        public Builder(CallId callId, InviteReceived invite, OrganisationRef organisation, String number, RuleRef rule, String room) {
            this.callId = callId;
            this.invite = invite;
            this.organisation = organisation;
            this.number = number;
            this.rule = rule;
            this.room = room;
        }

        private Builder(CallRouted route) {
            this(route.callId, route.invite, route.organisation, route.number, route.rule, route.room);
            agents = route.agents;
            config = route.config;
            limits = route.limits;
            answerPolicy = route.answerPolicy;
            patienceSeconds = route.patienceSeconds;
            trace = route.trace;
            participant = route.participant;
            entry = route.entry;
            fallback = route.fallback;
            mediaFrom = route.mediaFrom;
            whenAgentLeaves = route.whenAgentLeaves;
            waitFor = route.waitFor;
            warm = route.warm;
            outgoing = route.outgoing;
            forward = route.forward;
            announcement = route.announcement;
        }

        public Builder room(String room) {
            this.room = room;
            return this;
        }

        public Builder agents(List<Agent> agents) {
            this.agents = agents;
            return this;
        }

        public Builder config(ObjectNode config) {
            this.config = config;
            return this;
        }

        public Builder limits(Limits limits) {
            this.limits = limits;
            return this;
        }

        public Builder answerPolicy(AnswerPolicy answerPolicy) {
            this.answerPolicy = answerPolicy;
            return this;
        }

        public Builder patienceSeconds(int patienceSeconds) {
            this.patienceSeconds = patienceSeconds;
            return this;
        }

        public Builder trace(List<TraceStep> trace) {
            this.trace = trace;
            return this;
        }

        public Builder participant(Optional<ParticipantSettings> participant) {
            this.participant = participant;
            return this;
        }

        public Builder entry(Optional<RoomEntry> entry) {
            this.entry = entry;
            return this;
        }

        public Builder fallback(List<Fallback> fallback) {
            this.fallback = fallback;
            return this;
        }

        public Builder mediaFrom(Optional<MediaFrom> mediaFrom) {
            this.mediaFrom = mediaFrom;
            return this;
        }

        public Builder whenAgentLeaves(Optional<WhenAgentLeaves> whenAgentLeaves) {
            this.whenAgentLeaves = whenAgentLeaves;
            return this;
        }

        public Builder waitFor(Optional<WaitFor> waitFor) {
            this.waitFor = waitFor;
            return this;
        }

        public Builder warm(Optional<Boolean> warm) {
            this.warm = warm;
            return this;
        }

        public Builder outgoing(Optional<OutgoingLeg> outgoing) {
            this.outgoing = outgoing;
            return this;
        }

        public Builder forward(Optional<ForwardPlan> forward) {
            this.forward = forward;
            return this;
        }

        /** The same call with another invite. */
        public Builder invite(InviteReceived invite) {
            this.invite = invite;
            return this;
        }

        public Builder announcement(Optional<Announcement> announcement) {
            this.announcement = announcement;
            return this;
        }

        public CallRouted build() {
            return new CallRouted(
                    callId, invite, organisation, number, rule, room, agents, config, limits, answerPolicy, patienceSeconds, trace,
                    participant, entry, fallback, mediaFrom, whenAgentLeaves, waitFor, warm, outgoing, forward, announcement);
        }
    }
}
