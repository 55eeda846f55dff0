package dev.trunkline.events.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaReady;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EnvelopesTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:15:30Z");
    private final CallId call = CallId.of("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e");
    private final Envelopes envelopes = from("/sip-edge/edge-1");
    private final Envelope cause = envelopes.first(new CallHeld(call), Envelope.Owners.edge("edge-1"));

    private static Envelopes from(String source) {
        return new Envelopes(source, Clock.fixed(NOW, ZoneOffset.UTC), UUID::randomUUID);
    }

    @Test
    void whatHappensByItselfHasAnIdOfItsOwn() {
        Envelope other = envelopes.first(new CallHeld(call), Envelope.Owners.NONE);
        assertThat(other.id()).isNotEqualTo(cause.id());
        assertThat(cause.time()).isEqualTo(NOW);
        assertThat(cause.source()).isEqualTo("/sip-edge/edge-1");
    }

    @Test
    void aReplyToTheSameCauseHasTheSameIdWhoeverGivesIt() {
        Envelope once = envelopes.reply(cause, new CallResumed(call));
        Envelope again = from("/sip-edge/edge-2").reply(cause, new CallResumed(call));
        assertThat(again.id()).isEqualTo(once.id()).isNotEqualTo(cause.id());
    }

    @Test
    void repliesOfAnotherKindOrToAnotherCauseDiffer() {
        Envelope other = envelopes.first(new CallHeld(call), Envelope.Owners.NONE);
        assertThat(envelopes.reply(cause, new CallResumed(call)).id())
                .isNotEqualTo(envelopes.reply(cause, new CallHeld(call)).id())
                .isNotEqualTo(envelopes.reply(other, new CallResumed(call)).id());
    }

    @Test
    void severalAgentsOfOneCallAreSeveralEvents() {
        assertThat(envelopes.reply(cause, new AgentDispatched(call, "one", "AD_1", 1)).id())
                .isNotEqualTo(envelopes.reply(cause, new AgentDispatched(call, "two", "AD_2", 1)).id())
                .isEqualTo(envelopes.reply(cause, new AgentDispatched(call, "one", "AD_1", 99)).id());
        assertThat(envelopes.reply(cause, new AgentJoined(call, "one", "PA_1", "agent", 1)).id())
                .isNotEqualTo(envelopes.reply(cause, new AgentJoined(call, "one", "PA_2", "agent", 1)).id());
    }

    @Test
    void anotherRelaysAnswerIsAnotherEvent() {
        assertThat(envelopes.reply(cause, mediaReady("relay-1")).id())
                .isEqualTo(envelopes.reply(cause, mediaReady("relay-1")).id())
                .isNotEqualTo(envelopes.reply(cause, mediaReady("relay-2")).id());
    }

    private MediaReady mediaReady(String relay) {
        return new MediaReady(call, relay, "room", "PA_1", "", "PCMU", 0);
    }

    @Test
    void aReplyPassesTheOwnersOn() {
        assertThat(envelopes.reply(cause, new CallResumed(call)).owners()).isEqualTo(cause.owners());
        Envelope.Owners owners = cause.owners().withRelay("relay-1");
        assertThat(envelopes.reply(cause, new CallResumed(call), owners).owners()).isEqualTo(owners);
    }

    @Test
    void oneCallIsOneTrace() {
        assertThat(cause.traceparent()).matches("00-019a8c3e5b7d7c419d2e3f1a2b4c5d6e-[0-9a-f]{16}-01");
        assertThat(envelopes.reply(cause, new CallResumed(call)).traceparent())
                .startsWith("00-019a8c3e5b7d7c419d2e3f1a2b4c5d6e-")
                .isNotEqualTo(cause.traceparent());
    }
}
