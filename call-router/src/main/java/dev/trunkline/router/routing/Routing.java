package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.Limits;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.ConfigMerge;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NumberPattern;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.TrunkView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides where a call goes: trunk, number, organisation, configuration, rule, room, limits, in this order, each step
 * written down. Pure: what it decides follows from the call and the directory alone.
 */
public final class Routing {
    private final SuiteDefaults suite;
    private final RoomNames rooms;

    public Routing(SuiteDefaults suite, RoomNames rooms) {
        this.suite = suite;
        this.rooms = rooms;
    }

    /** For a call that is happening: its trace names the first rules that were skipped and counts the others. */
    public Decision decide(Call call, Directory directory) {
        return new Run(call, directory, false).decide();
    }

    /** The same decision, with a trace that names every rule. */
    public Decision explain(Call call, Directory directory) {
        return new Run(call, directory, true).decide();
    }

    private final class Run {
        private final Call call;
        private final Directory directory;
        private final boolean nameAllRules;
        private final Trace trace = new Trace();

        Run(Call call, Directory directory, boolean nameAllRules) {
            this.call = call;
            this.directory = directory;
            this.nameAllRules = nameAllRules;
        }

        Decision decide() {
            Optional<TrunkView> trunk = directory.trunk(call.trunk().id());
            if (trunk.isEmpty()) {
                trace.add("trunk-unknown", "Trunk %s is no longer in the directory.".formatted(call.trunk().name()));
                return refuse(RefusalReason.NO_RULE, Optional.empty());
            }
            tellNormalised(trunk.get());
            return throughTrunk(trunk.get());
        }

        private Decision throughTrunk(TrunkView trunk) {
            trace.add("trunk", "The call comes by trunk %s.".formatted(trunk.trunk().name()));
            if (!trunk.numbers().isEmpty() && !any(trunk.numbers(), call.called())) {
                trace.add("trunk-numbers", "The trunk's numbers do not include %s.".formatted(call.called()));
                return refuse(RefusalReason.NUMBER_UNKNOWN, Optional.empty());
            }
            Optional<PhoneNumber> number = directory.number(call.called());
            if (number.isEmpty()) {
                trace.add("number-unknown", "No organisation has %s.".formatted(call.called()));
                return refuse(RefusalReason.NUMBER_UNKNOWN, Optional.empty());
            }
            return toNumber(trunk, number.get(), directory.organisationOf(number.get()));
        }

        private Decision toNumber(TrunkView trunk, PhoneNumber number, Organisation organisation) {
            trace.add("number-matched", "%s belongs to organisation %s.".formatted(number.e164(), organisation.name()));
            if (!number.active()) {
                trace.add("number-inactive", "%s is switched off by its organisation.".formatted(number.e164()));
                return refuse(RefusalReason.NUMBER_INACTIVE, Optional.of(organisation));
            }
            if (!trunk.allowedNumbers().isEmpty()
                    && call.callerNumber().filter(caller -> any(trunk.allowedNumbers(), caller)).isEmpty()) {
                trace.add("caller-not-allowed", "The caller is not in the trunk's allowed_numbers.");
                return refuse(RefusalReason.CALLER_NOT_ALLOWED, Optional.of(organisation));
            }
            RuleSearch.Found found = RuleSearch.search(trunk, call, number, nameAllRules, trace);
            if (found.rule().isPresent()) {
                return route(number, organisation, found.rule().get());
            }
            if (found.callerBarred()) {
                trace.add("caller-not-allowed", "Only rules for other callers fit.");
                return refuse(RefusalReason.CALLER_NOT_ALLOWED, Optional.of(organisation));
            }
            trace.add("no-rule", trunk.rules().isEmpty()
                    ? "The trunk has no rule, and there is no wildcard rule."
                    : "None of the trunk's %d rules fits.".formatted(trunk.rules().size()));
            return refuse(RefusalReason.NO_RULE, Optional.of(organisation));
        }

        private Decision route(PhoneNumber number, Organisation organisation, DispatchRule rule) {
            ObjectNode config = ConfigMerge.merge(
                    ConfigMerge.merge(suite.config(), organisation.config()), number.configOverride());
            trace.add("config-merged", "Suite, then organisation %s (%s), then number (%s)."
                    .formatted(organisation.name(), fields(organisation.config()), fields(number.configOverride())));
            String room = rooms.name(rule.room(), call);
            trace.add("room", "The %s room is %s.".formatted(rule.room().type(), room));
            Limits limits = limits(number, organisation);
            tellLimits(limits, number, organisation);
            return new Decision.Route(
                    organisation.ref(), number.e164(), rule.ref(), room, agents(rule), config, limits,
                    rule.answerPolicy(), rule.patienceSeconds(), trace.steps());
        }

        private Limits limits(PhoneNumber number, Organisation organisation) {
            RateScope scope = number.callerRate().isPresent() ? RateScope.NUMBER : RateScope.ORGANISATION;
            CallRate rate = number.callerRate().or(organisation::callerRate).orElse(suite.callerRate());
            return new Limits(
                    new Limits.CallerRate(rate.calls(), rate.windowSeconds(), scope),
                    OptionalInt.of(number.maxConcurrentCalls()),
                    organisation.maxConcurrentCalls());
        }

        private Decision refuse(RefusalReason reason, Optional<Organisation> organisation) {
            return new Decision.Refuse(reason, organisation.map(Organisation::ref), trace.steps());
        }

        private void tellNormalised(TrunkView trunk) {
            String plan = trunk.trunk()
                    .country()
                    .map(country -> "the number plan of " + country)
                    .orElse("E.164, as the trunk has no country");
            trace.add("normalised", call.calledAsReceived().equals(call.called())
                    ? "%s was dialled and taken as it is; numbers are read by %s.".formatted(call.called(), plan)
                    : "%s was dialled and read as %s by %s."
                            .formatted(call.calledAsReceived(), call.called(), plan));
        }

        private void tellLimits(Limits limits, PhoneNumber number, Organisation organisation) {
            String origin = number.callerRate().isPresent()
                    ? "the number's own"
                    : organisation.callerRate().isPresent() ? "the organisation's" : "the suite's";
            trace.add("limits", "A caller may call %d times in %d s (%s); %d at once to the number, %s of the organisation."
                    .formatted(
                            limits.callerRate().calls(),
                            limits.callerRate().windowSeconds(),
                            origin,
                            number.maxConcurrentCalls(),
                            organisation.maxConcurrentCalls().isPresent()
                                    ? organisation.maxConcurrentCalls().getAsInt() + " at once"
                                    : "any count"));
        }
    }

    private static List<Agent> agents(DispatchRule rule) {
        return rule.agents().stream()
                .map(agent -> agent.metadata().isEmpty() ? new Agent(agent.name(), rule.metadata()) : agent)
                .toList();
    }

    private static boolean any(List<NumberPattern> patterns, String number) {
        return NumberPattern.closest(patterns, number).isPresent();
    }

    private static String fields(ObjectNode config) {
        return config.isEmpty() ? "nothing set" : String.join(", ", (Iterable<String>) config::fieldNames);
    }
}
