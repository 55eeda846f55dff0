package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentPool;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.NumbersFrom;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TransferWay;
import dev.trunkline.events.WaitFor;
import dev.trunkline.router.directory.AgentInstance;
import dev.trunkline.router.directory.AllowedCharacters;
import dev.trunkline.router.directory.CallRate;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.directory.Schedule;
import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Failed;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import dev.trunkline.router.rules.Forwards;
import dev.trunkline.router.rules.RuleDefinitions;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the directory, the call and the webhook's answers are, a decision ends in a room, a forward or a reason of
 * the table, and the same call gets the same decision again. Each seed is a directory and 40 calls; the test's name
 * contains the seed, so a failing one is known.
 */
class RoutingPropertyTest {
    private static final int CALLS = 40;
    private static final Set<RefusalReason> REASONS = EnumSet.of(
            RefusalReason.NUMBER_UNKNOWN, RefusalReason.NUMBER_INACTIVE, RefusalReason.CALLER_NOT_ALLOWED,
            RefusalReason.NO_RULE, RefusalReason.WEBHOOK_FAILED, RefusalReason.DECLINED);
    private static final List<String> NUMBERS = List.of(
            "+4991874350301", "+4991874350302", "+3225550100", "1000", "1001@t0", "+499187*", "+32*", "/\\+49\\d+/", "/1.*/");
    private static final List<String> DIALLED = List.of(
            "+4991874350301", "091874350302", "3225550100", "1000", "1001", "+4930901820", "", "x", "<sip:?>", "+", "*#",
            "tel:+32-2-555-01-00", "00", "9".repeat(500), "ünïcode\n");
    private static final List<String> CALLERS = List.of("+4915112345678", "015112345678", "+3225550199", "1000", "");
    private static final List<String> PATTERNS =
            List.of("+4991874350301", "091874350302", "+49*", "+32255*", "1000", "1001");
    private static final List<String> CALLER_PATTERNS = List.of("+49*", "+491511234*", "+4915112345678", "015112345678", "1000");

    private final RoomNames rooms = new RoomNames(new RoomSuffix());

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyDecisionEnds(long seed) {
        Random random = new Random(seed);
        Directory directory = directory(random);
        Routing routing = new Routing(new SuiteDefaults(config(random), new CallRate(10, 3600)), rooms);
        for (int i = 0; i < CALLS; i++) {
            Call call = call(random, directory);
            long answers = random.nextLong();
            Decision decision = end(routing, routing.decide(call, directory), new Random(answers));

            assertSound(decision, call, directory);
            assertThat(end(routing, routing.decide(call, directory), new Random(answers))).isEqualTo(decision);
            assertThat(Exchange.outcome(end(routing, routing.explain(call, directory), new Random(answers))))
                    .isEqualTo(Exchange.outcome(decision));
            assertThat(Exchange.outcome(end(routing, routing.explainToTenant(call, directory), new Random(answers))))
                    .isEqualTo(Exchange.outcome(decision));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRuleIsReadAsItWasWritten(long seed) {
        Random random = new Random(seed);
        for (DispatchRule rule : directory(random).rules()) {
            assertThat(RuleDefinitions.readTerms(RuleDefinitions.writeTerms(rule.terms()))).isEqualTo(rule.terms());
        }
    }

    /** Answers every question of the decision and asserts that there are no more than permitted. */
    private static Decision end(Routing routing, Decision decision, Random random) {
        int asked = 0;
        while (decision instanceof Decision.Ask(Question question)) {
            assertThat(++asked).isLessThanOrEqualTo(3);
            decision = routing.resume(question, result(random));
        }
        return decision;
    }

    private static void assertSound(Decision decision, Call call, Directory directory) {
        assertThat(decision.trace()).isNotEmpty().allSatisfy(step -> {
            assertThat(step.step()).matches("[a-z-]+");
            assertThat(step.detail()).isNotBlank();
        });
        call.callerNumber().filter(number -> number.length() > 8 && !number.equals(call.called()))
                .ifPresent(number -> assertThat(decision.toString()).doesNotContain(number.substring(1)));
        switch (decision) {
            case Decision.Route route -> {
                assertThat(route.room()).isNotBlank();
                assertThat(route.patienceSeconds()).isPositive();
                assertThat(directory.organisations()).containsKey(route.organisation().id());
                assertThat(route.limits().numberConcurrency()).isPresent();
                assertThat(route.entry().desk() && !route.agents().isEmpty()).isFalse();
                assertThat(route.entry().pin().isEmpty() || route.answerPolicy() == AnswerPolicy.IMMEDIATE).isTrue();
            }
            case Decision.Redirect redirect -> assertThat(redirect.target()).matches("(?s)(sip|tel):.+");
            case Decision.Refuse refuse -> {
                assertThat(refuse.reason()).isIn(REASONS);
                assertThat(refuse.answer()).isBetween(400, 699);
            }
            case Decision.Ask ask -> throw new AssertionError("still asking");
        }
    }

    private static WebhookResult result(Random random) {
        Instruction instruction = switch (random.nextInt(7)) {
            case 0 -> new Instruction.Room(
                    "room", random.nextBoolean(), agents(random), random.nextBoolean() ? "" : "m", config(random),
                    random.nextBoolean() ? Optional.empty() : Optional.of(AnswerPolicy.IMMEDIATE));
            case 1 -> Instruction.Forward.to(random.nextBoolean() ? "sip:a@b.example" : "+3225550150");
            case 2 -> new Instruction.Refer(random.nextBoolean() ? "1000" : "sip:c@d.example");
            case 3 -> new Instruction.Decline(400 + random.nextInt(300), random.nextBoolean() ? "" : "busy");
            default -> new Instruction.Redirect(URI.create("https://o.example/" + random.nextInt(9)));
        };
        return random.nextInt(4) == 0
                ? new Failed("no answer", "r")
                : new Answered(instruction, "verb", "r", random.nextInt(1000), List.of());
    }

    private static Directory directory(Random random) {
        List<Organisation> organisations = IntStream.range(0, 3)
                .mapToObj(i -> new Organisation(
                        "o" + i, "organisation" + i, config(random), OptionalInt.empty(), Optional.empty()))
                .toList();
        List<AgentInstance> instances = List.of(new AgentInstance("i0", "o0", "instance", config(random)));
        List<PhoneNumber> numbers = NUMBERS.stream()
                .filter(number -> random.nextInt(4) > 0)
                .map(number -> new PhoneNumber(
                        number, "o" + random.nextInt(3), random.nextInt(8) > 0, "",
                        random.nextBoolean() ? Optional.empty() : Optional.of("i" + random.nextInt(2)), config(random),
                        1 + random.nextInt(3), Optional.empty(), Instant.EPOCH.plusSeconds(random.nextInt(100))))
                .toList();
        List<InboundTrunk> trunks = IntStream.range(0, 3)
                .mapToObj(i -> new InboundTrunk(
                        "t" + i, "t" + i, List.of(), one(random, List.of("DE", "BE")), List.of(),
                        random.nextInt(4) > 0 ? List.of() : some(random, PATTERNS),
                        random.nextInt(4) > 0 ? List.of() : some(random, CALLER_PATTERNS)))
                .toList();
        List<DispatchRule> rules = IntStream.range(0, random.nextInt(12)).mapToObj(i -> rule(i, random)).toList();
        return Directory.of(1, organisations, instances, numbers, trunks, rules);
    }

    private static DispatchRule rule(int i, Random random) {
        Destination destination = destination(random, true);
        AnswerPolicy policy = random.nextBoolean() ? AnswerPolicy.ON_AGENT : AnswerPolicy.IMMEDIATE;
        var terms = new RuleTerms(
                random.nextBoolean() ? List.of() : some(random, PATTERNS),
                random.nextInt(4) > 0 ? List.of() : some(random, CALLER_PATTERNS),
                destination,
                destination instanceof Destination.Desk ? List.of() : agents(random),
                random.nextBoolean() ? "" : "metadata",
                random.nextBoolean() ? object() : object().put("key", "value"),
                random.nextBoolean(),
                random.nextInt(4) > 0 ? Optional.empty() : Optional.of("4711"),
                random.nextBoolean() ? Optional.empty() : Optional.of(new AgentPool("pool", 3)),
                policy,
                1 + random.nextInt(60),
                fallback(random),
                Optional.empty(),
                policy == AnswerPolicy.IMMEDIATE || random.nextBoolean() ? Optional.empty() : Optional.of(WaitFor.LISTENING), 0,
                random.nextBoolean() ? Optional.empty() : Optional.of(TransferWay.REFER_FIRST));
        return new DispatchRule(
                "r" + i, "rule" + i, one(random, List.of("o0", "o1", "o2")),
                random.nextBoolean() ? List.of() : List.of("t" + random.nextInt(3)), terms, random.nextInt(3),
                Instant.EPOCH.plusSeconds(random.nextInt(5)));
    }

    private static Destination destination(Random random, boolean schedules) {
        return switch (random.nextInt(schedules ? 7 : 6)) {
            case 0 -> new Destination.Webhook(URI.create("https://o.example/calls"), Optional.empty(), Destination.Allowed.NOTHING_MORE);
            case 1 -> switch (random.nextInt(3)) {
                case 0 -> new Destination.Redirect("sip:desk@pbx.example");
                case 1 -> new Destination.Forward(Forwards.one("sip:desk@pbx.example"));
                default -> new Destination.Forward(new ForwardPlan(List.of(
                        new ForwardRound(
                                List.of(new ForwardTarget("+3225550151", Optional.of("carrier"), Map.of("X-Queue", "a")),
                                        new ForwardTarget("1000", Optional.empty(), Map.of())),
                                1 + random.nextInt(180)),
                        new ForwardRound(List.of(new ForwardTarget("sip:a@b.example", Optional.empty(), Map.of())), 20))));
            };
            case 2 -> new Destination.Desk(room(random));
            case 6 -> new Destination.Scheduled(
                    new Schedule(
                            ZoneId.of("Europe/Berlin"),
                            Map.of(DayOfWeek.of(1 + random.nextInt(7)), List.of(new Schedule.Hours(
                                    LocalTime.of(random.nextInt(24), 0), LocalTime.of(random.nextInt(24), 0)))),
                            Set.of()),
                    destination(random, false),
                    random.nextBoolean() ? new Destination.Refuse(400 + random.nextInt(300)) : destination(random, false));
            default -> new Destination.Room(room(random), random.nextBoolean());
        };
    }

    private static RoomChoice room(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new RoomChoice.Individual("call", random.nextBoolean());
            case 1 -> new RoomChoice.Direct("lobby");
            case 2 -> new RoomChoice.Callee("call", random.nextBoolean());
            default -> new RoomChoice.Named(
                    random.nextBoolean() ? new RoomChoice.NameSource.RequestUser() : new RoomChoice.NameSource.Header("X-Store"),
                    "store-{}", AllowedCharacters.USUAL);
        };
    }

    private static List<Fallback> fallback(Random random) {
        List<Fallback> all = List.of(
                new Fallback(FallbackKind.ANNOUNCEMENT, "sorry", "", 0),
                new Fallback(FallbackKind.AGENT, "night", "", 5),
                new Fallback(FallbackKind.FORWARD, "sip:e@f.example", "", 0),
                new Fallback(FallbackKind.FORWARD, "+3225550152", "", 9, Optional.of("carrier")),
                new Fallback(FallbackKind.REFER, "+3225550150", "", 0),
                new Fallback(FallbackKind.REFUSE, "486", "", 0));
        return all.stream().filter(step -> random.nextInt(3) == 0).toList();
    }

    private static Call call(Random random, Directory directory) {
        InboundTrunk trunk = directory.trunk("t" + random.nextInt(3)).orElseThrow().trunk();
        String dialled = any(random, DIALLED);
        String caller = any(random, CALLERS);
        return new Call(
                new CallId(new UUID(0, random.nextInt(1000))),
                trunk.ref(),
                dialled,
                trunk.plan().normalise(dialled).text(),
                new Caller("0123456789abcdef0123456789abcdef", caller.isEmpty()),
                Optional.of(caller).filter(text -> !text.isEmpty()).map(text -> trunk.plan().normalise(text).text()),
                random.nextBoolean() ? Map.of() : Map.of("x-store", any(random, List.of("7", "", "a/b", "x".repeat(400)))),
                random.nextInt(3) > 0 ? Optional.empty() : Optional.of(new NumbersFrom("diversion", "from")),
                Instant.parse("2026-11-16T00:00:00Z").plusSeconds(random.nextInt(7 * 24 * 3600)));
    }

    private static List<Agent> agents(Random random) {
        return random.nextBoolean() ? List.of() : List.of(new Agent("clerk", random.nextBoolean() ? "" : "own"));
    }

    private static List<String> some(Random random, List<String> of) {
        return random.ints(1 + random.nextInt(2), 0, of.size()).mapToObj(of::get).toList();
    }

    private static ObjectNode config(Random random) {
        ObjectNode config = object();
        if (random.nextBoolean()) {
            config.put("language", "de").putObject("voice").put("speed", random.nextInt(3));
        }
        return config;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static <T> T any(Random random, List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    private static <T> Optional<T> one(Random random, List<T> items) {
        return random.nextBoolean() ? Optional.empty() : Optional.of(any(random, items));
    }
}
