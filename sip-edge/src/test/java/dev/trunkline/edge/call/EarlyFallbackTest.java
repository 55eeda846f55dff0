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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    @ParameterizedTest
    @EnumSource(value = FallbackKind.class, names = {"FORWARD", "ANNOUNCEMENT"})
    void whatTheRelayCarriesOutLeavesTheCallerRinging(FallbackKind kind) {
        Seen seen = ringing(step(FallbackKind.REFER, "sip:vm@pbx.example"), step(kind, "sip:helpdesk@pbx.example"), step(FallbackKind.REFUSE, "603"));
        assertThat(seen.statuses(Transaction.INVITE)).isEmpty();
        assertThat(seen.published()).isEmpty();
        assertThat(seen.started()).containsExactly(CallTimer.PATIENCE);
    }

    @Test
    void whatCannotBeCarriedOutBeforeTheAnswerIsNamedAndPassedOver() {
        Seen seen = ringing(
                step(FallbackKind.AGENT, "third"), step(FallbackKind.REFER, "sip:vm@pbx.example"), step(FallbackKind.REFUSE, "603"));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(603);
        assertThat(seen.published(CallRejected.class).trace()).extracting("detail").containsExactly(
                "nobody came.",
                "agent third comes after other steps; skipped",
                "refer: the call is not answered; skipped",
                "refused with status 603");
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "99", "soon", "", "700"})
    void aStatusThatRefusesNobodyIsNotSent(String status) {
        Seen seen = ringing(step(FallbackKind.REFUSE, status), step(FallbackKind.FORWARD, "sip:x@y"));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(480);
        assertThat(seen.published(CallRejected.class).trace()).hasSize(2);
    }

    private static Seen answered(Fallback... left) {
        return Seen.of(Given.up(), Given.told(unavailable(left)));
    }

    @ParameterizedTest
    @EnumSource(value = FallbackKind.class, names = {"FORWARD", "REFER", "ANNOUNCEMENT"})
    void afterTheAnswerTheCallGoesOnWhileTheRelayHasSomethingToCarryOut(FallbackKind kind) {
        Seen seen = answered(step(FallbackKind.AGENT, "third"), step(kind, "sip:x@y"));
        assertThat(seen.published()).isEmpty();
        assertThat(seen.started()).containsExactly(CallTimer.PATIENCE);
    }

    @Test
    void afterTheAnswerARefusalThatComesNextEndsTheCall() {
        Seen seen = answered(step(FallbackKind.REFUSE, "603"), step(FallbackKind.FORWARD, "sip:x@y"));
        CallEnded ended = seen.published(CallEnded.class);
        assertThat(ended.reason()).isEqualTo(EndReason.NO_AGENT);
        assertThat(ended.detail()).contains("nobody came.").contains("refuse 603 is skipped");
        assertThat(seen.sent().method()).isEqualTo("BYE");
    }

    @Test
    void afterTheAnswerWhoLeftIsRememberedUntilTheFallbackIsOver() {
        var none = new AgentUnavailable(Given.CALL, List.of("demo"), 20, "nobody came.", List.of(step(FallbackKind.FORWARD, "sip:x@y")), Optional.of("demo"));
        Seen seen = Seen.of(Given.up(), Given.told(none), Given.expired(CallTimer.PATIENCE));
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.AGENT_LEFT);
    }
}
