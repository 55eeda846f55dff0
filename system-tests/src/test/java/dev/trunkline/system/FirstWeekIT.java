package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people who set a trunk up run into in the first week, through the whole suite. */
@ExtendWith(SuiteExtension.class)
class FirstWeekIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PBX = "127.0.0.47";
    private static final String CALLER = "+32470830001";
    private static final String DIRECTORY = """
            organisations:
              - name: first-week
                caller_rate: {calls: 1000, window_seconds: 3600}
                numbers:
                  - {phone_number: "*@first-week-pbx", max_concurrent_calls: 10}
              - name: neighbour
                caller_rate: {calls: 1000, window_seconds: 3600}
                numbers:
                  - {phone_number: "4712@first-week-pbx", max_concurrent_calls: 10}
            trunks:
              - {name: first-week-pbx, addresses: ["127.0.0.47"], country: BE}
            rules:
              - {name: first-week, trunks: [first-week-pbx], type: individual, room_prefix: week,
                 agents: [{name: demo, metadata: {scenario: echo}}], answer_policy: immediate}
            """;

    private final SuiteUnderTest suite;
    @TempDir
    private Path folder;

    FirstWeekIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeEach
    void setUp() throws Exception {
        suite.apply(DIRECTORY);
        suite.awaitTrunkAt(PBX);
    }

    private CallRouted routed(Phone phone, String called) {
        Call call = phone.dial(CallRequest.to(called).from(CALLER));
        CallRouted routed = suite.events().of(call).await(CallRouted.class);
        call.awaitAnswer(PATIENCE);
        assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
        return routed;
    }

    @Test
    void whateverTheTrunkDialsIsTakenButForWhatAnotherOrganisationOwns() throws Exception {
        try (Phone phone = suite.phoneAt(PBX)) {
            for (String extension : new String[] {"4711", "9", "reception"}) {
                CallRouted routed = routed(phone, extension);
                assertThat(routed.organisation().name()).as(extension).isEqualTo("first-week");
                assertThat(routed.number()).as(extension).isEqualTo(extension + "@first-week-pbx");
            }
            assertThat(routed(phone, "4712").organisation().name()).isEqualTo("neighbour");
        }
    }

    @Test
    void aFieldThatMeansTheCallerAndNamesANumberOfOursIsWarnedOf() throws Exception {
        Path rule = Files.writeString(folder.resolve("rule.json"), """
                {"dispatch_rule": {"name": "first-week-trap", "trunk_ids": ["ST_1"], "inbound_numbers": ["+3225550100"],
                 "rule": {"dispatchRuleIndividual": {"roomPrefix": "trap-"}}}}
                """);
        Script.Ended applied =
                suite.script("apply", "--livekit", "--dry-run", "--trunk", "ST_1=first-week-pbx", rule.toString());
        assertThat(applied.exitCode()).as(applied.output()).isZero();
        assertThat(applied.output()).contains("inbound_numbers", "+3225550100", "\"numbers\"");
    }

    @Test
    void whatTheTrunksOwnNumbersExcludeIsSaid() throws Exception {
        suite.apply("""
                trunks:
                  - {name: first-week-few, addresses: ["127.0.0.48"], country: BE, numbers: ["+3225550101"]}
                """);
        suite.awaitTrunkAt("127.0.0.48");
        try (Phone phone = suite.phoneAt("127.0.0.48")) {
            Call call = phone.dial(CallRequest.to("+3225550100").from(CALLER));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOfSatisfying(
                    CallResult.Refused.class, refused -> assertThat(refused.status()).isEqualTo(404));
            CallRejected rejected = suite.events().of(call).await(CallRejected.class);
            assertThat(rejected.reason()).isEqualTo(RefusalReason.NUMBER_UNKNOWN);
            assertThat(rejected.trace().getLast().detail()).contains("first-week-few");
        }
    }

    @Test
    void anExportHasNoSecretUnlessItIsAskedForThemAndThenOnlyItsOwnerReadsIt() throws Exception {
        suite.apply("""
                trunks:
                  - {name: first-week-secret, addresses: ["127.0.0.49"], users: [{username: week, password: open-sesame-7}]}
                """);
        Script.Ended hidden = suite.script("export");
        assertThat(hidden.exitCode()).as(hidden.output()).isZero();
        assertThat(hidden.output()).contains("first-week-secret", "***");
        Path file = folder.resolve("with-secrets.yaml");
        Script.Ended written = suite.script("export", "--with-secrets", "--out", file.toString());
        assertThat(written.exitCode()).as(written.output()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(Files.readString(file)).contains("first-week-secret", "ha1_sha256").doesNotContain("***");
    }

    @Test
    void callsAreListedWithTheirEndAndTrialsAreNot() throws Exception {
        try (Phone phone = suite.phoneAt(PBX)) {
            CallRouted routed = routed(phone, "4711");
            Script.Ended listed = suite.script("calls", "--organisation", "first-week", "--json");
            assertThat(listed.exitCode()).as(listed.output()).isZero();
            assertThat(listed.output()).contains(routed.callId().toString(), "\"outcome\":\"caller-hung-up\"");
        }
        assertThat(suite.script("calls", "--since", "yesterdayish").exitCode()).isEqualTo(2);
    }
}
