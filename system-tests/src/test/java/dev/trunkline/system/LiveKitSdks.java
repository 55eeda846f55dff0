package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.phone.TakenCall;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.CalledPhone;
import dev.trunkline.system.support.GuardedSuite;
import dev.trunkline.system.support.JsonProcess;
import dev.trunkline.system.support.LiveKitSdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs that were written for livekit-sip with LiveKit's SDKs: they make, change and delete trunks and rules, receive and place
 * calls, and transfer them. They get the same answers as from livekit-server with livekit-sip. Run by {@link GuardedSuiteIT}.
 */
abstract class LiveKitSdks {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration KEY = Duration.ofMillis(150);
    private static final int TONE = 800;
    private static final String SHOWN = "+3225550100";
    private static final String TICKET = "X-17";

    private static GuardedSuite suite;
    private static CalledPhone callee;

    @BeforeAll
    static void start() throws Exception {
        suite = GuardedSuiteIT.suite();
        suite.letDemoCall();
        callee = CalledPhone.open(suite.router());
        Await.until("LiveKit's SIP API is answered", PATIENCE, () -> suite.isReady("livekit-sip-api"));
    }

    @AfterAll
    static void stop() {
        if (callee != null) {
            callee.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenForLivekitSipGoesOnWorking(LiveKitSdk sdk) throws Exception {
        try (Run run = new Run(sdk)) {
            run.makesTrunksAndRules();
            run.theyAreInTheDirectory();
            Call caller = run.isCalledByEachRule();
            run.handsOver(caller);
            run.calls();
            run.deletesThem();
        }
    }

    /** One run of a program, from its first request to its last. */
    private static final class Run implements AutoCloseable {
        private final LiveKitSdk sdk;
        private final String prefix;
        private final String peer;
        private final String from;
        /** The number that it calls, different for each program, because the calls to one number are counted. */
        private final String called;
        private final List<String> numbers;
        private final JsonProcess program;
        private final Phone phone;
        /** The ids of its rules by name, in the order in which it waits for their callers. */
        private final Map<String, String> rules = new LinkedHashMap<>();

        Run(LiveKitSdk sdk) throws Exception {
            this.sdk = sdk;
            this.prefix = sdk.name().toLowerCase(Locale.ROOT);
            this.peer = "127.0.0." + (21 + sdk.ordinal());
            this.from = "+3247016000" + sdk.ordinal();
            this.called = "+322555018" + (4 + sdk.ordinal());
            this.numbers = IntStream.range(0, 4).mapToObj(i -> "+32255519" + sdk.ordinal() + i).toList();
            this.phone = Phone.open(PhoneSettings.calling("127.0.0.1", suite.suite().settings().sipPort()).bindTo(peer));
            this.program = suite.sdk(sdk, Map.of(
                    "PREFIX", prefix, "NUMBERS", String.join(",", numbers), "PEER", peer, "CARRIER", CalledPhone.address(),
                    "CALLED", called, "SHOWN", SHOWN, "AGENT", "demo"));
        }

        private JsonNode step(String step) {
            return program.await(step, PATIENCE, said -> said.path("step").asText().equals(step));
        }

        private JsonNode answer(String step) {
            JsonNode said = step(step);
            assertThat(said.has("answer")).as("%s", said).isTrue();
            return said.path("answer");
        }

        private JsonNode error(String step, String code) {
            JsonNode said = step(step);
            assertThat(said.path("error").path("code").asText()).as("%s", said).isEqualTo(code);
            return said.path("error");
        }

        private void assertSip(JsonNode error, int status) {
            assertThat(error.path("meta").path("sip_status_code").asText()).as("%s", error).isEqualTo(Integer.toString(status));
        }

        void makesTrunksAndRules() {
            String trunk = answer("inbound-trunk").path("sip_trunk_id").asText();
            assertThat(trunk).startsWith("ST_");
            error("no-gate", "invalid_argument");
            error("taken", "invalid_argument");
            assertThat(answer("outbound-trunk").path("sip_trunk_id").asText()).startsWith("ST_");
            for (String name : sdk == LiveKitSdk.JAVA ? List.of("direct", "individual", "pin") : List.of("direct", "individual", "pin", "callee")) {
                JsonNode rule = answer(name);
                assertThat(rule.path("sip_dispatch_rule_id").asText()).startsWith("SDR_");
                assertThat(rule.path("metadata").asText()).isEqualTo("of " + name);
                rules.put(name, rule.path("sip_dispatch_rule_id").asText());
            }
            assertThat(answer("trunks").path("items").findValuesAsText("sip_trunk_id")).contains(trunk);
            assertThat(answer("outbound-trunks").path("items").findValuesAsText("address")).contains("127.0.0.1:9");
            assertThat(answer("rules").path("items").findValuesAsText("sip_dispatch_rule_id")).containsAll(rules.values());
            assertThat(answer("trunk-updated").path("numbers").toString()).contains(numbers.get(3));
            assertThat(answer("outbound-updated").path("address").asText()).isEqualTo(CalledPhone.address());
            answer("rule-updated");
            step("ready");
        }

        void theyAreInTheDirectory() {
            Await.until(() -> "the directory has what was made, " + report(), PATIENCE, () -> {
                List<String> ids = report().path("items").valueStream()
                        .filter(item -> item.has("name")).map(item -> item.path("id").asText()).toList();
                return ids.containsAll(rules.values());
            });
            assertThat(report().path("conflicts").findValuesAsText("name")).noneMatch(name -> name.contains(prefix));
            CalledPhone.awaitUp(suite.router(), carrier());
        }

        private String carrier() {
            return answer("outbound-trunk").path("name").asText();
        }

        private JsonNode report() {
            try {
                return suite.router().json("GET", "/livekit/provisioning", "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** Calls the program by each rule. @return the last call, which is still up */
        Call isCalledByEachRule() {
            Call last = null;
            for (String name : rules.keySet()) {
                if (last != null) {
                    program.tell("");
                    last.hangUp().toCompletableFuture().join();
                }
                last = isCalledBy(name);
            }
            return last;
        }

        private Call isCalledBy(String name) {
            String number = numbers.get(List.of("direct", "individual", "callee", "pin").indexOf(name));
            Call call = phone.dial(CallRequest.to(number).from(from).header("X-Ticket", TICKET).saying(AudioSource.tone(TONE))
                    .listeningFor(TONE, CalledPhone.TONE));
            call.awaitAnswer(PATIENCE);
            if (name.equals("pin")) {
                "4711#".chars().forEach(key -> call.sendDtmf((char) key, KEY));
            }
            JsonNode caller = program.await("the caller by " + name, PATIENCE, said ->
                    said.path("step").asText().equals("caller") && said.path("rule").asText().equals(rules.get(name)));
            JsonNode who = caller.path("who");
            assertThat(who.path("identity").asText()).isEqualTo("sip_" + from);
            assertThat(who.path("name").asText()).isEqualTo("Phone " + from);
            assertThat(who.path("kind").asText()).isEqualTo("SIP");
            assertThat(who.path("metadata").asText()).isEqualTo("of " + name);
            JsonNode attributes = who.path("attributes");
            assertThat(attributes.path("team").asText()).isEqualTo(name);
            assertThat(attributes.path("sip.trunkID").asText()).startsWith("ST_");
            assertThat(attributes.path("sip.phoneNumber").asText()).isEqualTo(from);
            assertThat(attributes.path("sip.trunkPhoneNumber").asText()).isEqualTo(number);
            assertThat(attributes.path("sip.h.x-ticket").asText()).isEqualTo(TICKET);
            assertThat(attributes.path("sip.callID").asText()).startsWith("SCL_");
            assertThat(caller.path("room").asText()).startsWith(switch (name) {
                case "direct" -> prefix + "-hall";
                case "individual" -> prefix + "-one_";
                case "pin" -> prefix + "-secret";
                default -> prefix + "-called_" + number;
            });
            Await.until("the caller hears the agent's echo", PATIENCE, () -> call.media().heardMillis(TONE) >= 300);
            return call;
        }

        void handsOver(Call caller) throws Exception {
            callee.does(Answering.refusing(486, Duration.ZERO));
            program.tell("");
            assertSip(error("transfer-busy", "resource_exhausted"), 486);
            callee.awaitCall();
            callee.does(CalledPhone.answers());
            program.tell("");
            TakenCall target = callee.awaitCall();
            answer("transfer");
            Await.until("the caller hears the target", PATIENCE, () -> caller.media().heardMillis(CalledPhone.TONE) >= 300);
            caller.hangUp().toCompletableFuture().join();
            assertThat(target.awaitEnd(PATIENCE)).isPresent();
        }

        void calls() throws Exception {
            program.tell("");
            TakenCall taken = callee.awaitCall();
            assertThat(taken.called()).isEqualTo(called);
            assertThat(taken.from()).contains(SHOWN);
            JsonNode info = answer("call");
            assertThat(info.path("participant_identity").asText()).isEqualTo("call");
            assertThat(info.path("participant_id").asText()).startsWith("PA_");
            assertThat(info.path("room_name").asText()).isEqualTo(prefix + "-out");
            assertThat(info.path("sip_call_id").asText()).startsWith("SCL_");
            taken.hangUp().toCompletableFuture().join();
            callee.does(Answering.refusing(486, Duration.ZERO));
            program.tell("");
            assertSip(error("call-busy", "resource_exhausted"), 486);
            callee.awaitCall();
            callee.does(Answering.refusing(603, Duration.ZERO));
            program.tell("");
            assertSip(error("call-declined", "permission_denied"), 603);
            callee.awaitCall();
            if (sdk != LiveKitSdk.JAVA) {
                callee.does(Answering.never());
                program.tell("");
                assertThat(error("call-silent", "canceled").path("msg").asText()).contains("sip request timed out");
                callee.awaitCall();
            }
        }

        void deletesThem() {
            step("done");
            assertThat(program.said().stream().filter(said -> said.path("step").asText().equals("rule-deleted") && said.has("answer")))
                    .hasSize(rules.size());
            error("call-without-trunk", "not_found");
            Await.until(() -> "nothing of it is left in the directory, " + report(), PATIENCE, () ->
                    report().path("items").findValuesAsText("name").stream().noneMatch(name -> name.contains(prefix + "-")));
        }

        @Override
        public void close() {
            program.close();
            phone.close();
        }
    }
}
