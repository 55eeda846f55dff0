package dev.trunkline.router.calls;

import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.router.routing.Decision;
import dev.trunkline.router.routing.Entry;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns a final decision into the event that announces it. Thread-safe. */
final class DecisionEvents {
    private static final String SERVICE = "call-router";

    private final SealedCallers seals;
    private final Clock clock;

    /** @param clock gives the time at which a rejected call is over */
    DecisionEvents(SealedCallers seals, Clock clock) {
        this.seals = seals;
        this.clock = clock;
    }

    /** @throws IllegalArgumentException for a decision that waits for a webhook */
    CallEvent of(InviteReceived invite, Asked asked) {
        return switch (asked.decision()) {
            case Decision.Route route ->
                    new CallRouted.Builder(invite.callId(), invite, route.organisation(), route.number(), route.rule(), route.room())
                            .agents(route.agents())
                            .config(route.config())
                            .limits(route.limits())
                            .answerPolicy(route.answerPolicy())
                            .patienceSeconds(route.patienceSeconds())
                            .trace(route.trace())
                            .participant(route.participant())
                            .entry(entry(invite, route.entry()))
                            .fallback(route.fallback())
                            .mediaFrom(Optional.of(route.mediaFrom()).filter(from -> from != MediaFrom.SIGNALLING))
                            .whenAgentLeaves(route.whenAgentLeaves())
                            .waitFor(route.waitFor())
                            .warm(Optional.of(route.warm()).filter(warm -> warm))
                            .forward(route.forward())
                            .announcement(route.announcement())
                            .build();
            case Decision.Redirect redirect ->
                    new CallForwarded(
                            invite.callId(), invite, redirect.organisation(), redirect.number(), redirect.rule(),
                            redirect.target(), redirect.why(), redirect.trace());
            case Decision.Refuse refuse ->
                    CallRejected.of(
                                    invite, refuse.reason(), OptionalInt.empty(), SERVICE, refuse.organisation(),
                                    refuse.trace())
                            .answeredWith(refuse.answer(), asked.sentence(refuse))
                            .with(summary(invite, refuse));
            case Decision.Ask ask -> throw new IllegalArgumentException("not asked yet: " + ask.question());
        };
    }

    /** Returns the summary of the whole call, as far as it got: it never had a room. */
    private CallSummary summary(InviteReceived invite, Decision.Refuse refuse) {
        CallSummary invited = CallSummary.of(invite, clock.instant());
        return new CallSummary(
                invited.direction(), invited.purpose(), invited.trunk(), invited.called(), invited.caller(),
                refuse.organisation(), refuse.number(), refuse.rule(), invited.room(), invited.agent(),
                invited.receivedAt(), invited.ringingAt(), invited.answeredAt(), invited.endedAt(),
                invited.setupMillis(), invited.talkMillis(), invited.quality(), invited.parent());
    }

    private Optional<RoomEntry> entry(InviteReceived invite, Entry entry) {
        Optional<String> sealedPin = entry.pin()
                .map(pin -> seals.seal(invite.callId(), new CallerSecrets(pin, "", "", Map.of())));
        return entry.equals(Entry.OPEN)
                ? Optional.empty()
                : Optional.of(new RoomEntry(entry.mustExist(), entry.desk(), sealedPin));
    }
}
