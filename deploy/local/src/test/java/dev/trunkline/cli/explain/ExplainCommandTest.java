package dev.trunkline.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.trunkline.cli.Shell;
import dev.trunkline.cli.TestRouter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {
    @TempDir
    Path folder;

    private TestRouter router;
    private Shell shell;

    @BeforeEach
    void start() throws IOException {
        router = new TestRouter();
        shell = new Shell(folder).with("TRUNKLINE_ADMIN_TOKEN", "secret");
    }

    @AfterEach
    void stop() {
        router.close();
    }

    @Test
    void aCallThatWouldBeTaken() {
        router.answers(200,
                """
                {"outcome": "routed", "organisation": {"id": "1", "name": "acme"}, "number": "+3225550100",
                 "rule": "support", "room": "call_<caller>_<random>", "agents": [{"name": "helper", "metadata": ""}],
                 "answerPolicy": "on-agent", "patienceSeconds": 20,
                 "fallback": [{"kind": "agent", "target": "night", "patienceSeconds": 5}, {"kind": "refuse", "target": "480"}],
                 "limits": {"callerRate": {"calls": 10, "windowSeconds": 3600}, "numberConcurrency": 1, "organisationConcurrency": null,
                            "agentPool": {"name": "gpu", "sessions": 4}},
                 "config": {"language": "en"}, "directoryVersion": 7,
                 "trace": [{"step": "normalised", "detail": "025550100 is +3225550100."},
                           {"step": "rule-matched", "detail": "Rule support takes the call."}]}""");
        assertThat(explain("--from", "0470123456", "--to", "025550100", "--trunk", "demo")).isZero();
        assertThat(shell.out()).isEqualTo(
                """
                The call would be taken.
                  organisation  acme
                  number        +3225550100
                  rule          support
                  room          call_<caller>_<random>
                  agents        helper
                  answered      on-agent, an agent within 20 s
                  otherwise     agent night, then refuse 480
                  limits        10 calls of one caller in 3600 s, 1 at once to the number, 4 of agent pool gpu
                  config        {"language":"en"}

                why, by version 7 of the directory
                  normalised    025550100 is +3225550100.
                  rule-matched  Rule support takes the call.
                """);
    }

    @Test
    void aCallThatGoesOnToOthers() {
        router.answers(200,
                """
                {"outcome": "routed", "organisation": {"id": "1", "name": "acme"}, "number": "+3225550100", "rule": "sales",
                 "room": "call_<caller>_<random>", "answerPolicy": "on-agent", "patienceSeconds": 45,
                 "onward": [
                   {"at": "round 1", "to": "+3225550199", "ringingSeconds": 25, "outcome": "dialled", "outboundTrunk": "carrier",
                    "gateways": [{"host": "a.example", "port": 5080, "transport": "tcp", "order": 0, "weight": 1, "up": true},
                                 {"host": "b.example", "order": 1, "weight": 1, "up": false}, {"host": "c.example", "order": 2, "weight": 1}],
                    "dialled": "3225550199", "trace": []},
                   {"at": "round 1", "to": "1000", "ringingSeconds": 25, "outcome": "dialled", "outboundTrunk": "desks", "trace": []},
                   {"at": "round 2", "to": "+3290012345", "ringingSeconds": 20, "outcome": "refused", "reason": "destination-forbidden",
                    "sentence": "The target is a premium rate number.", "trace": []}],
                 "directoryVersion": 7, "trace": []}""");
        assertThat(explain("--from", "0470123456", "--to", "025550100", "--trunk", "demo")).isZero();
        assertThat(shell.out()).isEqualTo(
                """
                Others would be called for the caller.
                  organisation  acme
                  number        +3225550100
                  rule          sales
                  room          call_<caller>_<random>
                  answered      on-agent, one of them within 45 s
                  round 1       +3225550199, 25 s, by trunk carrier at a.example:5080 by tcp (answers), then b.example (DOES NOT ANSWER), then c.example
                  round 1       1000, 25 s, by trunk desks
                  round 2       +3290012345, 20 s, is not called (destination-forbidden): The target is a premium rate number.

                why, by version 7 of the directory
                """);
    }

    @Test
    void aCallThatWouldBeRefused() {
        router.answers(200,
                """
                {"outcome": "refused", "reason": "no-rule", "status": 404, "sentence": "No dispatch rule does.",
                 "directoryVersion": 7,
                 "trace": [{"step": "rule-skipped", "detail": "Rule support was skipped by its numbers."}]}""");
        assertThat(explain("--from", "1", "--to", "2", "--trunk", "demo")).isEqualTo(1);
        assertThat(shell.out()).isEqualTo(
                """
                The call would be refused with 404 no-rule: No dispatch rule does.

                why, by version 7 of the directory
                  rule-skipped  Rule support was skipped by its numbers.
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "forwarded    | The caller's side would be told to call sip:x@example.com itself.",
        "asks-webhook | The webhook at sip:x@example.com would be asked: add --ask-webhooks to ask it."
    })
    void otherOutcomes(String outcome, String headline) {
        router.answers(200, "{\"outcome\": \"" + outcome + "\", \"target\": \"sip:x@example.com\", \"trace\": []}");
        assertThat(explain("--from", "1", "--to", "2", "--trunk", "demo")).isZero();
        assertThat(shell.out()).startsWith(headline);
    }

    @Test
    void everythingThatCanBeAsked() throws IOException {
        explain("--anonymous", "--to", "1000", "--trunk", "demo", "--header", "X-Store=17", "--header", "X-Line= a=b ",
                "--at", "2026-12-24T17:30", "--request-uri-user", "store-17", "--ask-webhooks");
        assertThat(router.asked().uri()).isEqualTo("/routing/explain");
        assertThat(new ObjectMapper().readTree(router.asked().body())).isEqualTo(new ObjectMapper().readTree(
                """
                {"to": "1000", "trunk": "demo", "anonymous": true, "headers": {"X-Store": "17", "X-Line": "a=b"},
                 "at": "2026-12-24T17:30:00Z", "request_uri_user": "store-17", "ask_webhooks": true}"""));
    }

    @Test
    void aTimeMayHaveAnOffset() {
        explain("--from", "1", "--to", "2", "--trunk", "demo", "--at", "2026-12-24T17:30:00+01:00");
        assertThat(router.asked().body()).contains("\"at\":\"2026-12-24T16:30:00Z\"");
    }

    @Test
    void withoutATrunkTheRouterFindsOne() {
        explain("--from", "1", "--to", "2");
        assertThat(router.asked().body()).doesNotContain("trunk");
    }

    @Test
    void aTrunkThatIsNotThere() {
        router.answers(404, "{\"detail\": \"There is no trunk demo.\", \"faults\": []}");
        assertThat(explain("--from", "1", "--to", "2", "--trunk", "demo")).isEqualTo(1);
        assertThat(shell.err()).isEqualTo("The router answered 404: There is no trunk demo.\n");
    }

    @Test
    void aQuestionWithFaults() {
        router.answers(400, "{\"detail\": \"d\", \"faults\": [{\"path\": \"headers.X-Store\", \"problem\": \"write a text\"}]}");
        assertThat(explain("--from", "1", "--to", "2", "--trunk", "demo")).isEqualTo(1);
        assertThat(shell.err()).isEqualTo("The question cannot be answered: 1 fault.\n  headers.X-Store: write a text\n");
    }

    private int explain(String... words) {
        List<String> line = new ArrayList<>(List.of("explain", "--router", router.url()));
        line.addAll(List.of(words));
        return shell.run(line.toArray(String[]::new));
    }
}
