package dev.trunkline.cli.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.cli.Shell;
import dev.trunkline.cli.TestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyCommandTest {
    private static final String REPORT =
            """
            {"items": [
               {"kind": "organisation", "name": "acme", "change": "unchanged"},
               {"kind": "trunk", "name": "yeastar", "change": "updated",
                "fields": [{"field": "addresses", "before": ["203.0.113.7/32"], "after": ["203.0.113.8/32"]},
                           {"field": "country", "before": null, "after": "BE"}]},
               {"kind": "rule", "name": "support", "change": "created", "fields": [{"field": "type", "after": "desk"}]}],
             "created": 1, "updated": 1, "unchanged": 1,
             "warnings": [{"path": "rules[0]", "problem": "support and old take the same calls"}]}""";

    @TempDir
    Path folder;

    private TestRouter router;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        router = new TestRouter();
        shell = new Shell(folder).with("TRUNKLINE_ADMIN_TOKEN", "secret");
        Files.writeString(folder.resolve("acme.yaml"), "organisations: []\n");
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void sendsTheFileAndSaysWhatChanged() {
        router.answers(200, REPORT);
        assertThat(apply("acme.yaml")).isZero();
        assertThat(router.asked()).isEqualTo(new TestRouter.Asked(
                "POST", "/directory/apply", "Bearer secret", router.asked().accept(), "organisations: []\n"));
        assertThat(shell.out()).isEqualTo(
                """
                ~ trunk          yeastar
                    addresses: ["203.0.113.7/32"] -> ["203.0.113.8/32"]
                    country: (none) -> BE
                + rule           support
                ! rules[0]: support and old take the same calls
                1 created, 1 updated, 1 unchanged
                """);
    }

    @Test
    void aDryRunSaysSo() {
        router.answers(200, REPORT);
        assertThat(apply("acme.yaml", "--dry-run")).isZero();
        assertThat(router.asked().uri()).isEqualTo("/directory/apply?dry_run=true");
        assertThat(shell.out()).endsWith("1 created, 1 updated, 1 unchanged: a dry run, nothing was applied\n");
    }

    @Test
    void whatIsRemovedIsSaid() {
        router.answers(200,
                """
                {"items": [{"kind": "rule", "name": "old", "change": "removed", "fields": [{"field": "type", "before": "desk"}]}], "removed": 1}""");
        assertThat(apply("acme.yaml")).isZero();
        assertThat(shell.out()).isEqualTo("- rule           old\n0 created, 0 updated, 0 unchanged, 1 removed\n");
    }

    @Test
    void readsStandardInput() {
        router.answers(200, REPORT);
        shell.typing("trunks: []");
        assertThat(apply("-")).isZero();
        assertThat(router.asked().body()).isEqualTo("trunks: []");
    }

    @Test
    void liveKitsFilesGoTheirWay() {
        router.answers(200, REPORT);
        assertThat(apply("acme.yaml", "--livekit", "--trunk", "my trunk", "--trunk", "ST_1=yeastar", "--organisation", "a&b"))
                .isZero();
        assertThat(router.asked().uri())
                .isEqualTo("/directory/import/livekit?trunk=my+trunk&trunk=ST_1%3Dyeastar&organisation=a%26b");
    }

    @Test
    void everyFlagIsPassedOn() {
        router.answers(200, REPORT);
        assertThat(apply("acme.yaml", "--whole", "--dry-run")).isZero();
        assertThat(router.asked().uri()).isEqualTo("/directory/apply?whole=true&dry_run=true");
    }

    @Test
    void liveKitsRulesWithoutTrunkMayBeForEveryTrunk() {
        router.answers(200, REPORT);
        assertThat(apply("acme.yaml", "--livekit", "--wildcard")).isZero();
        assertThat(router.asked().uri()).isEqualTo("/directory/import/livekit?wildcard=true");
    }

    @Test
    void flagsOfTheOtherFormAreRefused() {
        assertThat(apply("acme.yaml", "--wildcard")).isEqualTo(2);
        assertThat(shell.err()).contains("add --livekit");
        assertThat(apply("acme.yaml", "--livekit", "--whole")).isEqualTo(2);
        assertThat(shell.err()).contains("leave --whole out");
    }

    @Test
    void faultsAreListed() {
        router.answers(400,
                """
                {"detail": "Nothing was applied. ...", "faults": [
                  {"path": "rules[0].trunks", "problem": "write the names"}, {"path": "", "problem": "line 3"}]}""");
        assertThat(apply("acme.yaml")).isEqualTo(1);
        assertThat(shell.err()).isEqualTo(
                """
                Nothing was applied: 2 faults.
                  rules[0].trunks: write the names
                  line 3
                """);
        assertThat(shell.out()).isEmpty();
    }

    @Test
    void aFileOfLiveKitsIsRecognised() throws IOException {
        Files.writeString(folder.resolve("rule.json"), "{\"dispatch_rule\": {}}");
        router.answers(400, "{\"detail\": \"e\", \"faults\": [{\"path\": \"dispatch_rule\", \"problem\": \"is not known here\"}]}");
        assertThat(apply("rule.json")).isEqualTo(1);
        assertThat(shell.err()).endsWith("If this is a file of LiveKit's, add --livekit.\n");
    }

    @Test
    void otherFailuresAreSaidInTheRoutersWords() {
        router.answers(401, "{\"detail\": \"Send the admin token.\", \"faults\": []}");
        assertThat(apply("acme.yaml")).isEqualTo(1);
        assertThat(shell.err()).isEqualTo("The router answered 401: Send the admin token.\n");
    }

    @Test
    void aPageThatIsNoJson() {
        router.answers(502, "<html>bad gateway</html>");
        assertThat(apply("acme.yaml")).isEqualTo(1);
        assertThat(shell.err()).contains("502: <html>");
    }

    @Test
    void aFileThatIsNotThere() {
        assertThat(apply("missing.yaml")).isEqualTo(1);
        assertThat(shell.err()).contains("there is no file missing.yaml");
    }

    @Test
    void aRouterThatIsNotThere() {
        router.close();
        assertThat(apply("acme.yaml")).isEqualTo(1);
        assertThat(shell.err()).contains("the router at " + router.url(), "does not answer");
    }

    @Test
    void theSuiteThatRunsHereIsFound() throws IOException {
        router.answers(200, REPORT);
        Path state = Files.createDirectories(folder.resolve("state"));
        Files.writeString(state.resolve("suite.properties"),
                "sip.address=127.0.0.1\nsip.port=5060\nkafka=k\nredis=r\nhealth.call-router=" + router.url() + "/q/health/ready\n");
        Files.writeString(state.resolve("secrets.properties"), "admin-token=of-the-suite\n");
        assertThat(shell.run("apply", "acme.yaml")).isZero();
        assertThat(router.asked().token()).isEqualTo("Bearer of-the-suite");
    }

    @Test
    void exportsYamlOrJson() {
        router.answers(200, "trunks: []\n");
        assertThat(shell.run("export", "--router", router.url())).isZero();
        assertThat(router.asked().accept()).isEqualTo("application/yaml");
        assertThat(shell.out()).isEqualTo("trunks: []\n");
    }

    @Test
    void exportsJson() {
        router.answers(200, "{\"trunks\":[]}");
        assertThat(shell.run("export", "--json", "--router=" + router.url(), "--token=other")).isZero();
        assertThat(router.asked().token()).isEqualTo("Bearer other");
        assertThat(shell.out()).isEqualTo("{\n  \"trunks\" : [ ]\n}\n");
    }

    @Test
    void secretsGoIntoAFileThatOnlyItsOwnerReadsAndThatIsSaid() throws IOException {
        router.answers(200, "trunks: []\n");
        Path file = Files.writeString(folder.resolve("backup.yaml"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThat(shell.run("export", "--with-secrets", "--out", "backup.yaml", "--router", router.url())).isZero();
        assertThat(router.asked().uri()).isEqualTo("/directory?with_secrets=true");
        assertThat(file).hasContent("trunks: []\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).isEqualTo("backup.yaml was written, with every secret of the directory; only its owner can read it (0600).\n");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        router.answers(200, "trunks: []\n");
        assertThat(shell.run("export", "--out", "missing/backup.yaml", "--router", router.url())).isEqualTo(1);
        assertThat(shell.err()).contains("there is no folder");
    }

    @Test
    void theDemoIsAppliedAndItsChangesAreSaid() throws IOException {
        router.answers(200, REPORT);
        Files.createDirectories(folder.resolve("deploy/demo"));
        Files.writeString(folder.resolve("deploy/demo/demo.yaml"), "rules: []\n");
        assertThat(shell.run("demo", "--dry-run", "--router", router.url())).isZero();
        assertThat(router.asked().uri()).isEqualTo("/directory/apply?dry_run=true");
        assertThat(router.asked().body()).isEqualTo("rules: []\n");
        assertThat(shell.out()).contains("+ rule           support", "a dry run, nothing was applied");
    }

    @Test
    void theReportAsJson() {
        router.answers(200, REPORT);
        assertThat(apply("acme.yaml", "--json")).isZero();
        assertThat(shell.out()).startsWith("{").contains("\"created\" : 1");
    }

    private int apply(String... words) {
        String[] line = new String[words.length + 3];
        line[0] = "apply";
        System.arraycopy(words, 0, line, 1, words.length);
        line[words.length + 1] = "--router";
        line[words.length + 2] = router.url();
        return shell.run(line);
    }
}
