package dev.trunkline.cli.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.cli.Shell;
import dev.trunkline.cli.TestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterCommandTest {
    private static final String DONE = "{\"items\": [{\"kind\": \"rule\", \"name\": \"desk\", \"change\": \"created\"}], \"created\": 1,"
            + " \"warnings\": [{\"path\": \"[1].dispatch_rule.krisp_enabled\", \"problem\": \"is not offered here\"}]}";

    @TempDir
    Path here;

    private Path folder;
    private TestRouter router;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        router = new TestRouter();
        shell = new Shell(here).with("TRUNKLINE_ADMIN_TOKEN", "secret");
        folder = Files.createDirectories(here.resolve("sip"));
        Files.writeString(folder.resolve("20-desk.json"), "{\"_comment\": \"x\", \"dispatch_rule\": {\"rule\": {}}}");
        Files.writeString(folder.resolve("10-orders.json"), "{\"dispatchRule\": {\"name\": \"orders\", \"rule\": {}}}");
        Files.writeString(folder.resolve("README.md"), "no rule");
    }

    @AfterEach
    void stop() {
        router.close();
    }

    private int register(String... arguments) {
        return shell.run(Stream.of(Stream.of("register"), Stream.of(arguments), Stream.of("--router", router.url()))
                .flatMap(part -> part).toArray(String[]::new));
    }

    @Test
    void allFilesGoAtOnceInTheOrderOfTheirNamesOntoTheTrunk() {
        router.answers(200, DONE);
        assertThat(register("sip", "--trunk", "yeastar", "--organisation", "acme", "--dry-run")).isZero();
        assertThat(router.asked().uri()).isEqualTo("/directory/import/livekit?trunk=yeastar&organisation=acme&dry_run=true");
        assertThat(router.asked().body()).isEqualTo(
                "[{\"dispatchRule\":{\"name\":\"orders\",\"rule\":{}}},{\"_comment\":\"x\",\"dispatch_rule\":{\"rule\":{},\"name\":\"20-desk\"}}]");
        assertThat(shell.out()).isEqualTo(
                """
                + rule           desk
                ! 20-desk.json: dispatch_rule.krisp_enabled: is not offered here
                1 created, 0 updated, 0 unchanged: a dry run, nothing was applied
                """);
    }

    @Test
    void trunksMayStandBehindTheFolder() {
        router.answers(200, DONE);
        assertThat(register("sip", "yeastar", "ST_1=backup")).isZero();
        assertThat(router.asked().uri()).isEqualTo("/directory/import/livekit?trunk=yeastar&trunk=ST_1%3Dbackup");
    }

    @Test
    void aListInAFileIsTakenApartAndFaultsAreSaidByFile() throws IOException {
        Files.writeString(folder.resolve("10-orders.json"), "{\"items\": [{\"rule\": {}, \"sip_dispatch_rule_id\": \"SDR_1\"}, {\"sip_trunk_id\": \"ST_1\"}]}");
        router.answers(400, "{\"detail\": \"Nothing was applied.\", \"faults\": [{\"path\": \"[1].name\", \"problem\": \"is missing\"},"
                + " {\"path\": \"[2]\", \"problem\": \"says no kind\"}, {\"path\": \"other\", \"problem\": \"x\"}]}");
        assertThat(register("sip")).isEqualTo(1);
        assertThat(router.asked().body()).contains("\"name\":\"10-orders-1\"");
        assertThat(shell.err()).isEqualTo(
                """
                Nothing was registered: 3 faults.
                  10-orders.json [1]: name: is missing
                  20-desk.json: says no kind
                  other: x
                """);
    }

    @Test
    void filesThatAreNoJsonAreNamedAndNothingIsSent() throws IOException {
        Files.writeString(folder.resolve("10-orders.json"), "{\"trunk\": {\"auth_password\": \"open sesame\" oops");
        Files.writeString(folder.resolve("30-more.json"), "");
        assertThat(register("sip")).isEqualTo(1);
        assertThat(shell.err()).contains("10-orders.json: no JSON at line 1", "30-more.json: is empty").doesNotContain("open sesame");
        assertThat(router.wasAsked()).isFalse();
    }

    @Test
    void aFolderThatIsNotThereOrHasNoRules() throws IOException {
        assertThat(register("other")).isEqualTo(1);
        assertThat(shell.err()).contains("there is no folder other");
        Files.createDirectories(here.resolve("empty"));
        assertThat(register("empty")).isEqualTo(1);
        assertThat(shell.err()).contains("there is no file *.json in empty");
    }
}
