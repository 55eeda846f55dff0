package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.ConsolePages;
import dev.trunkline.system.support.JsonProcess;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real console in a real browser, with calls under way. */
@ExtendWith(SuiteExtension.class)
class ConsoleIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NUMBER = "+3225551700";
    private static final String SWITCHED = "+3225551701";
    private static final String MOVED = "+3225551702";
    private static final String FILED = "+3225551703";
    private static final String CALLER = "+32470817001";

    private static ConsolePages pages;

    private final SuiteUnderTest suite;

    ConsoleIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @BeforeAll
    static void open(SuiteUnderTest suite) throws Exception {
        suite.apply("""
                organisations:
                  - name: demo
                    numbers:
                      - {phone_number: "+3225551700", label: In a browser, max_concurrent_calls: 5, caller_rate: {calls: 1000, window_seconds: 3600}}
                      - {phone_number: "+3225551701", label: Switched off, max_concurrent_calls: 5, caller_rate: {calls: 1000, window_seconds: 3600}}
                      - {phone_number: "+3225551702", label: Moves, max_concurrent_calls: 5}
                  - name: movers
                rules:
                  - {name: console-browser, organisation: demo, trunks: [demo], numbers: ["+3225551700", "+3225551701"], type: individual,
                     room_prefix: browser, agents: [{name: demo, metadata: {scenario: echo}}]}
                """);
        pages = suite.consolePages();
        for (String user : new String[] {"admin", "demo", "support"}) {
            pages.have("signIn", "user", user, "password", suite.suite().consoleAccounts().get(user), "path", "/live");
        }
    }

    @AfterAll
    static void close(SuiteUnderTest suite) throws Exception {
        if (pages != null) {
            pages.close();
        }
        suite.stopConsole();
    }

    private static Call dial(Phone phone, String number) {
        return phone.dial(CallRequest.to(number).from(CALLER));
    }

    @Test
    void aGreetingThatATenantEditsIsWhatTheNextCallsAgentGets() throws Exception {
        pages.have("as", "user", "demo", "path", "/numbers/%2B3225551700");
        pages.have("editGreeting", "text", "Good morning from the browser.");
        try (Phone phone = suite.phone()) {
            Await.until("a call's room has the greeting", PATIENCE, () -> {
                Call call = dial(phone, NUMBER);
                call.awaitAnswer(PATIENCE);
                String room = suite.events().of(call).await(CallRouted.class).room();
                boolean greeted = suite.rooms().metadata(room).contains("Good morning from the browser.");
                call.hangUp().toCompletableFuture().join();
                return greeted;
            });
        }
    }

    @Test
    void whoeverAnIdentityProviderKnowsIsSignedInByItAndSignedOutThereToo(SuiteUnderTest suite) throws Exception {
        try (JsonProcess provider = suite.identityProvider(pages)) {
            pages.have("signInByProvider", "user", "cook", "path", "/history");
            pages.have("sees", "text", "Your account has no role here");
            pages.have("signInByProvider", "user", "anna", "again", true);
            pages.have("as", "user", "anna", "path", "/numbers/%2B3225551700");
            pages.have("sees", "text", "What the agent gets");
            pages.have("as", "user", "anna", "path", "/trunks");
            pages.have("sees", "text", "Sign in with another account");
            pages.have("signOutAtProvider", "user", "anna");
            assertThat(provider.said()).hasSize(1);
        }
        pages.have("as", "user", "demo", "path", "/live");
        pages.have("sees", "text", "Live calls");
    }

    @Test
    void aNumberThatIsSwitchedOffRefusesItsCallsAndTheirTraceSaysWhy() throws Exception {
        pages.have("as", "user", "demo", "path", "/numbers");
        pages.have("switchNumber", "number", SWITCHED, "on", false);
        try (Phone phone = suite.phone()) {
            Await.until("a call to it is refused with 480", PATIENCE, () -> {
                Call call = dial(phone, SWITCHED);
                boolean refused = call.awaitFinal(PATIENCE) instanceof CallResult.Refused refusal && refusal.status() == 480;
                if (refused) {
                    suite.events().of(call).assertRejected(RefusalReason.NUMBER_INACTIVE);
                } else {
                    call.hangUp().toCompletableFuture().join();
                }
                return refused;
            });
        }
        pages.have("as", "user", "support", "path", "/history?outcome=refused&period=today&number=%2B3225551701");
        pages.have("openCallOf", "number", SWITCHED);
        pages.have("sees", "text", "switched off by its organisation");
        assertThat(pages.have("has", "button", "Add the note").asInt()).isZero();
        assertThat(pages.have("text", "region", "What happened").asText()).contains("INVITE from");
        assertThat(pages.have("ladder").asText()).contains("INVITE", "100 Trying", "480 ", "ACK").doesNotContain(CALLER.substring(1));
    }

    @Test
    void aLiveCallAppearsAndGoesAndIsEndedByAButton() throws Exception {
        pages.have("as", "user", "admin", "path", "/live?number=%2B3225551700");
        try (Phone phone = suite.phone()) {
            Call first = dial(phone, NUMBER);
            first.awaitAnswer(PATIENCE);
            pages.have("onBoard", "number", NUMBER);
            assertThat(first.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            pages.have("offBoard", "number", NUMBER);

            Call second = dial(phone, NUMBER);
            second.awaitAnswer(PATIENCE);
            pages.have("endCall", "number", NUMBER);
            assertThat(second.awaitEnd(PATIENCE)).isPresent();
            suite.events().of(second).assertEnded(EndReason.REQUESTED);
        }
    }

    @Test
    void aLostNetworkIsSaidAndWhatHappenedMeanwhileIsThereWhenItIsBack() {
        pages.have("as", "user", "admin", "path", "/live?number=%2B3225551700");
        pages.have("sees", "text", "No calls at this moment");
        pages.have("network", "on", false);
        pages.have("sees", "text", "Reconnecting");
        try (Phone phone = suite.phone()) {
            Call call = dial(phone, NUMBER);
            call.awaitAnswer(PATIENCE);
            pages.have("network", "on", true);
            pages.have("onBoard", "number", NUMBER);
            pages.have("gone", "text", "Reconnecting");
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            pages.have("offBoard", "number", NUMBER);
        }
    }

    @Test
    void aDirectoryFileIsAppliedAfterItsChangesWereSeenAndOnlyAsThem() throws Exception {
        String file = "organisations: [{name: movers, numbers: [{phone_number: \"%s\", label: %s, max_concurrent_calls: 2}]}]";
        pages.have("as", "user", "admin", "path", "/directory");
        pages.have("sees", "text", "This is the whole directory");
        Await.until("the page has the directory", PATIENCE, () -> pages.have("fileIs").asText().contains("console-browser"));
        assertThat(pages.have("tryFile", "text", "rules: [{name: lost, trunks: [nowhere], type: callee}]").asText())
                .contains("rules[0].trunks[0]", "nowhere");

        assertThat(pages.have("tryFile", "text", file.formatted(FILED, "By file")).asText()).contains("Added", FILED, "By file");
        assertThat(suite.asAdmin().send("GET", "/numbers/%2B3225551703", "").statusCode()).isEqualTo(404);
        assertThat(pages.have("applyFile").asText()).contains("Added", FILED);
        assertThat(suite.asAdmin().json("GET", "/numbers/%2B3225551703", "").path("label").asText()).isEqualTo("By file");

        assertThat(pages.have("tryFile", "text", file.formatted(FILED, "Again")).asText()).contains("Changed", "By file", "Again");
        suite.asAdmin().json("PATCH", "/numbers/%2B3225551703", "{\"label\": \"By somebody else\"}");
        assertThat(pages.have("applyFile").asText()).contains("has changed since");
        assertThat(suite.asAdmin().json("GET", "/numbers/%2B3225551703", "").path("label").asText()).isEqualTo("By somebody else");
    }

    @Test
    void aNumberThatAnAdminAssignsMovesToAnotherOrganisation() throws Exception {
        pages.have("as", "user", "admin", "path", "/numbers/%2B3225551702");
        pages.have("sees", "text", "Whose it is");
        pages.have("assign", "organisation", "movers");
        assertThat(suite.asAdmin().json("GET", "/numbers/%2B3225551702", "").path("organisation").asText()).isEqualTo("movers");
        pages.have("as", "user", "demo", "path", "/numbers/%2B3225551702");
        pages.have("sees", "text", "Not found");
    }
}
