package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.GuardedSuite;
import dev.trunkline.system.support.LiveKitSip;
import dev.trunkline.system.support.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** "Moving from livekit-sip" of {@code docs/livekit-sip.md}, step by step, exactly as printed. Run by {@link GuardedSuiteIT}. */
abstract class MovingPage {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PEER = "127.0.0.51";
    private static final String NUMBER = "+15105550100";
    private static final String CALLER = "+32470123456";

    @Test
    void whoeverFollowsThePageHasTheirCallsHereAndTheirTrunksUnchanged() throws Exception {
        GuardedSuite suite = GuardedSuiteIT.suite();
        String page = page(suite);
        LiveKitSip liveKit = suite.liveKitSip();

        // 1: an organisation, made by the line on the page.
        assertThat(page).contains("`organisations: [{name: acme}]`", "`./trunkline apply FILE`");
        Path file = Files.writeString(suite.suite().settings().state().resolve("acme.yaml"), "organisations: [{name: acme}]\n");
        assertThat(suite.script("apply", file.toString()).exitCode()).isZero();

        // 2: the trunk and rule by which a livekit-sip was called; the router of this suite was started with the settings of the page.
        String trunk = liveKit.inboundTrunk("acme/moving-pbx", NUMBER, PEER);
        String rule = liveKit.rule("acme/moving-rule", "moving", trunk, "demo", "{\"scenario\": \"echo\"}");
        assertThat(page).contains("`TRUNKLINE_PROVISIONING_URL`", "`TRUNKLINE_PROVISIONING_KEY`", "`TRUNKLINE_PROVISIONING_SECRET`",
                "`TRUNKLINE_PROVISIONING_ORGANISATION`", "`TRUNKLINE_PROVISIONING_REDIS`");
        Await.until("both are in the directory", PATIENCE, () -> named(suite, trunk) && named(suite, rule));

        // 3: check the result.
        assertThat(page).contains("/livekit/provisioning`", "`./trunkline explain --from " + CALLER + " --to " + NUMBER + "`");
        JsonNode report = suite.router().json("GET", "/livekit/provisioning", "");
        assertThat(report.path("conflicts").findValuesAsText("id")).doesNotContain(trunk, rule);
        Await.until("the call would be taken", PATIENCE, () -> explained(suite).exitCode() == 0);
        assertThat(explained(suite).output()).contains("The call would be taken.", "acme/moving-rule");

        // 4 and 5: edge and relay run; call, and check the result.
        assertThat(page).contains("`./trunkline calls`", "`./trunkline trace CALL-ID`");
        try (Phone phone = Phone.open(PhoneSettings.calling("127.0.0.1", suite.suite().settings().sipPort()).bindTo(PEER))) {
            Call call = phone.dial(CallRequest.to(NUMBER).from(CALLER).saying(AudioSource.tone(800)));
            call.awaitAnswer(PATIENCE);
            LiveKitSip.InRoom who = liveKit.participantWith("sip.ruleID", rule).orElseThrow();
            assertThat(who.participant().getAttributesMap()).containsEntry("sip.trunkID", trunk).containsEntry("sip.phoneNumber", CALLER);
            call.hangUp().toCompletableFuture().join();
            Await.until("the list has the call", PATIENCE, () -> script(suite, "calls").output().contains("acme"));
            Script.Ended traced = suite.script("trace", call.callId());
            assertThat(traced.exitCode()).as(traced.output()).isZero();
            assertThat(traced.output()).contains("acme/moving-rule");
        }

        // Moving back: nothing was changed in LiveKit.
        assertThat(page).contains("Trunks and rules are in LiveKit's Redis as they were, with the same ids.");
        assertThat(liveKit.ids()).containsAll(List.of(trunk, rule));
        liveKit.deleteRule(rule);
        liveKit.deleteTrunk(trunk);
    }

    private static String page(GuardedSuite suite) throws Exception {
        String text = Files.readString(suite.suite().settings().root().resolve("docs/livekit-sip.md"), StandardCharsets.UTF_8);
        return text.substring(text.indexOf("## Moving from livekit-sip"));
    }

    private static boolean named(GuardedSuite suite, String id) {
        try {
            return suite.router().json("GET", "/livekit/provisioning", "").path("items").valueStream()
                    .anyMatch(item -> item.path("id").asText().equals(id) && !item.path("name").asText("").isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Script.Ended explained(GuardedSuite suite) {
        return script(suite, "explain", "--from", CALLER, "--to", NUMBER);
    }

    private static Script.Ended script(GuardedSuite suite, String... words) {
        try {
            return suite.script(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
