package dev.trunkline.router.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.DirectoryWriter.Mode;
import dev.trunkline.router.store.Actor;
import dev.trunkline.router.store.FreshDatabase;
import dev.trunkline.router.store.Texts;
import dev.trunkline.router.store.Transactions;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Postgres records about a number, whoever changes it. */
class NumberHistoryTest {
    private static final String NUMBER = "1001";
    private static final String FILE = """
            organisations:
              - name: bakery
                agent_instances: [{name: till}]
                numbers: [{phone_number: "1001", label: Shop, config_override: {voice: {name: ann, speed: 1}}}]
              - name: florist
            """;

    @RegisterExtension
    private static final FreshDatabase DATABASE = new FreshDatabase();

    private final Transactions transactions = new Transactions(DATABASE.owner());
    private final DirectoryWriter writer = new DirectoryWriter(transactions);

    @BeforeEach
    void bakery() throws Exception {
        apply("organisations: []", true);
        execute("delete from number_assignments; delete from number_changes");
        apply(FILE, true);
    }

    @Test
    void aFileThatMakesANumberSaysWhatItMade() throws Exception {
        assertThat(history()).containsExactly(
                "ops via file changed config_override.voice nothing>{\"name\":\"ann\",\"speed\":1} label \"\">\"Shop\"",
                "ops via file assigned");
    }

    @Test
    void everyFieldOfAFileThatDiffersAndNoOther() throws Exception {
        apply(FILE.replace("label: Shop", "label: Till, active: false, agent_instance: till, max_concurrent_calls: 3,"
                + " caller_rate: {calls: 5, window_seconds: 60}").replace("speed: 1", "speed: 2"), false);
        apply(FILE.replace("name: florist", "name: florist\n    config: {a: 1}"), false);

        assertThat(history().subList(0, 2)).containsExactly(
                "ops via file changed active false>true agent_instance \"till\">nothing caller_rate {\"calls\":5,\"window_seconds\":60}>nothing"
                        + " config_override.voice.speed 2>1 label \"Till\">\"Shop\" max_concurrent_calls 3>1",
                "ops via file changed active true>false agent_instance nothing>\"till\" caller_rate nothing>{\"calls\":5,\"window_seconds\":60}"
                        + " config_override.voice.speed 1>2 label \"Shop\">\"Till\" max_concurrent_calls 1>3");
        long before = history().size();
        apply(FILE, false);
        assertThat(history()).as("nothing changed").hasSize((int) before);
    }

    @Test
    void aStatementOfTheOwnerIsTheDatabases() throws Exception {
        execute("update numbers set active = false");

        assertThat(history()).first().isEqualTo("router via database changed active true>false");
    }

    @Test
    void aNumberThatAFileMovesSaysNothingOfWhoHadIt() throws Exception {
        transactions.asTenant(id("bakery"), Actor.byApi("ann"), connection -> run(connection.createStatement(),
                "update numbers set own_concurrent_calls = 1, label = 'Private'"));
        apply("organisations: [{name: florist, numbers: [{phone_number: \"1001\", label: Roses}]}]", false);

        assertThat(ofTenant("florist")).containsExactly("null via file changed label \"\">\"Roses\"", "null via file reassigned");
        assertThat(ofTenant("bakery").subList(0, 2)).containsExactly(
                "null via file reassigned",
                "ann via api changed label \"Shop\">\"Private\" own_concurrent_calls nothing>1");
    }

    @Test
    void aTenantCannotForgeWhoseChangeItWas() throws Exception {
        transactions.asTenant(id("bakery"), Actor.byApi("ann"), connection -> run(connection.createStatement(),
                "set local trunkline.actor to 'admin'; update numbers set active = false"));

        assertThat(history()).first().isEqualTo("admin (a tenant) via api changed active true>false");
    }

    @Test
    void secretsAreNotKeptAndLongAndDeepOnesAreBounded() throws Exception {
        String deep = "{\"a\":".repeat(60) + "\"bottom\"" + "}".repeat(60);
        transactions.asOwner("ada", connection -> run(connection.createStatement(), """
                update numbers set config_override = ('{"openai_key": "sk-1", "list": [{"token": "t-1"}], "long": "%s", "deep": %s}')::jsonb"""
                .formatted("x".repeat(5_000), deep)));
        transactions.asOwner("ada", connection -> run(connection.createStatement(),
                "update numbers set config_override = jsonb_set(config_override, '{openai_key}', '\"sk-2\"')"));

        assertThat(history()).first().isEqualTo("ada via api changed config_override.openai_key \"***\">\"***\"");
        List<String> kept = texts("select fields::text from number_changes");
        assertThat(kept).allSatisfy(fields -> assertThat(fields).doesNotContain("sk-", "t-1", "bottom").hasSizeLessThan(4_000));
    }

    @Test
    void aChangeOfManyFieldsSaysHowManyMore() throws Exception {
        transactions.asOwner("ada", connection -> run(connection.createStatement(),
                "update numbers set config_override = (select jsonb_object_agg(repeat('f', 500) || n, n) from generate_series(1, 60) n)"));

        NumberEvent change = transactions.asOwner(
                connection -> NumberHistory.forAdmin(connection, NUMBER, HistoryPage.latest(1))).getFirst();

        // The 60 added fields and the voice that was removed.
        assertThat(change.fields().orElseThrow()).hasSize(51).last().satisfies(last -> {
            assertThat(last.field()).isEqualTo("and 11 more");
            assertThat(last.before()).isEmpty();
        });
        assertThat(change.fields().orElseThrow()).allSatisfy(field -> assertThat(field.field()).hasSizeLessThanOrEqualTo(300));
    }

    private void apply(String file, boolean whole) throws Exception {
        writer.apply(new DirectoryFileReader().read(file), "ops", Mode.of(false, whole));
    }

    private List<String> history() throws SQLException {
        return transactions.asOwner(connection -> NumberHistory.forAdmin(connection, NUMBER, HistoryPage.latest(100))).stream()
                .map(NumberHistoryTest::line)
                .toList();
    }

    private List<String> ofTenant(String organisation) throws SQLException {
        return transactions.asTenant(id(organisation), connection -> NumberHistory.forTenant(connection, NUMBER, HistoryPage.latest(100)))
                .stream()
                .map(NumberHistoryTest::line)
                .toList();
    }

    private static String line(NumberEvent event) {
        var line = new StringBuilder("%s%s via %s %s".formatted(
                event.by().orElse("null"), event.byTenant().isPresent() ? " (a tenant)" : "", event.via().orElse("null"), event.what()));
        event.fields().orElse(List.of()).forEach(change -> line.append(" %s %s>%s".formatted(
                change.field(),
                change.before().map(Object::toString).orElse("nothing"),
                change.after().map(Object::toString).orElse("nothing"))));
        return line.toString();
    }

    private UUID id(String organisation) throws SQLException {
        return UUID.fromString(texts("select id::text from organisations where name = '" + organisation + "'").getFirst());
    }

    private List<String> texts(String sql) throws SQLException {
        return transactions.asOwner(connection -> Texts.of(connection, sql));
    }

    private void execute(String sql) throws SQLException {
        transactions.asOwner(connection -> run(connection.createStatement(), sql));
    }

    private static boolean run(Statement statement, String sql) throws SQLException {
        try (statement) {
            return statement.execute(sql);
        }
    }
}
