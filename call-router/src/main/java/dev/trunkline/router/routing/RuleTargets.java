package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.Announcement;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.events.ParticipantSettings;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.WaitFor;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RoomLimits;
import dev.trunkline.router.directory.RuleTerms;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Sends a call where its rule says. */
final class RuleTargets {
    private final SuiteDefaults suite;
    private final RoomNames rooms;
    private final Forwarding forwards;

    RuleTargets(SuiteDefaults suite, RoomNames rooms) {
        this.suite = suite;
        this.rooms = rooms;
        this.forwards = new Forwarding(this, suite, rooms);
    }

    /**
     * The differences between the ways into a room.
     *
     * @param how how the name was chosen, for the trace
     * @param config merged over the number's configuration; empty for nothing
     */
    record RoomPlan(
            String name,
            String how,
            boolean mustExist,
            boolean desk,
            List<Agent> agents,
            String metadata,
            Optional<ObjectNode> config,
            AnswerPolicy answerPolicy,
            int patienceSeconds,
            List<Fallback> fallback) {}

    /** Follows the rule's own destination. */
    Decision go(Matched matched, Trace trace) {
        Destination destination = matched.rule().destination();
        if (destination instanceof Destination.Scheduled(var schedule, var open, var closed)) {
            boolean isOpen = schedule.isOpen(matched.call().receivedAt());
            trace.add("schedule", "In the time zone %s the rule is %s now: %s."
                    .formatted(schedule.zone(), isOpen ? "open" : "closed", (isOpen ? open : closed).type()));
        }
        RuleTerms terms = matched.terms();
        return switch (destination.at(matched.call().receivedAt())) {
            case Destination.Room(RoomChoice room, boolean mustExist, List<Agent> agents) ->
                    room(matched, plan(matched, room, mustExist, false, agents.isEmpty() ? terms.agents() : agents), trace);
            case Destination.Desk(RoomChoice room) -> room(matched, plan(matched, room, false, true, List.of()), trace);
            case Destination.Forward(ForwardPlan plan) -> forwards.go(
                    matched, plan, terms.answerPolicy(), "Rule %s forwards its calls.".formatted(matched.rule().name()), trace);
            case Destination.Redirect(String target) -> redirect(
                    matched, target, "Rule %s says so.".formatted(matched.rule().name()), trace);
            case Destination.Refuse(int status) ->
                    decline(matched, status, "Rule %s refuses now.".formatted(matched.rule().name()), trace);
            case Destination.Webhook(URI url, Optional<String> secret, var allowed) -> ask(matched, url, secret, 0, trace);
            case Destination.Scheduled scheduled -> throw new IllegalStateException("a schedule in a schedule");
        };
    }

    Decision room(Matched matched, RoomPlan plan, Trace trace) {
        RuleTerms terms = matched.terms();
        ObjectNode config = ConfigLayers.merge(matched, suite, plan.config(), trace);
        tellTooLong(config, plan.metadata(), trace);
        trace.add("room", plan.how());
        tellEntry(plan, terms, trace);
        Optional<Announcement> announcement = Announcing.of(matched, config, trace);
        return new Decision.Route(
                matched.organisation().ref(), matched.calledNumber(), matched.rule().ref(), plan.name(),
                RuleTerms.told(plan.agents(), plan.metadata()), config,
                CallLimits.of(matched, suite, trace),
                // A PIN is entered during the call, so the call has to be answered.
                terms.pin().isPresent() ? AnswerPolicy.IMMEDIATE : plan.answerPolicy(),
                plan.patienceSeconds(), participant(matched, plan.metadata()),
                new Entry(plan.mustExist(), plan.desk(), terms.pin()), plan.fallback(), mediaFrom(matched),
                terms.whenAgentLeaves(), terms.waitFor(), terms.warm() > 0, Optional.empty(), announcement, trace.steps());
    }

    static MediaFrom mediaFrom(Matched matched) {
        return matched.directory().trunk(matched.call().trunk().id())
                .map(view -> view.trunk().mediaFrom())
                .orElse(MediaFrom.SIGNALLING);
    }

    /** Returns the forwarding to other people. */
    Forwarding forwards() {
        return forwards;
    }

    Decision redirect(Matched matched, String target, String why, Trace trace) {
        trace.add("forwarded", "The caller's side is told to call %s itself. %s".formatted(target, why));
        return new Decision.Redirect(
                matched.organisation().ref(), matched.calledNumber(), matched.rule().ref(), target, why, trace.steps());
    }

    Decision decline(Matched matched, int status, String why, Trace trace) {
        trace.add("declined", "%s The answer is %d.".formatted(why, status));
        return Decision.Refuse.of(matched, RefusalReason.DECLINED, OptionalInt.of(status), trace);
    }

    Decision ask(Matched matched, URI url, Optional<String> secret, int redirects, Trace trace) {
        trace.add("webhook", "%s is asked where the call goes.".formatted(ShownUrl.key(url)));
        JsonNode ours = ConfigLayers.webhook(matched, suite);
        boolean callerInClear = ours.path("caller").asText().equals("number") && !matched.terms().hidePhoneNumber();
        return new Decision.Ask(new Question(
                url, secret.or(() -> Optional.of(ours.path("secret").asText()).filter(text -> !text.isEmpty())),
                matched.organisation().ref(), matched.calledNumber(), matched.rule().ref(), matched.call(),
                callerInClear, ConfigLayers.merge(matched, suite), redirects, trace.steps(), new Suspended(matched)));
    }

    private RoomPlan plan(Matched matched, RoomChoice room, boolean mustExist, boolean desk, List<Agent> agents) {
        RuleTerms terms = matched.terms();
        String name = rooms.name(room, matched.call());
        return new RoomPlan(
                name, "The %s room is %s.".formatted(room.type(), name), mustExist, desk, agents, terms.metadata(),
                Optional.empty(), terms.answerPolicy(), terms.patienceSeconds(), terms.fallback());
    }

    static Optional<ParticipantSettings> participant(Matched matched, String metadata) {
        RuleTerms terms = matched.terms();
        Map<String, String> liveKits = matched.directory().liveKitIds();
        Optional<String> trunk = Optional.ofNullable(liveKits.get(matched.call().trunk().id()));
        Optional<String> rule = Optional.ofNullable(liveKits.get(matched.rule().id()));
        Optional<Map<String, String>> headers = matched.directory().trunk(matched.call().trunk().id())
                .map(view -> view.trunk().attributesToHeaders())
                .filter(pairs -> !pairs.isEmpty());
        return metadata.isEmpty() && terms.attributes().isEmpty() && !terms.hidePhoneNumber() && trunk.isEmpty() && rule.isEmpty()
                        && headers.isEmpty()
                ? Optional.empty()
                : Optional.of(new ParticipantSettings(
                        metadata, terms.attributes(), terms.hidePhoneNumber(), Optional.empty(), trunk, rule, headers));
    }

    /** Each layer was checked when it was written, but neither their merge nor a webhook's answer was. */
    static void tellTooLong(ObjectNode config, String metadata, Trace trace) {
        RoomLimits.config(config).ifPresent(text -> trace.add(
                "config-too-long", "The merged configuration %s. The room may get none of it.".formatted(text)));
        RoomLimits.metadata(metadata).ifPresent(text -> trace.add(
                "metadata-too-long", "The caller's metadata %s. The room gets none of it.".formatted(text)));
    }

    private static String whenLeft(WhenAgentLeaves next, boolean desk) {
        String who = desk ? "the last person" : "the agent";
        return switch (next) {
            case REPLACE -> "If %s leaves the caller, %s is asked for within the patience, then the fallback is tried."
                    .formatted(who, desk ? "another person" : "an agent");
            case HANG_UP -> "If %s leaves the caller, the call ends.".formatted(who);
            case STAY -> "If %s leaves the caller, the caller stays in the room and waits.".formatted(who);
        };
    }

    private static String waited(WaitFor what, boolean desk) {
        String who = desk ? "a person in the room" : "the agent";
        return switch (what) {
            case PUBLISHED_OR_LISTENING ->
                    "The caller is answered once %s has published audio or listens to the caller.".formatted(who);
            case LISTENING -> "The caller is answered once %s listens to the caller; publishing audio is not enough.".formatted(who);
        };
    }

    private static void tellEntry(RoomPlan plan, RuleTerms terms, Trace trace) {
        if (plan.mustExist()) {
            trace.add("room-must-exist", "The room is not created for the call: if it does not exist, the call is refused.");
        }
        if (plan.desk()) {
            trace.add("desk", "A person in room %s answers in a browser; no agent is dispatched.".formatted(plan.name()));
        }
        if (terms.pin().isPresent()) {
            trace.add("pin", "The caller is answered at once and asked for the rule's PIN.");
        }
        terms.waitFor().filter(what -> plan.answerPolicy() == AnswerPolicy.ON_AGENT && terms.pin().isEmpty())
                .ifPresent(what -> trace.add("wait-for", waited(what, plan.desk())));
        if (terms.warm() > 0) {
            trace.add("warm", "Agents of the rule are to wait in %d rooms: the call is put into one of them, or into its own if none waits."
                    .formatted(terms.warm()));
        }
        terms.whenAgentLeaves().ifPresent(next -> trace.add("when-agent-leaves", whenLeft(next, plan.desk())));
    }
}
