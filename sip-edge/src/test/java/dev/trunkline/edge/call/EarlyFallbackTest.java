package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.RefusalReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyFallbackTest {

    private static Fallback step(FallbackKind kind, String target) {
        return new Fallback(kind, target, "", 0);
    }

    private static AgentUnavailable unavailable(Fallback... left) {
        return new AgentUnavailable(Given.CALL, List.of("demo"), 20, "nobody came.", List.of(left));
    }

    private static Seen ringing(Fallback... left) {
        return Seen.of(Given.taken(AnswerPolicy.ON_AGENT), Given.told(unavailable(left)));
    }

    @Test
    void withoutAFallbackTheReasonsStatusIsSent() {
        Seen seen = ringing();
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(480);
        assertThat(seen.published(CallRejected.class).trace()).extracting("detail").containsExactly("nobody came.");
    }

    @Test
    void theFallbacksStatusIsSent() {
        Seen seen = ringing(step(FallbackKind.REFUSE, "486"));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(486);
        CallRejected refusal = seen.published(CallRejected.class);
        assertThat(refusal.reason()).isEqualTo(RefusalReason.NO_AGENT);
        assertThat(refusal.status()).isEqualTo(486);
    }

    @Test
    void theCallerIsSentOn() {
        Seen seen = ringing(step(FallbackKind.FORWARD, "sip:helpdesk@pbx.example"));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(302);
        assertThat(seen.header(Transaction.INVITE, "Contact")).isEqualTo("<sip:helpdesk@pbx.example>");
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.FORWARDED);
    }

    @Test
    void whatCannotBeCarriedOutIsNamedAndPassedOver() {
        Seen seen = ringing(
                step(FallbackKind.ANNOUNCEMENT, "closed"), step(FallbackKind.REFER, "sip:vm@pbx.example"),
                step(FallbackKind.REFUSE, "603"));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(603);
        assertThat(seen.published(CallRejected.class).trace()).extracting("detail").containsExactly(
                "nobody came.",
                "announcement closed is not carried out by this version; passed over",
                "refer sip:vm@pbx.example is not carried out by this version; passed over",
                "refused with status 603");
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "99", "soon", "", "700"})
    void aStatusThatRefusesNobodyIsPassedOver(String status) {
        Seen seen = ringing(step(FallbackKind.REFUSE, status));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(480);
        assertThat(seen.published(CallRejected.class).trace()).hasSize(2);
    }

    @Test
    void aTargetThatIsNoneIsPassedOver() {
        assertThat(ringing(step(FallbackKind.FORWARD, "nonsense"), step(FallbackKind.REFUSE, "404"))
                        .statuses(Transaction.INVITE))
                .containsExactly(404);
    }

    @Test
    void afterTheAnswerTheCallEndsAndSaysWhichStepWasNot() {
        Seen seen = Seen.of(Given.up(), Given.told(unavailable(step(FallbackKind.FORWARD, "sip:x@y"))));
        CallEnded ended = seen.published(CallEnded.class);
        assertThat(ended.reason()).isEqualTo(EndReason.NO_AGENT);
        assertThat(ended.detail()).contains("nobody came.").contains("forward sip:x@y is not carried out");
    }
}
