package dev.trunkline.router.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.router.routing.Decision;
import dev.trunkline.router.routing.Question;
import dev.trunkline.router.routing.WebhookResult;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The outcome of an answer, and how the trace of the decision describes it. */
class VerdictTest {
    private final Question question = Shop.at("https://ann:pw@shop.example/voice?key=s3cret").question();

    private Verdict verdict(String json) throws UnusableAnswerException {
        Answer answer = new AnswerReader(List.of("rooms.shop.example"))
                .read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), question.url());
        return Verdict.of(answer, question.call(), "request-1", 12, "HTTP 200, 1 try, signed, breaker closed");
    }

    private Decision decision(String json) throws UnusableAnswerException {
        return Shop.routing().resume(question, verdict(json).result());
    }

    @Test
    void followsTheFirstVerbThatDecidesAndTellsOfTheOthers() throws Exception {
        Decision decision = decision("""
                [{'verb':'say','text':'Hello'},{'verb':'dial','target':[{'type':'sip','sipUri':'sip:a@rooms.shop.example'}]},
                 {'verb':'hangup'}]""");

        assertThat(decision).isInstanceOfSatisfying(Decision.Route.class, route -> {
            assertThat(route.room()).isEqualTo("a");
            assertThat(route.config().get("language").textValue()).isEqualTo("en");
        });
        assertThat(decision.trace()).contains(
                new TraceStep(
                        "webhook-answered",
                        "https://shop.example/voice answered request request-1 in 12 ms; followed: dial at [1], so the"
                                + " call goes to room a (HTTP 200, 1 try, signed, breaker closed)."),
                new TraceStep(
                        "webhook-ignored",
                        "Ignored: say at [0]: the call is not answered yet, and in the room it is the agent who speaks."),
                new TraceStep("webhook-ignored", "Ignored: hangup at [2]: [1] dial has already decided."));
        assertThat(decision.trace().toString()).doesNotContain("s3cret").doesNotContain("pw");
    }

    @Test
    void aDialThatIsNotFollowedCannotBeMissed() throws Exception {
        Verdict verdict = verdict("[{'verb':'dial','target':[{'type':'teams','number':'+3225550109'}]}]");
        Decision decision = Shop.routing().resume(question, verdict.result());

        assertThat(verdict.outcome()).isEqualTo("undecided");
        assertThat(verdict.result()).isInstanceOfSatisfying(WebhookResult.Failed.class, failed ->
                assertThat(failed.why()).contains("dial at [0] was NOT FOLLOWED"));
        assertThat(decision).isInstanceOfSatisfying(
                Decision.Refuse.class, refuse -> assertThat(refuse.reason()).isEqualTo(RefusalReason.WEBHOOK_FAILED));
        assertThat(decision.trace()).filteredOn(step -> step.step().equals("dial-not-followed")).hasSize(2);
        assertThat(decision.trace()).anySatisfy(step -> {
            assertThat(step.step()).isEqualTo("dial-not-followed");
            assertThat(step.detail()).startsWith("NOT FOLLOWED: dial at [0]:");
        });
    }

    @Test
    void anAnswerWithoutADecisionFails() throws Exception {
        assertThat(verdict("[]").result()).isInstanceOfSatisfying(WebhookResult.Failed.class, failed ->
                assertThat(failed.why()).startsWith("its answer has no verbs"));
        assertThat(verdict("[{'verb':'say','text':'Hello'}]").result())
                .isInstanceOfSatisfying(WebhookResult.Failed.class, failed ->
                        assertThat(failed.why()).startsWith("none of its verbs decides"));
    }

    @Test
    void refusesAnswersThatHoldTheCallersNumber() throws Exception {
        for (String answer : List.of(
                "{'room':'call-+32470123456'}", "{'room':'a','config':{'cli':'0470 12 34 56'}}",
                "{'room':'a','agents':[{'name':'a','metadata':'32470123456'}]}", "{'forward':'sip:0470123456@pbx.example'}")) {
            Verdict verdict = verdict(answer);

            assertThat(verdict.outcome()).as(answer).isEqualTo("unusable");
            assertThat(Shop.routing().resume(question, verdict.result()).trace().toString()).doesNotContain("470");
        }
    }

    @Test
    void redirectsAskTwiceMoreAndNoFurther() throws Exception {
        Question now = question;
        for (int i = 0; i < 2; i++) {
            Decision decision = Shop.routing().resume(now, verdict("{'redirect':'/next?key=s3cret'}").result());
            assertThat(decision).isInstanceOf(Decision.Ask.class);
            now = ((Decision.Ask) decision).question();
            assertThat(now.url()).isEqualTo(URI.create("https://ann:pw@shop.example/next?key=s3cret"));
        }
        Decision last = Shop.routing().resume(now, verdict("{'redirect':'/next'}").result());

        assertThat(last).isInstanceOf(Decision.Refuse.class);
        assertThat(last.trace().toString()).doesNotContain("s3cret").doesNotContain("pw@");
    }
}
