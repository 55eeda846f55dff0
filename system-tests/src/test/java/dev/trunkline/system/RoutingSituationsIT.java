package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators set up, through the whole suite. */
@ExtendWith(SuiteExtension.class)
class RoutingSituationsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ORGANISATIONS = 50;

    private final SuiteUnderTest suite;

    RoutingSituationsIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void twoNumbersOfOneOrganisationHaveTheirOwnGreetings() throws Exception {
        suite.apply("""
                organisations:
                  - name: shop
                    config: {greeting: Welcome to the shop, language: nl}
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "+3225551001", label: orders, config_override: {greeting: You can order now}}
                      - {phone_number: "+3225551002", label: support, config_override: {greeting: How can we help}}
                rules:
                  - name: shop
                    organisation: shop
                    trunks: [demo]
                    type: individual
                    room_prefix: shop
                    agents: [{name: demo, metadata: {scenario: echo}}]
                    answer_policy: immediate
                """);
        try (Phone phone = suite.phone()) {
            assertThat(routed(phone, "+3225551001").config().path("greeting").asText()).isEqualTo("You can order now");
            CallRouted support = routed(phone, "+3225551002");
            assertThat(support.config().path("greeting").asText()).isEqualTo("How can we help");
            assertThat(support.config().path("language").asText()).isEqualTo("nl");
        }
    }

    @Test
    void theNumbersOfFiftyOrganisationsComeByOneTrunk() throws Exception {
        suite.apply(IntStream.range(0, ORGANISATIONS)
                .mapToObj(i -> """
                          - name: tenant-%1$02d
                            config: {tenant: "%1$02d"}
                            caller_rate: {calls: 1000, window_seconds: 3600}
                            numbers:
                              - {phone_number: "+32255517%1$02d"}
                        """.formatted(i))
                .collect(Collectors.joining("", "organisations:\n", """
                        rules:
                          - name: tenants
                            trunks: [demo]
                            numbers: ["+32255517*"]
                            type: individual
                            room_prefix: tenant
                            agents: [{name: demo, metadata: {scenario: echo}}]
                            answer_policy: immediate
                        """)));
        try (Phone phone = suite.phone()) {
            for (int tenant : new int[] {0, 7, 23, 49}) {
                // As the PBX sends it: national, without the plus.
                CallRouted routed = routed(phone, "0255517%02d".formatted(tenant));
                assertThat(routed.organisation().name()).isEqualTo("tenant-%02d".formatted(tenant));
                assertThat(routed.config().path("tenant").asText()).isEqualTo("%02d".formatted(tenant));
            }
        }
    }

    @Test
    void aChangedGreetingReachesTheNextCallWithoutARestart() throws Exception {
        for (String greeting : new String[] {"Good morning", "Good evening"}) {
            suite.apply("""
                    organisations:
                      - name: hotel
                        caller_rate: {calls: 1000, window_seconds: 3600}
                        numbers:
                          - {phone_number: "+3225551003", config_override: {greeting: "%s"}}
                    rules:
                      - name: hotel
                        organisation: hotel
                        trunks: [demo]
                        type: individual
                        room_prefix: hotel
                        agents: [{name: demo, metadata: {scenario: echo}}]
                        answer_policy: immediate
                    """.formatted(greeting));
            try (Phone phone = suite.phone()) {
                Await.until("a call that is greeted with " + greeting, PATIENCE, () ->
                        routed(phone, "+3225551003").config().path("greeting").asText().equals(greeting));
            }
        }
    }

    /** Places a call, hangs up, and says how it was routed. */
    private CallRouted routed(Phone phone, String number) {
        Call call = phone.dial(CallRequest.to(number).from("+32470810001"));
        call.awaitAnswer(PATIENCE);
        assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
        suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
        return suite.events().of(call).await(CallRouted.class);
    }
}
