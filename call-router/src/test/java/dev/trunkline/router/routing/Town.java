package dev.trunkline.router.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.MediaFrom;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.numbers.NumberPlan;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A small directory for decisions. It has the organisations {@code bakery} (+3225550100, +3225550101) and
 * {@code cinema} (+3225550200, switched off: +3225550299), the Belgian trunk {@code pbx}, and the rules of the test.
 */
final class Town {
    static final String PSEUDONYM = "0123456789abcdef";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<DispatchRule> rules = new ArrayList<>();
    private InboundTrunk trunk = trunk(List.of(), List.of());
    private Organisation bakery = new Organisation(
            "bakery-id", "bakery", json("{'language':'nl','voice':{'name':'Ann'}}"), OptionalInt.empty(), Optional.empty());
    private PhoneNumber counter = number("+3225550100", "bakery-id", true);
    private ObjectNode suiteConfig = json("{}");

    static RuleBuilder rule(String name) {
        return new RuleBuilder(name);
    }

    Town with(RuleBuilder rule) {
        // Each rule is a minute younger than the one before it.
        rules.add(rule.build(Instant.EPOCH.plusSeconds(60L * rules.size())));
        return this;
    }

    Town trunkNumbers(String... numbers) {
        trunk = trunk(List.of(numbers), trunk.allowedNumbers());
        return this;
    }

    Town allowedNumbers(String... callers) {
        trunk = trunk(trunk.numbers(), List.of(callers));
        return this;
    }

    Town mediaFrom(MediaFrom mediaFrom) {
        trunk = new InboundTrunk(
                trunk.id(), trunk.name(), trunk.addresses(), trunk.country(), trunk.headersToRoom(), trunk.numbers(),
                trunk.allowedNumbers(), trunk.internationalPrefixes(), trunk.nationalPrefixes(), trunk.calledFrom(),
                trunk.callerFrom(), trunk.transports(), trunk.codecs(), trunk.users(), trunk.maxInvitesPerSecond(),
                trunk.maxEarlyCalls(), mediaFrom, trunk.trialCalls(), trunk.transferWay(), trunk.attributesToHeaders());
        return this;
    }

    Town attributesToHeaders(Map<String, String> headers) {
        trunk = new InboundTrunk(
                trunk.id(), trunk.name(), trunk.addresses(), trunk.country(), trunk.headersToRoom(), trunk.numbers(),
                trunk.allowedNumbers(), trunk.internationalPrefixes(), trunk.nationalPrefixes(), trunk.calledFrom(),
                trunk.callerFrom(), trunk.transports(), trunk.codecs(), trunk.users(), trunk.maxInvitesPerSecond(),
                trunk.maxEarlyCalls(), trunk.mediaFrom(), trunk.trialCalls(), trunk.transferWay(), headers);
        return this;
    }

    Town suiteConfig(String json) {
        suiteConfig = json(json);
        return this;
    }

    Town bakeryLimits(OptionalInt atOnce, Optional<CallRate> rate) {
        bakery = new Organisation(bakery.id(), bakery.name(), bakery.config(), atOnce, rate);
        return this;
    }

    Town counter(String config, int atOnce, Optional<CallRate> rate) {
        counter = new PhoneNumber(counter.phoneNumber(), counter.organisationId(), true, "", json(config), atOnce, rate);
        return this;
    }

    Directory directory() {
        var other = new InboundTrunk(
                "other-id", "other", List.of("203.0.113.9/32"), Optional.of("BE"), List.of(), List.of(), List.of());
        var cinema = new Organisation("cinema-id", "cinema", json("{}"), OptionalInt.empty(), Optional.empty());
        return Directory.of(
                7,
                List.of(bakery, cinema),
                List.of(
                        counter,
                        number("+3225550101", "bakery-id", true),
                        number("+3225550200", "cinema-id", true),
                        number("+3225550299", "cinema-id", false)),
                List.of(trunk, other),
                rules);
    }

    Decision call(String dialled, String caller) {
        return routing().decide(of(dialled, caller), directory());
    }

    Routing routing() {
        return new Routing(new SuiteDefaults(suiteConfig, new CallRate(10, 3600)), new RoomNames(call -> "random"));
    }

    /** @param caller as received; empty for an anonymous caller */
    Call of(String dialled, String caller) {
        NumberPlan plan = trunk.plan();
        return new Call(
                new CallId(new UUID(0, 1)),
                new TrunkRef(trunk.id(), trunk.name()),
                dialled,
                plan.normalise(dialled).text(),
                new Caller(PSEUDONYM, caller.isEmpty()),
                Optional.of(caller).filter(text -> !text.isEmpty()).map(text -> plan.normalise(text).text()),
                Map.of(),
                Optional.empty(),
                Instant.EPOCH);
    }

    static ObjectNode json(String text) {
        try {
            return JSON.readValue(text.replace('\'', '"'), ObjectNode.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static InboundTrunk trunk(List<String> numbers, List<String> allowed) {
        return new InboundTrunk(
                "pbx-id", "pbx", List.of("203.0.113.7/32"), Optional.of("BE"), List.of(), numbers, allowed);
    }

    private static PhoneNumber number(String e164, String organisation, boolean active) {
        return new PhoneNumber(e164, organisation, active, "", json("{}"), 1, Optional.empty());
    }

    /** Builds a rule of the trunk {@code pbx} for every number and caller, unless set otherwise. */
    static final class RuleBuilder {
        private final String name;
        private Optional<String> organisation = Optional.empty();
        private List<String> trunks = List.of("pbx-id");
        private List<String> numbers = List.of();
        private List<String> inboundNumbers = List.of();
        private RoomChoice room = new RoomChoice.Individual("call", false);
        private List<Agent> agents = List.of();
        private String metadata = "";
        private int priority;

        private RuleBuilder(String name) {
            this.name = name;
        }

        RuleBuilder wildcard() {
            trunks = List.of();
            return this;
        }

        RuleBuilder ofTrunk(String id) {
            trunks = List.of(id);
            return this;
        }

        RuleBuilder of(String organisationId) {
            organisation = Optional.of(organisationId);
            return this;
        }

        RuleBuilder numbers(String... patterns) {
            numbers = List.of(patterns);
            return this;
        }

        RuleBuilder inboundNumbers(String... patterns) {
            inboundNumbers = List.of(patterns);
            return this;
        }

        RuleBuilder room(RoomChoice choice) {
            room = choice;
            return this;
        }

        RuleBuilder agents(Agent... list) {
            agents = List.of(list);
            return this;
        }

        RuleBuilder metadata(String text) {
            metadata = text;
            return this;
        }

        RuleBuilder priority(int value) {
            priority = value;
            return this;
        }

        private DispatchRule build(Instant createdAt) {
            return new DispatchRule(
                    name + "-id", name, organisation, trunks,
                    new RuleTerms(
                            numbers, inboundNumbers, new Destination.Room(room, false), agents, metadata, json("{}"), false,
                            Optional.empty(), Optional.empty(), AnswerPolicy.ON_AGENT, 20, List.of(),
                            Optional.empty(), Optional.empty(), 0, Optional.empty()),
                    priority, createdAt);
        }
    }
}
