package dev.trunkline.router.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.TrunkUser;
import dev.trunkline.router.apply.DirectoryWriter.Mode;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.snapshot.DirectoryReader;
import dev.trunkline.router.store.FreshDatabase;
import dev.trunkline.router.store.Transactions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Directory files applied to a real Postgres. */
class DirectoryApplyTest {
    private static final SealedTrunkUsers SEALS =
            new SealedTrunkUsers(new Sealer(new byte[32], new SecureRandom()));
    private static final String EVERYTHING = """
            organisations:
              - name: bakery
                config: {voice: {name: Ann, speed: 1.50, big: 1e2}, empty: {}, list: [1, null, "x"]}
                max_concurrent_calls: 20
                caller_rate: {calls: 5, window_seconds: 60}
                agent_instances:
                  - {name: till, config: {prompt: sell}}
                  - {name: oven}
                numbers:
                  - {phone_number: "+3225550100", label: Shop, agent_instance: till, config_override: {a: 1}}
                  - {phone_number: "+32255502*", max_concurrent_calls: 5, caller_rate: {calls: 1, window_seconds: 9}}
                  - {phone_number: '/^\\+3225553\\d{3}$/', active: false}
                  - {phone_number: "1001", _comment: an extension}
              - name: florist
                numbers: [{phone_number: "1001@pbx"}]
            numbers:
              - {phone_number: "+3225550199", label: free}
            trunks:
              - name: pbx
                addresses: [203.0.113.7, "2001:db8::/32"]
                country: BE
                headers_to_room: [X-Store]
                numbers: ["02 555*", "+32255*"]
                allowed_numbers: ["0470 12 34 56"]
                international_prefixes: ["00"]
                national_prefixes: ["0"]
                called_from: [request-uri, to]
                caller_from: [from]
                transports: [udp, tls]
                codecs: [PCMA]
                max_invites_per_second: 20
                max_early_calls: 50
                media_from: anywhere
                trial_calls: true
                transfer_way: bridge-first
                attributes_to_headers: {outcome: X-Outcome, sip.callID: X-Call}
                users: [{username: alice, password: wonderland}, {username: bob, realm: x, ha1_md5: "00000000000000000000000000000000"}]
              - {name: login, transfer_way: warm, users: [{username: carol, password: p}]}
            rules:
              - {name: shop, organisation: bakery, trunks: [pbx, login], numbers: ["+32255*"], inbound_numbers: ["+32470*"],
                 type: individual, room_prefix: shop, pin: "1234", agents: [{name: clerk, metadata: {till: 4}}],
                 agent_pool: {name: gpu, sessions: 4}, attributes: {a: b}, hide_phone_number: true, priority: -2,
                 fallback: [{agent: other}, {refuse: 486}]}
              - {name: any, wildcard: true, type: direct, room_name: lobby}
            """.replace("\"02 555*\", ", "");

    @RegisterExtension
    private static final FreshDatabase DATABASE = new FreshDatabase();

    private final Transactions transactions = new Transactions(DATABASE.owner());
    private final DirectoryFileReader files = new DirectoryFileReader();
    private final DirectoryWriter writer = new DirectoryWriter(transactions);
    private final DirectoryExport export = new DirectoryExport(transactions);

    @BeforeEach
    void emptyDirectory() throws Exception {
        apply("organisations: []", Mode.of(false, true));
        execute("delete from number_assignments");
    }

    @Test
    void applyingTwiceChangesNothing() throws Exception {
        ApplyReport first = apply(EVERYTHING);
        long version = version();

        ApplyReport second = apply(EVERYTHING);

        assertThat(first.created()).isEqualTo(14);
        assertThat(second.items()).allSatisfy(item -> assertThat(item.change()).isEqualTo(ApplyReport.Change.UNCHANGED));
        assertThat(version()).isEqualTo(version);
    }

    @Test
    void whatIsExportedCanBeAppliedAndChangesNothing() throws Exception {
        apply(EVERYTHING);
        ObjectNode exported = export.read();

        for (String form : List.of(exported.toString(), exported.toPrettyString(), new YAMLMapper().writeValueAsString(exported))) {
            ApplyReport report = apply(form, Mode.of(false, true));

            assertThat(report.unchanged()).isEqualTo(14);
            assertThat(report.items()).hasSize(14);
        }
        assertThat(exported.toString()).doesNotContain("wonderland");
    }

    @Test
    void whatIsExportedMakesTheSameDirectoryElsewhere() throws Exception {
        apply(EVERYTHING);
        ObjectNode exported = export.read();
        apply("rules: []", Mode.of(false, true));
        assertThat(export.read().findValuesAsText("name")).isEmpty();

        apply(exported.toString());

        assertThat(export.read()).isEqualTo(exported);
    }

    @Test
    void theDemoIsAppliedAndExported() throws Exception {
        String demo = Files.readString(Path.of("../deploy/demo/demo.yaml"));
        assertThat(apply(demo).created()).isPositive();

        assertThat(apply(export.read().toString(), Mode.of(false, true)).unchanged()).isEqualTo(apply(demo).items().size());
    }

    @Test
    void aDryRunTellsAndWritesNothing() throws Exception {
        apply("organisations: [{name: bakery}]");
        ObjectNode before = export.read();

        ApplyReport report = apply(EVERYTHING, Mode.of(true, true));

        assertThat(report.dryRun()).isTrue();
        assertThat(report.updated()).isEqualTo(1);
        assertThat(report.items().getFirst().fields()).isNotEmpty();
        assertThat(report.created()).isEqualTo(13);
        assertThat(report.directory().rules()).hasSize(2);
        assertThat(export.read()).isEqualTo(before);
        assertThat(rows("select what from number_assignments")).isEmpty();
    }

    @Test
    void whatWasSeenIsDoneAndNothingElse() throws Exception {
        apply("organisations: [{name: bakery}]");
        String file = "organisations: [{name: bakery, max_concurrent_calls: 7}]";
        var seen = new Mode(false, true, Optional.of(apply(file, Mode.of(true, true)).changes()));
        apply("organisations: [{name: florist}]");
        ObjectNode before = export.read();

        assertThatThrownBy(() -> apply(file, seen)).isInstanceOf(OtherChangesException.class);
        assertThat(export.read()).isEqualTo(before);

        apply("organisations: [{name: bakery}]", Mode.of(false, true));
        assertThat(apply(file, seen).updated()).isEqualTo(1);
    }

    @Test
    void aWholeDirectoryRemovesWhatIsNotInIt() throws Exception {
        apply(EVERYTHING);

        ApplyReport report = apply("organisations: [{name: florist, numbers: [{phone_number: '+3225550100'}]}]", Mode.of(false, true));

        assertThat(report.removed()).isEqualTo(12);
        Directory left = new DirectoryReader(transactions).read();
        assertThat(left.organisations()).hasSize(1);
        assertThat(left.numbers()).containsOnlyKeys("+3225550100");
        assertThat(left.trunks()).isEmpty();
        assertThat(left.rules()).isEmpty();
    }

    @Test
    void nothingOfAFaultyFileIsApplied() throws Exception {
        FaultyFileException thrown = catchThrowableOfType(FaultyFileException.class, () -> apply("""
                organisations: [{name: ghost, numbers: [{phone_number: "1001", agent_instance: none}]}]
                rules: [{name: r, trunks: [nowhere], organisation: nobody, type: callee}]"""));

        assertThat(thrown.faults()).hasSize(3);
        assertThat(export.read().findValuesAsText("name")).isEmpty();
    }

    @Test
    void theDirectoryInMemoryHasEverything() throws Exception {
        apply(EVERYTHING);

        Directory directory = new DirectoryReader(transactions).read();

        var pbx = directory.trunkNamed("pbx").orElseThrow().trunk();
        assertThat(pbx.users()).hasSize(2);
        Trunk announced = pbx.forEdge(directory.rules(), SEALS);
        assertThat(announced.callerFrom()).containsExactly("from");
        assertThat(announced.transports()).containsExactly("udp", "tls");
        assertThat(announced.invitesPerSecond()).hasValue(20);
        assertThat(announced.earlyCalls()).hasValue(50);
        assertThat(SEALS.open(announced.id(), announced.sealedUsers().orElseThrow())).extracting(TrunkUser::username)
                .containsExactly("alice", "bob");
        assertThat(directory.number("+3225550299", pbx)).get().satisfies(number -> assertThat(number.maxConcurrentCalls()).isEqualTo(5));
        assertThat(directory.number("+3225553123", pbx)).get().satisfies(number -> assertThat(number.active()).isFalse());
        assertThat(directory.number("1001", pbx).map(directory::organisationOf)).get()
                .satisfies(organisation -> assertThat(organisation.name()).isEqualTo("florist"));
        assertThat(directory.number("+3225550199", pbx)).as("a free number").isEmpty();
        var shop = directory.number("+3225550100", pbx).orElseThrow();
        assertThat(directory.agentInstanceOf(shop)).get().satisfies(till -> assertThat(till.name()).isEqualTo("till"));
        assertThat(directory.rules()).filteredOn(rule -> rule.name().equals("shop")).singleElement().satisfies(rule -> {
            assertThat(rule.terms().pin()).contains("1234");
            assertThat(rule.terms().fallback()).hasSize(2);
            assertThat(rule.trunkIds()).hasSize(2);
        });
    }

    @Test
    void everyAssignmentIsOnRecord() throws Exception {
        writer.apply(files.read("numbers: [{phone_number: '1001'}]"), "ann");
        writer.apply(files.read("organisations: [{name: bakery, numbers: [{phone_number: '1001'}]}]"), "bob");
        writer.apply(files.read("organisations: [{name: bakery, numbers: [{phone_number: '1001', label: x}]}]"), "cid");
        writer.apply(files.read("organisations: [{name: florist, numbers: [{phone_number: '1001'}]}]"), "dan");
        writer.apply(files.read("numbers: [{phone_number: '1001'}]"), "eve");
        new Removals(transactions).remove("numbers", "1001", "fay");

        assertThat(rows("select concat_ws(' ', actor, what, from_organisation_name, '>', to_organisation_name)"
                        + " from number_assignments order by id"))
                .containsExactly(
                        "ann added >", "bob assigned > bakery", "dan reassigned bakery > florist",
                        "eve released florist >", "fay removed >");
        assertThat(rows("select assigned_by from numbers")).isEmpty();
    }

    @Test
    void aTenantsOwnLimitCountsAndIsNotExported() throws Exception {
        apply(EVERYTHING);
        ObjectNode exported = export.read();
        UUID bakery = UUID.fromString(rows("select id from organisations where name = 'bakery'").getFirst());
        transactions.asTenant(bakery, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("update numbers set own_concurrent_calls = 2, own_rate_calls = 1,"
                        + " own_rate_window_seconds = 10 where phone_number = '+32255502*'");
            }
        });

        var number = new DirectoryReader(transactions).read().numbers().get("+32255502*");

        assertThat(number.maxConcurrentCalls()).isEqualTo(2);
        assertThat(number.callerRate()).get().satisfies(rate -> assertThat(rate.windowSeconds()).isEqualTo(10));
        assertThat(export.read()).isEqualTo(exported);
    }

    @Test
    void whatATenantWantedIsNotTheNextTenants() throws Exception {
        apply(EVERYTHING);
        execute("update numbers set own_concurrent_calls = 1, agent_instance_id = (select id from agent_instances"
                + " where name = 'till') where phone_number = '+32255502*'");

        execute("update numbers set organisation_id = (select id from organisations where name = 'florist')"
                + " where phone_number = '+32255502*'");

        assertThat(rows("select phone_number from numbers where own_concurrent_calls is not null")).isEmpty();
        assertThat(rows("select agent_instance_id from numbers where phone_number = '+32255502*'")).containsExactly("null");
    }

    @Test
    void postgresRefusesATrunkWithoutAGateToo() {
        assertThatThrownBy(() -> execute("insert into trunks (name, allowed_numbers) values ('open', '{+32*}')"))
                .hasMessageContaining("trunk_has_a_gate");
    }

    private ApplyReport apply(String file) throws Exception {
        return apply(file, Mode.PART);
    }

    private ApplyReport apply(String file, Mode mode) throws Exception {
        return writer.apply(files.read(file), "tests", mode);
    }

    private long version() throws SQLException {
        return new DirectoryReader(transactions).version();
    }

    private void execute(String sql) throws SQLException {
        transactions.asOwner(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private List<String> rows(String sql) throws SQLException {
        return transactions.asOwner(connection -> {
            List<String> rows = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    rows.add(String.valueOf(row.getString(1)));
                }
            }
            return rows;
        });
    }
}
