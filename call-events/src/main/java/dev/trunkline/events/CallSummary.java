package dev.trunkline.events;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The whole call in one place: each last event includes it, so a reader needs no other event of the call.
 *
 * @param purpose empty for a call by somebody who wants to talk
 * @param called the dialled number, as in {@link InviteReceived}
 * @param caller pseudonym of the caller
 * @param number the organisation's number that was called, if one was found
 * @param room the LiveKit room that the call was routed to, or that was given to it
 * @param agent the last one to answer, as {@link AgentJoined} named it
 * @param receivedAt when the INVITE came
 * @param ringingAt when the first 180 or 183 was sent
 * @param answeredAt when the 200 was sent
 * @param endedAt the end of the talk: the BYE, or the last packet heard of a call that lost its media
 * @param setupMillis from the INVITE to the 200
 * @param talkMillis from the 200 to {@code endedAt}; 0 for a call that was never answered
 * @param quality the last statistics that the relay gave
 * @param parent the call for whose caller an outbound call was made, if there is one
 */
public record CallSummary(
        CallDirection direction,
        Optional<CallPurpose> purpose,
        TrunkRef trunk,
        String called,
        String caller,
        Optional<OrganisationRef> organisation,
        Optional<String> number,
        Optional<RuleRef> rule,
        Optional<String> room,
        Optional<String> agent,
        Instant receivedAt,
        Optional<Instant> ringingAt,
        Optional<Instant> answeredAt,
        Instant endedAt,
        OptionalLong setupMillis,
        long talkMillis,
        Optional<MediaStats> quality,
        Optional<CallId> parent) {

    public CallSummary {
        Objects.requireNonNull(endedAt, "endedAt");
        purpose = purpose == null ? Optional.empty() : purpose;
        organisation = organisation == null ? Optional.empty() : organisation;
        number = number == null ? Optional.empty() : number;
        rule = rule == null ? Optional.empty() : rule;
        room = room == null ? Optional.empty() : room;
        agent = agent == null ? Optional.empty() : agent;
        ringingAt = ringingAt == null ? Optional.empty() : ringingAt;
        answeredAt = answeredAt == null ? Optional.empty() : answeredAt;
        setupMillis = setupMillis == null ? OptionalLong.empty() : setupMillis;
        quality = quality == null ? Optional.empty() : quality;
        parent = parent == null ? Optional.empty() : parent;
    }

    /** An inbound call of which only the INVITE is known. */
    public static CallSummary of(InviteReceived invite, Instant endedAt) {
        return new CallSummary(
                CallDirection.INBOUND, invite.purpose(), invite.trunk(), invite.called(), invite.caller().pseudonym(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                invite.receivedAt(), Optional.empty(), Optional.empty(), endedAt, OptionalLong.empty(), 0, Optional.empty(), Optional.empty());
    }

    /** A call that was routed but not answered. */
    public static CallSummary of(CallRouted route, Instant endedAt) {
        CallSummary invited = of(route.invite(), endedAt);
        return new CallSummary(
                route.direction(), invited.purpose, invited.trunk, invited.called, invited.caller,
                Optional.of(route.organisation()), Optional.of(route.number()), Optional.of(route.rule()),
                Optional.of(route.room()), Optional.empty(), invited.receivedAt, Optional.empty(), Optional.empty(), endedAt,
                OptionalLong.empty(), 0, Optional.empty(),
                route.outgoing().flatMap(OutgoingLeg::parent));
    }

    /** Returns the same call with its organisation, which is known although the call was never routed. */
    public CallSummary of(OrganisationRef whose) {
        return new CallSummary(
                direction, purpose, trunk, called, caller, Optional.of(whose), number, rule, room, agent, receivedAt, ringingAt,
                answeredAt, endedAt, setupMillis, talkMillis, quality, parent);
    }

    /** Returns the same call, ringing from this time on. */
    public CallSummary rang(Instant at) {
        return new CallSummary(
                direction, purpose, trunk, called, caller, organisation, number, rule, room, agent, receivedAt, Optional.of(at),
                answeredAt, endedAt, setupMillis, talkMillis, quality, parent);
    }

    /** Returns the same call, answered. The durations are derived from the times; an answer after the end counts as no talk. */
    public CallSummary answered(Instant at) {
        return new CallSummary(
                direction, purpose, trunk, called, caller, organisation, number, rule, room, agent, receivedAt, ringingAt,
                Optional.of(at), endedAt, OptionalLong.of(millis(receivedAt, at)), millis(at, endedAt), quality, parent);
    }

    /** Returns the same call with the participant that answered last. */
    public CallSummary by(String whoAnswered) {
        return new CallSummary(
                direction, purpose, trunk, called, caller, organisation, number, rule, room, Optional.of(whoAnswered),
                receivedAt, ringingAt, answeredAt, endedAt, setupMillis, talkMillis, quality, parent);
    }

    /** Returns the same call in another room: the one that it was given. */
    public CallSummary in(String given) {
        return new CallSummary(
                direction, purpose, trunk, called, caller, organisation, number, rule, Optional.of(given), agent, receivedAt,
                ringingAt, answeredAt, endedAt, setupMillis, talkMillis, quality, parent);
    }

    /** Returns the same call with the relay's last statistics. */
    public CallSummary heard(MediaStats stats) {
        return new CallSummary(
                direction, purpose, trunk, called, caller, organisation, number, rule, room, agent, receivedAt, ringingAt,
                answeredAt, endedAt, setupMillis, talkMillis, Optional.of(stats), parent);
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
