package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.cli.Cli;
import dev.trunkline.cli.Surroundings;
import dev.trunkline.router.webhook.http.TenantServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code POST /routing/explain} and {@code ./trunkline explain} with the whole service. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class ExplainApiTest extends WholeService {
    private static final String NO_RULE_TAKES_IT = "+3225550900";

    @BeforeEach
    void town() throws Exception {
        whole(resource("explain/directory.yaml"));
    }

    @Test
    void aCallThatNoRuleTakesIsToldEachRuleAndTheFieldThatRefusedIt() throws Exception {
        JsonNode answer = explained("""
                {"from": "0470123456", "to": "02 555 09 00", "trunk": "town-pbx"}""");

        assertThat(answer.get("outcome").textValue()).isEqualTo("refused");
        assertThat(answer.get("reason").textValue()).isEqualTo("no-rule");
        assertThat(skipped(answer)).containsOnly(
                Map.entry("of-the-cinema", "organisation"),
                Map.entry("for-another-number", "numbers"),
                Map.entry("by-the-carrier", "trunks"),
                Map.entry("by-header", "header"),
                Map.entry("by-request-uri", "allowed_characters"),
                Map.entry("opening-hours", "numbers"),
                Map.entry("by-webhook", "numbers"));
        assertThat(answer.toString()).doesNotContain("470123456");
    }

    @Test
    void theCommandPrintsTheWholeExplanation() throws Exception {
        assertThat(command(1, "--from", "0470123456", "--to", "02 555 09 00", "--trunk", "town-pbx"))
                .isEqualTo(resource("explain/no-rule.txt"));
    }

    @Test
    void aRuleForOtherCallersIsNamedToo() throws Exception {
        assertThat(admin.apply("""
                rules: [{name: for-regulars, trunks: [town-pbx], numbers: ["+3225550900"], type: callee,
                    inbound_numbers: ["+32470999999", "+4479*"]}]""").status()).isEqualTo(200);

        assertThat(command(1, "--from", "0470123456", "--to", "02 555 09 00", "--trunk", "town-pbx"))
                .isEqualTo(resource("explain/caller-not-allowed.txt"));
        assertThat(command(1, "--anonymous", "--to", NO_RULE_TAKES_IT, "--trunk", "town-pbx"))
                .contains("Rule for-regulars was skipped by its inbound_numbers (+4479* and one number): the caller withheld the number");
    }

    /** Numbers as the edge reads them; the last one needs a prefix that only the trunk has. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "town-pbx     | 02 555 09 01     | national prefix 0 removed, national number of BE",
        "town-pbx     | 003225550901     | international prefix 00 removed",
        "town-pbx     | 3225550901       | taken as international without a plus",
        "town-pbx     | tel:+3225550901  | international, with a plus",
        "town-carrier | 99003225550901   | international prefix 9900 removed",
    })
    void numbersAreReadByTheTrunksPlanAndItIsToldHow(String trunk, String dialled, String how) throws Exception {
        JsonNode trace = explained("{\"from\": \"+32470123456\", \"to\": \"%s\", \"trunk\": \"%s\"}".formatted(dialled, trunk))
                .get("trace");

        assertThat(trace.get(0).get("step").textValue()).isEqualTo("normalised");
        assertThat(trace.get(0).get("detail").textValue()).contains("read as +3225550901").contains(how);
    }

    @Test
    void headersAndTheRequestUriNameRooms() throws Exception {
        assertThat(explained("""
                {"from": "1", "to": "+3225550904", "trunk": "town-pbx", "headers": {"x-sTORE": "17"}}""").get("room").textValue())
                .isEqualTo("store-17");
        JsonNode byUser = explained("""
                {"from": "1", "to": "+3225550900", "request_uri_user": "store-17", "trunk": "town-pbx"}""");
        assertThat(byUser.get("room").textValue()).isEqualTo("store-17");
        assertThat(byUser.get("number").textValue()).isEqualTo("store-17");
    }

    @Test
    void aForwardedCallsNumberIsReadWhereTheTrunkSays() throws Exception {
        String question = """
                {"from": "1", "to": "+3225550900", "request_uri_user": "+3225550901", "trunk": "town-forwarder"%s}""";

        assertThat(explained(question.formatted("")).at("/trace/0/detail").textValue())
                .startsWith("+3225550901 was dialled");
        assertThat(explained(question.formatted(", \"headers\": {\"Diversion\": \"<sip:+3225550900@pbx>\"}"))
                        .at("/trace/0/detail").textValue())
                .startsWith("+3225550900 was dialled (in Diversion");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-24T09:00:00+01:00, routed", "2026-12-24T07:59:59Z, refused", "2026-12-24T17:00:00+01:00, refused",
        "2026-12-31T12:00:00+01:00, refused", "2026-12-25T12:00:00+01:00, refused",
    })
    void schedulesAreAskedAboutAMoment(String at, String outcome) throws Exception {
        assertThat(explained("{\"from\": \"1\", \"to\": \"+3225550902\", \"trunk\": \"town-pbx\", \"at\": \"%s\"}".formatted(at))
                        .get("outcome").textValue())
                .isEqualTo(outcome);
    }

    @Test
    void aWebhookIsToldAndNotAsked() throws Exception {
        try (TenantServer tenant = TenantServer.start(TenantServer.json("[]"))) {
            askAt(tenant);
            JsonNode answer = explained("{\"from\": \"1\", \"to\": \"+3225550903\", \"trunk\": \"town-pbx\"}");

            assertThat(answer.get("outcome").textValue()).isEqualTo("asks-webhook");
            assertThat(answer.get("target").textValue()).contains("/calls").doesNotContain("hidden");
            assertThat(tenant.requests()).isEmpty();
        }
    }

    @Test
    void aWebhookIsAskedOnRequestAndItsAnswerFollowed() throws Exception {
        try (TenantServer tenant = TenantServer.start(TenantServer.json("{\"room\": \"baker-asked\"}"))) {
            askAt(tenant);
            String question = "{\"from\": \"1\", \"to\": \"+3225550903\", \"trunk\": \"town-pbx\", \"ask_webhooks\": true}";
            List<String> counted = webhookCounts();

            assertThat(explained(question).get("room").textValue()).isEqualTo("baker-asked");
            JsonNode again = explained(question);

            assertThat(steps(again)).contains("webhook", "webhook-answered");
            assertThat(tenant.requests()).hasSize(2).allSatisfy(request ->
                    assertThat(request.text()).contains("\"x-trunkline-explanation\":\"true\""));
            // With a repeated key, a webhook that stores its answers would return the old one.
            assertThat(tenant.requests()).extracting(request -> request.headers().get("idempotency-key")).doesNotHaveDuplicates();
            assertThat(tenant.requests()).allSatisfy(request ->
                    assertThat(request.text()).containsPattern("\"from\":\"[0-9a-f]{32}-\"").doesNotContain("<caller>"));
            assertThat(webhookCounts()).isEqualTo(counted);
        }
    }

    @Test
    void aWebhookThatFailsLeadsToTheFallback() throws Exception {
        JsonNode answer = explained("{\"from\": \"1\", \"to\": \"+3225550903\", \"trunk\": \"town-pbx\", \"ask_webhooks\": true}");

        assertThat(answer.get("outcome").textValue()).isEqualTo("forwarded");
        assertThat(answer.get("target").textValue()).isEqualTo("sip:voicemail@baker.example");
        assertThat(steps(answer)).contains("webhook-failed");
    }

    @Test
    void aForwardIsToldWithTheTrunkAndTheGatewaysOfEachTarget() throws Exception {
        assertThat(admin.apply("""
                outbound_trunks:
                  - {name: town-line, gateways: [{host: second.example, order: 1}, {host: first.example, port: 5080}], dialling: {country: BE},
                     caller_id: {pass: true}}
                  - {name: bakers-line, organisation: baker, gateways: [{host: 10.0.0.9}], dialling: {form: as-dialled}}
                rules:
                  - name: onward
                    organisation: baker
                    trunks: [town-pbx]
                    numbers: ["+3225550900"]
                    type: forward
                    forward_to: [[{to: "0470 12 34 56", trunk: town-line, ring_seconds: 30}, "1000"], "sip:anna@elsewhere.example"]
                """).status()).isEqualTo(200);
        String question = "{\"from\": \"0470999999\", \"to\": \"02 555 09 00\", \"trunk\": \"town-pbx\"}";

        JsonNode answer = explained(question);

        assertThat(answer.get("outcome").textValue()).isEqualTo("routed");
        JsonNode onward = answer.get("onward");
        assertThat(onward.findValuesAsText("at")).containsExactly("round 1", "round 1", "round 2");
        assertThat(onward.findValuesAsText("outcome")).containsExactly("dialled", "dialled", "refused");
        assertThat(onward.get(0).get("outboundTrunk").textValue()).isEqualTo("town-line");
        assertThat(onward.get(0).get("ringingSeconds").intValue()).isEqualTo(30);
        assertThat(onward.get(0).get("gateways").findValuesAsText("host")).containsExactly("first.example", "second.example");
        assertThat(onward.get(0).get("trace").findValuesAsText("step")).contains("destination-allowed");
        assertThat(onward.get(1).get("outboundTrunk").textValue()).isEqualTo("bakers-line");
        assertThat(onward.get(2).get("reason").textValue()).isEqualTo("destination-forbidden");
        assertThat(onward.get(2).get("sentence").textValue()).contains("neither a gateway");
        assertThat(answer.toString()).as("the caller, who would be shown").doesNotContain("470999999");
        assertThat(command(0, "--from", "0470999999", "--to", "02 555 09 00", "--trunk", "town-pbx")).contains(
                "Others would be called for the caller.",
                "0470 12 34 56, 30 s, by trunk town-line at first.example:5080, then second.example",
                "1000, 30 s, by trunk bakers-line at 10.0.0.9",
                "sip:anna@elsewhere.example, 20 s, is not called (destination-forbidden)");

        JsonNode toTenant = admin.call(admin.tokenOf("baker"), "POST", "/routing/explain", question).json().get("onward");
        assertThat(toTenant.get(0).has("gateways")).as("where the suite's trunks lead is the operator's to know").isFalse();
        assertThat(toTenant.get(1).get("gateways").findValuesAsText("host")).containsExactly("10.0.0.9");
    }

    @Test
    void aTenantExplainsCallsToItsOwnNumbersOnly() throws Exception {
        String baker = admin.tokenOf("baker");
        String question = "{\"from\": \"1\", \"to\": \"%s\", \"trunk\": \"%s\"}";

        Admin.Answer own = admin.call(baker, "POST", "/routing/explain", question.formatted(NO_RULE_TAKES_IT, "town-pbx"));
        Admin.Answer others = admin.call(baker, "POST", "/routing/explain", question.formatted("+3225550950", "town-pbx"));
        Admin.Answer nobodys = admin.call(baker, "POST", "/routing/explain", question.formatted("+3225550999", "town-pbx"));
        Admin.Answer nowhere = admin.call(baker, "POST", "/routing/explain", question.formatted(NO_RULE_TAKES_IT, "moon"));

        assertThat(own.status()).isEqualTo(200);
        assertThat(own.body()).contains("for-another-number").doesNotContain("cinema");
        assertThat(Stream.of(others, nobodys, nowhere)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.json().get("detail").textValue()).startsWith("No number of yours is called by");
        });
    }

    @Test
    void aTenantNeedNotNameATrunk() throws Exception {
        String baker = admin.tokenOf("baker");

        Admin.Answer routed = admin.call(baker, "POST", "/routing/explain", "{\"from\": \"1\", \"to\": \"+3225550904\", \"headers\": {\"X-Store\": \"17\"}}");
        Admin.Answer refused = admin.call(baker, "POST", "/routing/explain", "{\"from\": \"1\", \"to\": \"02 555 09 00\"}");
        Admin.Answer others = admin.call(baker, "POST", "/routing/explain", "{\"from\": \"1\", \"to\": \"+3225550950\"}");

        assertThat(routed.status()).as(routed.body()).isEqualTo(200);
        assertThat(routed.json().get("room").textValue()).isEqualTo("store-17");
        assertThat(routed.json().get("trunk").textValue()).isEqualTo("town-pbx");
        assertThat(routed.json().at("/trace/0/step").textValue()).isEqualTo("trunk-chosen");
        assertThat(routed.json().at("/trace/0/detail").textValue()).startsWith("The question names no trunk: trunk town-pbx was taken");
        assertThat(refused.json().get("outcome").textValue()).isEqualTo("refused");
        assertThat(refused.json().at("/trace/0/detail").textValue()).containsPattern("on (it|each of them) the call is refused");
        assertThat(others.status()).isEqualTo(404);
        assertThat(others.json().get("detail").textValue()).startsWith("No number of yours is called by +3225550950 on any trunk");
        assertThat(explained("{\"from\": \"1\", \"to\": \"+3225550999\"}").get("reason").textValue()).isEqualTo("number-unknown");
    }

    private List<String> webhookCounts() throws Exception {
        return admin.get("/q/metrics", "text/plain").body().lines()
                .filter(line -> line.startsWith("trunkline_router_webhook_requests_total")
                        || line.startsWith("trunkline_router_webhook_latency_seconds_count"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"trunk\": \"town-pbx\"}                                               | to",
        "{\"to\": \"1\", \"trunk\": \"t\", \"at\": \"tomorrow\"}                  | at",
        "{\"to\": \"1\", \"trunk\": \"t\", \"headers\": {\"X-Store\": 17}}        | headers.X-Store",
        "{\"to\": \"1\", \"trunk\": \"t\", \"from\": \"2\", \"anonymous\": true}  | anonymous",
        "{\"to\": \"1\", \"trunk\": \"t\", \"caller\": \"2\"}                     | caller",
    })
    void aFaultyQuestionIsAnsweredFieldByField(String question, String field) throws Exception {
        Admin.Answer answer = admin.explain(question);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("faults").findValuesAsText("path")).containsExactly(field);
    }

    private JsonNode explained(String question) throws Exception {
        Admin.Answer answer = admin.explain(question);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Map<String, String> skipped(JsonNode answer) {
        Pattern words = Pattern.compile("Rule (\\S+) was skipped by its (\\w+)[ :].*");
        return answer.get("trace").findValuesAsText("detail").stream()
                .map(words::matcher)
                .filter(match -> match.matches())
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
    }

    private static List<String> steps(JsonNode answer) {
        return answer.get("trace").findValuesAsText("step");
    }

    private void askAt(TenantServer tenant) throws Exception {
        whole(resource("explain/directory.yaml").replace("http://127.0.0.1:1/calls", "http://127.0.0.1:" + tenant.port() + "/calls"));
    }

    /** Returns what the shell shows, except the version of the directory. */
    private static String command(int code, String... options) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        List<String> words = Stream.concat(
                        Stream.of("explain", "--router", "http://127.0.0.1:" + RouterSurroundings.HTTP_PORT), Stream.of(options))
                .toList();
        int ended = Cli.run(words, new Surroundings(
                Path.of(""), Path.of(""), Map.of("TRUNKLINE_ADMIN_TOKEN", RouterSurroundings.ADMIN_TOKEN),
                new ByteArrayInputStream(new byte[0]), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Clock.systemUTC()));
        assertThat(ended).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(code);
        return out.toString(StandardCharsets.UTF_8).replaceFirst("by version [0-9]+ of", "by version N of");
    }
}
