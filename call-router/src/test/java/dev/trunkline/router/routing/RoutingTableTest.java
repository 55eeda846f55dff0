package dev.trunkline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Failed;
import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule with each number form and each trunk, from the tables in src/test/resources/routing. */
class RoutingTableTest {
    private static final Exchange EXCHANGE = Exchange.ofResource("/routing/exchange.yaml");
    private static final List<String> TRUNKS = List.of("german", "belgian", "global");
    private static final Map<String, String> STORE = Map.of("x-store", "7");

    static Stream<Arguments> rules() {
        List<Map<String, String>> forms = Table.read("/routing/forms.table");
        return Table.read("/routing/rules.table").stream().flatMap(row -> forms.stream().map(form -> {
            String dialled = form.get("form").replace("NATIONAL", row.get("number").substring("+49".length()));
            String trunk = form.get("trunk");
            return Arguments.of(row.get("rule"), trunk, dialled, cell(row, trunk).replace("<dialled>", dialled));
        }));
    }

    @ParameterizedTest(name = "{0} on {1}, dialled {2}: {3}")
    @MethodSource("rules")
    void everyRuleTakesEveryFormOnEveryTrunk(String rule, String trunk, String dialled, String outcome) {
        Decision decision = EXCHANGE.call(trunk, dialled, Exchange.CALLER, STORE);

        assertThat(Exchange.outcome(decision)).isEqualTo(outcome);
        if (decision instanceof Decision.Route route && !rule.equals("trunk-first")) {
            assertThat(route.rule().name()).isEqualTo(rule);
        }
        assertThat(decision.trace()).isNotEmpty();
    }

    static Stream<Arguments> numbers() {
        return Table.read("/routing/numbers.table").stream()
                .flatMap(row -> TRUNKS.stream().map(trunk -> Arguments.of(row.get("dialled"), trunk, row.get(trunk))));
    }

    @ParameterizedTest(name = "{0} on {1} is {2}")
    @MethodSource("numbers")
    void aDialledNumberBelongsToWhoHasIt(String dialled, String trunk, String number) {
        Decision decision = EXCHANGE.call(trunk, dialled);

        switch (decision) {
            case Decision.Route route -> assertThat(route.number()).isEqualTo(number);
            // The bistro's number has no rule; the test only checks that the number was found.
            case Decision.Refuse refuse when refuse.organisation().isPresent() ->
                    assertThat(EXCHANGE.of(trunk, dialled, "", Map.of()).called()).isEqualTo(number);
            default -> {
                assertThat(number).isEqualTo("-");
                assertThat(Exchange.outcome(decision)).isEqualTo("refuse number-unknown 404");
            }
        }
    }

    static Stream<Arguments> callers() {
        return Table.read("/routing/callers.table").stream().map(row ->
                Arguments.of(row.get("trunk"), row.get("dialled"), row.get("caller"), row.get("outcome")));
    }

    @ParameterizedTest(name = "{1} on {0} from {2}: {3}")
    @MethodSource("callers")
    void aCallerIsAllowedHoweverTheNumberIsWritten(String trunk, String dialled, String caller, String outcome) {
        Decision decision = EXCHANGE.call(trunk, dialled, caller, Map.of());

        assertThat(Exchange.outcome(decision)).isEqualTo(outcome);
    }

    static Stream<Arguments> headers() {
        return Table.read("/routing/headers.table").stream().map(row -> Arguments.of(row.get("value"), row.get("outcome")));
    }

    @ParameterizedTest(name = "X-Store: {0} leads to {1}")
    @MethodSource("headers")
    void aHeaderNamesARoomWithAllowedCharactersOnly(String value, String outcome) {
        Map<String, String> headers = value.equals("absent") ? Map.of() : Map.of("x-store", value);
        Decision decision = EXCHANGE.call("german", "+4991874350307", Exchange.CALLER, headers);

        assertThat(Exchange.outcome(decision)).isEqualTo(outcome);
        if (decision instanceof Decision.Refuse) {
            assertThat(decision.trace()).anySatisfy(step ->
                    assertThat(step.detail()).startsWith("Rule by-header was skipped by its header: "));
        }
    }

    static Stream<Arguments> webhooks() {
        return Table.read("/routing/webhooks.table").stream().map(row -> Arguments.of(row.get("answers"), row.get("outcome")));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("webhooks")
    void aWebhooksAnswerIsFollowed(String answers, String outcome) {
        Decision decision = EXCHANGE.call("german", "+4991874350310");
        for (String answer : answers.split(", ")) {
            decision = EXCHANGE.routing().resume(((Decision.Ask) decision).question(), result(answer));
        }

        assertThat(Exchange.outcome(decision)).isEqualTo(outcome);
        assertThat(decision.trace()).extracting(step -> step.step()).contains("webhook");
    }

    @Test
    void thereAreHundredsOfCases() {
        long cases = Stream.of(rules(), numbers(), callers(), headers(), webhooks()).mapToLong(Stream::count).sum();

        assertThat(cases).isGreaterThanOrEqualTo(450);
    }

    private static WebhookResult result(String answer) {
        List<String> words = List.of(answer.split(" "));
        Optional<String> agent = words.stream().filter(word -> word.startsWith("agent=")).map(word -> word.substring(6)).findFirst();
        String target = words.size() > 1 ? words.get(1) : "";
        if (answer.equals("failed")) {
            return new Failed("it did not answer in 1 s", "r-1");
        }
        Instruction instruction = switch (words.getFirst()) {
            case "room" -> new Instruction.Room(
                    target, words.contains("must-exist"),
                    agent.map(name -> List.of(new Agent(name, ""))).orElse(List.of()), "",
                    JsonNodeFactory.instance.objectNode(),
                    words.contains("immediate") ? Optional.of(AnswerPolicy.IMMEDIATE) : Optional.empty());
            case "forward" -> Instruction.Forward.to(target);
            case "refer" -> new Instruction.Refer(target);
            case "decline" -> new Instruction.Decline(Integer.parseInt(target), "");
            case "redirect" -> new Instruction.Redirect(URI.create(target));
            default -> throw new IllegalArgumentException(answer);
        };
        return new Answered(instruction, words.getFirst(), "r-1", 12, List.of());
    }

    private static String cell(Map<String, String> row, String trunk) {
        int at = TRUNKS.indexOf(trunk);
        while (row.get(TRUNKS.get(at)).isEmpty()) {
            at--;
        }
        return row.get(TRUNKS.get(at));
    }
}
