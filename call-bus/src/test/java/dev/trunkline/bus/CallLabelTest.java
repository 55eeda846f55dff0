package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Caller;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.TrunkRef;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallLabelTest {
    private static final String ID = "019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e";
    private static final CallId CALL = CallId.of(ID);
    private static final InviteReceived INVITE = new InviteReceived(
            CALL, "edge-1", new TrunkRef("t", "yeastar"), "8f14e45f@203.0.113.7", "+3225550100", "025550100",
            new Caller("d14b5bc82fc769e3", false), "sealed", "v=0", "203.0.113.7:5060",
            Instant.parse("2026-03-02T09:15:30.125Z"), Instant.parse("2026-03-02T09:15:33.125Z"));

    private static String ofTrunk(String name) {
        return CallLabel.of(CALL, new TrunkRef("t", name)).toString();
    }

    @Test
    void whatIsKnownStandsInOneOrder() {
        assertThat(CallLabel.of(CALL)).hasToString("call=" + ID);
        assertThat(ofTrunk("yeastar")).isEqualTo("call=" + ID + " trunk=yeastar");
        assertThat(CallLabel.of(CALL, new OrganisationRef("o", "acme"), new TrunkRef("t", "yeastar")))
                .hasToString("call=" + ID + " organisation=acme trunk=yeastar");
    }

    @Test
    void aLastEventSaysWhoseTheCallWas() {
        var acme = new OrganisationRef("o", "acme");
        var summary = CallSummary.of(INVITE, INVITE.receivedAt());
        assertThat(CallLabel.of(CALL, Optional.of(summary.of(acme)))).hasToString("call=" + ID + " organisation=acme trunk=yeastar");
        assertThat(CallLabel.of(CALL, Optional.of(summary))).hasToString("call=" + ID + " trunk=yeastar");
        assertThat(CallLabel.of(CALL, Optional.empty())).hasToString("call=" + ID);
    }

    @Test
    void anEventsLabelHasWhatTheEventKnows() {
        var ended = new CallEnded(CALL, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 1_000, Optional.empty());
        assertThat(CallLabel.of(envelope(INVITE))).hasToString("call=" + ID + " trunk=yeastar");
        assertThat(CallLabel.of(envelope(ended))).hasToString("call=" + ID);
        assertThat(CallLabel.of(envelope(ended.with(CallSummary.of(INVITE, INVITE.receivedAt())))))
                .hasToString("call=" + ID + " trunk=yeastar");
    }

    private static Envelope envelope(CallEvent event) {
        return new Envelope(
                UUID.randomUUID(), "/sip-edge/edge-1", INVITE.receivedAt(), Owners.edge("edge-1"),
                "00-%s-7638a8ce505681e0-01".formatted(CALL.traceId()), event);
    }

    @Test
    void aNameOfSeveralWordsIsQuoted() {
        assertThat(ofTrunk("Demo PBX")).endsWith(" trunk=\"Demo PBX\"");
        assertThat(ofTrunk("the \"old\" one")).endsWith(" trunk=\"the 'old' one\"");
        assertThat(ofTrunk("")).endsWith(" trunk=\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\u0000b", "a\u2028b", "a\u0085b"})
    void aNameNeverBeginsALine(String name) {
        assertThat(ofTrunk(name)).endsWith("a b\"").doesNotContain(name);
    }

    @Test
    void aLongNameIsCut() {
        assertThat(ofTrunk("x".repeat(500))).endsWith("trunk=" + "x".repeat(CallLabel.LONGEST_NAME) + "…");
    }
}
