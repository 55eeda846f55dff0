package dev.trunkline.router.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.router.apply.ApplyReport.Change;
import dev.trunkline.router.apply.ApplyReport.Item;
import dev.trunkline.router.fields.Fault;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryDiffTest {
    private static final String THERE = """
            organisations:
              - name: bakery
                config: {voice: {name: Ann, speed: 1.0}, greeting: Hello}
                agent_instances: [{name: till, config: {prompt: sell}}]
                numbers: [{phone_number: "+3225550100", label: Shop, config_override: {steps: [1, 2]}}]
            numbers: [{phone_number: "+3225550199"}]
            trunks:
              - {name: pbx, addresses: [203.0.113.7], country: BE, users: [{username: u, password: first}]}
            rules:
              - {name: shop, trunks: [pbx], organisation: bakery, type: individual, pin: "1234"}
            """;

    private final DirectoryFileReader reader = new DirectoryFileReader();

    @Test
    void theSameIsUnchanged() throws Exception {
        assertThat(diff(THERE, THERE, true)).allMatch(line -> line.endsWith("unchanged")).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "greeting: Hello; greeting: Hi; organisation bakery updated [config.greeting: \"Hello\" -> \"Hi\"]",
                "name: Ann, ; ''; organisation bakery updated [config.voice.name: \"Ann\" -> nothing]",
                "speed: 1.0; speed: 1; organisation bakery unchanged",
                "'Hello}'; 'Hello, more: {a: 1}}'; 'organisation bakery updated [config.more: nothing -> {\"a\":1}]'",
                "prompt: sell; prompt: bake; agent_instance bakery/till updated [config.prompt: \"sell\" -> \"bake\"]",
                "label: Shop; active: false; 'number +3225550100 updated [active: true -> false, label: \"Shop\" -> \"\"]'",
                "'[1, 2]'; '[2, 1]'; 'number +3225550100 updated [config_override.steps: [1,2] -> [2,1]]'",
                "country: BE; country: DE; trunk pbx updated [country: \"BE\" -> \"DE\"]",
                "type: individual; 'type: individual, priority: 3'; rule shop updated [priority: 0 -> 3]",
            })
    void namesTheFieldsThatChange(String before, String after, String expected) throws Exception {
        String changed = THERE.replace(before, after);

        List<String> diff = diff(THERE, changed, false);

        assertThat(diff).contains(expected);
        assertThat(diff.stream().filter(line -> !line.endsWith("unchanged")))
                .hasSize(expected.endsWith("unchanged") ? 0 : 1);
    }

    @Test
    void secretsAreNotShown() throws Exception {
        List<String> diff = diff(THERE, THERE.replace("first", "second").replace("1234", "9999"), false);

        assertThat(diff).contains(
                "trunk pbx updated [users: [{\"username\":\"u\",\"realm\":\"trunkline\",\"ha1_md5\":\"***\","
                        + "\"ha1_sha256\":\"***\"}] -> [{\"username\":\"u\",\"realm\":\"trunkline\",\"ha1_md5\":\"***\","
                        + "\"ha1_sha256\":\"***\"}]]",
                "rule shop updated [pin: \"***\" -> \"***\"]");
    }

    @Test
    void aNumberThatChangesHandsIsTheSameNumber() throws Exception {
        assertThat(diff(THERE, """
                organisations: [{name: florist, numbers: [{phone_number: "+3225550199"}]}]
                numbers: [{phone_number: "+3225550100", label: Shop, config_override: {steps: [1, 2]}}]""", false))
                .containsExactly(
                        "organisation florist created",
                        "number +3225550199 updated [organisation: nothing -> \"florist\"]",
                        "number +3225550100 updated [organisation: \"bakery\" -> nothing]");
    }

    @Test
    void whatIsLeftOutStaysOrGoes() throws Exception {
        assertThat(diff(THERE, "trunks: [{name: pbx, addresses: [203.0.113.7], country: BE, users: [{username: u, password: first}]}]", false))
                .containsExactly("trunk pbx unchanged");
        assertThat(diff(THERE, "organisations: []", true))
                .containsExactly(
                        "rule shop removed", "number +3225550100 removed", "number +3225550199 removed",
                        "agent_instance bakery/till removed", "trunk pbx removed", "organisation bakery removed");
    }

    @Test
    void whatComesAndGoesIsToldWithAllOfItAndWithoutSecrets() throws Exception {
        String rule = "rules: [{name: shop, trunks: [pbx], type: callee, pin: '1234', metadata: {token: abc}}]";

        for (boolean comes : new boolean[] {true, false}) {
            Item item = (comes ? items("rules: []", rule, false) : items(rule, "rules: []", true)).getFirst();

            assertThat(item.change()).isEqualTo(comes ? Change.CREATED : Change.REMOVED);
            assertThat(item.fields()).allMatch(field -> field.before().isPresent() != comes && field.after().isPresent() == comes);
            assertThat(item.fields()).extracting(field -> field.field() + " " + (comes ? field.after() : field.before()).get())
                    .contains("pin \"***\"", "trunks [\"pbx\"]", "type \"callee\"").noneMatch(text -> text.contains("abc"));
        }
    }

    @Test
    void theDigestOfWhatChangesIsThatOfTheChangesAlone() throws Exception {
        String other = THERE.replace("Hello", "Hi");

        assertThat(changes(THERE, other))
                .matches("[0-9a-f]{32}")
                .isEqualTo(changes(THERE, "organisations: [{name: bakery, config: {voice: {name: Ann, speed: 1}, greeting: Hi}}]"))
                .isNotEqualTo(changes(THERE, THERE))
                .isNotEqualTo(changes(THERE, THERE.replace("Hello", "Hey")));
    }

    private String changes(String there, String wanted) throws Exception {
        return new ApplyReport(true, items(there, wanted, false), List.of(), null).changes();
    }

    @Test
    void itemsMeanItemsThatAreThere() throws Exception {
        DirectoryFile file = reader.read("""
                organisations: [{name: bakery, numbers: [{phone_number: "1001", agent_instance: oven}]}]
                rules: [{name: r, trunks: [pbx, nowhere], organisation: nobody, type: callee}]""");

        assertThat(References.missing(reader.read(THERE), file, false))
                .extracting(Fault::path)
                .containsExactly("organisations[0].numbers[0].agent_instance", "rules[0].trunks[1]", "rules[0].organisation");
        assertThat(References.missing(reader.read(THERE), file, true))
                .extracting(Fault::path)
                .contains("rules[0].trunks[0]");
        assertThat(References.missing(reader.read("organisations: []"), reader.read(THERE), true)).isEmpty();
    }

    private List<String> diff(String there, String wanted, boolean whole) throws Exception {
        return items(there, wanted, whole).stream().map(DirectoryDiffTest::line).toList();
    }

    private List<Item> items(String there, String wanted, boolean whole) throws Exception {
        return DirectoryDiff.between(reader.read(there), reader.read(wanted), whole);
    }

    private static String line(Item item) {
        String fields = item.fields().stream()
                .map(field -> field.field() + ": " + field.before().map(Object::toString).orElse("nothing") + " -> "
                        + field.after().map(Object::toString).orElse("nothing"))
                .collect(Collectors.joining(", ", " [", "]"));
        return item.kind() + " " + item.name() + " " + item.change().code() + (item.change() == Change.UPDATED ? fields : "");
    }
}
