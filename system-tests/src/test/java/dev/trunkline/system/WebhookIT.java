package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Script;
import dev.trunkline.system.support.SuiteExtension;
import dev.trunkline.system.support.SuiteUnderTest;
import dev.trunkline.system.support.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An organisation's own application decides where its calls go, in the verbs of Jambonz. */
@ExtendWith(SuiteExtension.class)
class WebhookIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NUMBER = "+3225551630";
    private static final String CALLER = "+32470812345";
    /** Ends with the last three digits of {@link #CALLER}. */
    private static final String PSEUDONYM = "[0-9a-f]{32,64}-345";
    private static final String SECRET = "a secret of the two of us";

    private final SuiteUnderTest suite;

    WebhookIT(SuiteUnderTest suite) {
        this.suite = suite;
    }

    @Test
    void aDialToALiveKitUriPutsTheCallerInThatRoom() throws Exception {
        String answer = """
                [{"verb": "say", "text": "One moment"},
                 {"verb": "dial", "timeout": 30, "target": [
                   {"type": "sip", "sipUri": "sip:consultation-room@%s"},
                   {"type": "phone", "number": "+3225550111"}]},
                 {"verb": "hangup"}]""".formatted(SuiteUnderTest.ROOM_DOMAIN);
        try (Webhook webhook = Webhook.answering(answer); Phone phone = suite.phone()) {
            suite.apply(directory(webhook));
            Call call = phone.dial(CallRequest.to(NUMBER).from(CALLER));
            call.awaitAnswer(PATIENCE);
            CallRouted routed = suite.events().of(call).await(CallRouted.class);
            assertThat(routed.room()).isEqualTo("consultation-room");
            assertThat(call.hangUp().toCompletableFuture().join().status()).isEqualTo(200);
            suite.events().of(call).assertEnded(EndReason.CALLER_HUNG_UP);

            Webhook.Asked asked = theOnlyQuestion(webhook);
            assertThat(details(routed.trace(), "webhook-answered")).singleElement().asString()
                    .contains(asked.requestId(), "consultation-room", "followed: dial");
            assertThat(details(routed.trace(), "webhook-ignored"))
                    .anyMatch(text -> text.contains("say") && text.contains("not answered yet"))
                    .anyMatch(text -> text.contains("hangup") && text.contains("has already decided"));
            // The trace also reports the second target, which the application expects to ring.
            assertThat(details(routed.trace(), "dial-not-followed")).singleElement().asString()
                    .contains("NOT FOLLOWED", "dial target phone", "the room that was named first");
            assertThat(suite.script("trace", routed.callId().toString()).output())
                    .contains(asked.requestId(), "NOT FOLLOWED", "consultation-room");
        }
    }

    @Test
    void theQuestionIsSignedAndTellsWhoCallsWithoutTheNumber() throws Exception {
        try (Webhook webhook = Webhook.answering("[{\"verb\": \"sip:decline\", \"status\": 480, \"reason\": \"Closed\"}]");
                Phone phone = suite.phone()) {
            suite.apply(directory(webhook));
            Call call = phone.dial(CallRequest.to(NUMBER).from(CALLER));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOfSatisfying(
                    CallResult.Refused.class, refused -> assertThat(refused.status()).isEqualTo(480));

            Webhook.Asked asked = theOnlyQuestion(webhook);
            assertThat(asked.signature()).matches("t=\\d+,v1=[0-9a-f]{64}");
            String seconds = asked.signature().replaceFirst("t=(\\d+),.*", "$1");
            assertThat(asked.signature()).endsWith(",v1=" + hmac(seconds + "." + asked.body()));
            JsonNode question = asked.json();
            assertThat(question.path("to").asText()).isEqualTo(NUMBER);
            assertThat(question.path("direction").asText()).isEqualTo("inbound");
            assertThat(question.path("organisation").path("name").asText()).isEqualTo("practice");
            assertThat(asked.body()).doesNotContain(CALLER.substring(1), CALLER.substring(3));
        }
    }

    @Test
    void aDialThatCannotBeFollowedIsSeenByEverybody() throws Exception {
        String answer = "[{\"verb\": \"dial\", \"target\": [{\"type\": \"teams\", \"number\": \"+3225550111\"}]}]";
        try (Webhook webhook = Webhook.answering(answer); Phone phone = suite.phone()) {
            suite.apply(directory(webhook));
            Call call = phone.dial(CallRequest.to(NUMBER).from(CALLER));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOfSatisfying(CallResult.Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(RefusalReason.WEBHOOK_FAILED.status());
                assertThat(refused.reasonHeader().orElseThrow()).contains("webhook-failed");
            });

            Webhook.Asked asked = theOnlyQuestion(webhook);
            CallRejected rejected = suite.events().of(call).assertRejected(RefusalReason.WEBHOOK_FAILED);
            assertThat(details(rejected.trace(), "dial-not-followed"))
                    .anyMatch(text -> text.contains("NOT FOLLOWED") && text.contains("teams"));
            assertThat(details(rejected.trace(), "webhook-failed")).singleElement().asString()
                    .contains(asked.requestId(), "NOT FOLLOWED");
            assertThat(suite.script("trace", call.callId()).output())
                    .contains("webhook-failed", "NOT FOLLOWED", asked.requestId());
        }
    }

    @Test
    void whatAnswersHttp500HasAnswered() throws Exception {
        try (Webhook webhook = Webhook.failing(500); Phone phone = suite.phone()) {
            suite.apply(directory(webhook));
            Call call = phone.dial(CallRequest.to(NUMBER).from(CALLER));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOf(CallResult.Refused.class);
            CallRejected rejected = suite.events().of(call).assertRejected(RefusalReason.WEBHOOK_FAILED);
            assertThat(details(rejected.trace(), "webhook-failed")).singleElement().asString()
                    .contains("HTTP 500").doesNotContain("no answer");
        }
    }

    @Test
    void anExplanationAsksAsACallWouldAndCountsNowhere() throws Exception {
        String decline = "[{\"verb\": \"sip:decline\", \"status\": 480, \"reason\": \"Closed\"}]";
        try (Webhook webhook = Webhook.answering(decline); Phone phone = suite.phone()) {
            suite.apply(directory(webhook));
            double counted = requests();
            Script.Ended explained = suite.script(
                    "explain", "--from", CALLER, "--to", NUMBER, "--trunk", "demo", "--ask-webhooks");
            assertThat(explained.output()).contains("refused with 480");
            Webhook.Asked asked = theOnlyQuestion(webhook);
            assertThat(requests()).isEqualTo(counted);

            Call call = phone.dial(CallRequest.to(NUMBER).from(CALLER));
            assertThat(call.awaitFinal(PATIENCE)).isInstanceOf(CallResult.Refused.class);
            Await.until("the call's question counts", PATIENCE, () -> requests() == counted + 1);
            // The question is about another caller, in the form that every caller has there.
            assertThat(asked.json().path("from").asText()).matches(PSEUDONYM);
            assertThat(webhook.asked().getLast().json().path("from").asText()).matches(PSEUDONYM);
        }
    }

    private double requests() {
        return suite.shown("call-router", "trunkline_router_webhook_requests_total");
    }

    private static Webhook.Asked theOnlyQuestion(Webhook webhook) {
        assertThat(webhook.asked()).hasSize(1);
        return webhook.asked().getFirst();
    }

    private static List<String> details(List<TraceStep> trace, String step) {
        return trace.stream().filter(said -> said.step().equals(step)).map(TraceStep::detail).toList();
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String directory(Webhook webhook) {
        return """
                organisations:
                  - name: practice
                    caller_rate: {calls: 1000, window_seconds: 3600}
                    numbers:
                      - {phone_number: "%s", max_concurrent_calls: 10}
                rules:
                  - name: practice
                    organisation: practice
                    trunks: [demo]
                    type: webhook
                    url: %s
                    secret: %s
                    allowed_rooms: [consultation-room]
                    answer_policy: immediate
                """.formatted(NUMBER, webhook.url(), SECRET);
    }
}
