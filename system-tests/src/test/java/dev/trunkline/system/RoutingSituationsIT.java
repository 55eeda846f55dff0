package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Ear;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators set up, through the whole suite. */
@ExtendWith(SuiteExtension.class)
class RoutingSituationsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CALLER = "+32470810001";
    private static final int EAR_TONE = 1_300;
    private static final int ORGANISATIONS = 50;
    private static final int AT_ONCE = 10;
    private static final String YEASTAR = "127.0.0.21";
    private static final int YEASTAR_PORT = 15_060;
    private static final String STORES = "127.0.0.22";

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
                      - {phone_number: "1001", label: orders, config_override: {greeting: You can order now}}
                      - {phone_number: "1002", label: support, config_override: {greeting: How can we help}}
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
            assertThat(configInTheRoom(phone, "1001"))
                    .isEqualTo(EventJson.MAPPER.readTree("{\"greeting\": \"You can order now\", \"language\": \"nl\", \"label\": \"orders\"}"));
            assertThat(configInTheRoom(phone, "1002"))
                    .isEqualTo(EventJson.MAPPER.readTree("{\"greeting\": \"How can we help\", \"language\": \"nl\", \"label\": \"support\"}"));
        }
    }

    @Test
    void theNumbersOfFiftyOrganisationsComeByOneYeastarTrunkFromPort15060() throws Exception {
        suite.apply(IntStream.range(0, ORGANISATIONS)
                .mapToObj(i -> """
                          - name: tenant-%1$02d
                            config: {tenant: "%1$02d"}
                            caller_rate: {calls: 1000, window_seconds: 3600}
                            numbers:
                              - {phone_number: "+32255517%1$02d"}
                        """.formatted(i))
                .collect(Collectors.joining("", "organisations:\n", """
                        trunks:
                          - {name: yeastar, addresses: ["%s"], country: BE}
                        rules:
                          - name: tenants
                            trunks: [yeastar]
                            numbers: ["+32255517*"]
                            type: callee
                            room_prefix: tenant
                            answer_policy: immediate
                            patience_seconds: 60
                        """.formatted(YEASTAR))));
        suite.awaitTrunkAt(YEASTAR);
        try (Phone phone = suite.phoneAt(YEASTAR, YEASTAR_PORT)) {
            for (int first = 0; first < ORGANISATIONS; first += AT_ONCE) {
                List<Call> calls = new ArrayList<>();
                for (int tenant = first; tenant < first + AT_ONCE; tenant++) {
                    // As the PBX sends it: national, without the plus.
                    calls.add(phone.dial(CallRequest.to("0255517%02d".formatted(tenant)).from(CALLER)));
                }
                calls.forEach(call -> call.awaitAnswer(PATIENCE));
                for (int i = 0; i < AT_ONCE; i++) {
                    assertIsOfTenant("%02d".formatted(first + i), calls.get(i));
                }
                calls.forEach(RoutingSituationsIT::hangUp);
            }
        }
    }

    private void assertIsOfTenant(String tenant, Call call) {
        CallRouted routed = suite.events().of(call).await(CallRouted.class);
        assertThat(routed.invite().source()).contains(YEASTAR + ":" + YEASTAR_PORT);
        assertThat(routed.invite().trunk().name()).isEqualTo("yeastar");
        assertThat(routed.organisation().name()).isEqualTo("tenant-" + tenant);
        assertThat(routed.config().path("tenant").asText()).isEqualTo(tenant);
        assertThat(routed.room()).isEqualTo("tenant_+32255517" + tenant);
    }

    @Test
    void aHeaderNamesTheRoomOfAStoresNumber() throws Exception {
        suite.apply("""
                organisations:
                  - name: stores-of-a-chain
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "+3225551610", max_concurrent_calls: 10}
                trunks:
                  - {name: stores, addresses: ["%s"], country: BE}
                rules:
                  - name: store
                    trunks: [stores]
                    type: named
                    header: X-Store
                    template: "store-{}"
                    allowed_characters: "0-9"
                    answer_policy: immediate
                  - name: head-office
                    trunks: [stores]
                    type: direct
                    room_name: head-office
                    answer_policy: immediate
                    priority: -1
                """.formatted(STORES));
        suite.awaitTrunkAt(STORES);
        try (Phone phone = suite.phoneAt(STORES)) {
            CallRequest plain = CallRequest.to("025551610").from(CALLER);
            assertThat(routed(phone, plain.header("X-Store", "42")).room()).isEqualTo("store-42");
            assertThat(routed(phone, plain.header("X-Store", "7")).room()).isEqualTo("store-7");
            CallRouted without = routed(phone, plain);
            assertThat(without.room()).isEqualTo("head-office");
            assertThat(without.trace()).anySatisfy(step -> assertThat(step.detail())
                    .isEqualTo("Rule store was skipped by its header: the call has no header X-Store."));
            // A value that cannot be a store's name is not used as a room name.
            assertThat(routed(phone, plain.header("X-Store", "../4")).room()).isEqualTo("head-office");
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
                          - {phone_number: "+3225551603", config_override: {greeting: "%s"}}
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
                        routed(phone, CallRequest.to("+3225551603").from(CALLER))
                                .config().path("greeting").asText().equals(greeting));
            }
        }
    }

    @Test
    void aNumberOfNobodyIsRefusedWithAllThatWasTried() {
        try (Phone phone = suite.phone()) {
            Call call = phone.dial(CallRequest.to("1003").from(CALLER));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOf(CallResult.Refused.class);
            CallRejected rejected = suite.events().of(call).assertRejected(RefusalReason.NUMBER_UNKNOWN);
            assertThat(rejected.trace().getLast().detail()).contains("1003");
        }
    }

    /** Returns the configuration that a participant reads in the room of a call. */
    private JsonNode configInTheRoom(Phone phone, String number) throws Exception {
        Call call = phone.dial(CallRequest.to(number).from(CALLER));
        call.awaitAnswer(PATIENCE);
        CallRouted routed = suite.events().of(call).await(CallRouted.class);
        try (Ear ear = suite.ear(routed.room(), EAR_TONE)) {
            JsonNode metadata = EventJson.MAPPER.readTree(ear.roomMetadata());
            assertThat(metadata.path("called").asText()).isEqualTo(number);
            assertThat(metadata.path("config")).isEqualTo(routed.config());
            hangUp(call);
            suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
            return metadata.path("config");
        }
    }

    /** Places a call, hangs up, and returns how it was routed. */
    private CallRouted routed(Phone phone, CallRequest request) {
        Call call = phone.dial(request);
        call.awaitAnswer(PATIENCE);
        hangUp(call);
        suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);
        return suite.events().of(call).await(CallRouted.class);
    }

    private static void hangUp(Call call) {
        assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
    }
}
