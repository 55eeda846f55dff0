package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.edge.dialog.SealedDialogs;
import dev.trunkline.edge.dialog.SealedHeads;
import dev.trunkline.edge.outbound.PartingReader;
import dev.trunkline.edge.recovery.Recovery;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.message.MessageParser;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.Parsed;
import dev.trunkline.sip.net.PacketSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers whose calls were ringing when the edge ended. */
class SurvivorsTest {
    private static final String SOURCE = "203.0.113.5:5066";

    private final CallsOfTests edge = new CallsOfTests();
    private final Sealer sealer = new Sealer(new byte[32], new SecureRandom());
    private final SealedHeads heads = new SealedHeads(sealer);
    private final Recovery recovery =
            new Recovery("edge-1", "/sip-edge/edge-1", new SealedDialogs(sealer, EventJson.MAPPER), new SdpKeys(sealer),
                    new PartingReader(new SealedTargets(sealer)), edge.faults);
    private final List<Answer> answers = new ArrayList<>();
    private final Survivors survivors = new Survivors(edge.parts, edge.calls, recovery, heads,
            (request, source, reply) -> answers.add(new Answer(request, source, reply)));

    private record Answer(byte[] request, PacketSource source, OutgoingResponse reply) {}

    @AfterEach
    void close() {
        edge.close();
    }

    private CallId rang(Duration ago, Optional<String> head) {
        var call = new CallId(UUID.randomUUID());
        Instant came = Instant.now().minus(ago);
        var sent = CallEventCodec.encode(new Envelope(UUID.randomUUID(), "/sip-edge/edge-1", came, Owners.edge("edge-1"), "",
                new InviteReceived(call, "edge-1", new TrunkRef("t", "trunk"), "id@host", "+3225550100", "025550100", new Caller("0f", false),
                        "v1.", "", SOURCE, came, came.plusSeconds(2), Optional.empty(), Optional.empty(), head.map(text -> sealed(call)))));
        var message = new ConsumerRecord<>(sent.topic(), 0, 0L, sent.key(), sent.value());
        sent.headers().forEach(message.headers()::add);
        recovery.accept(message);
        return call;
    }

    private String sealed(CallId call) {
        return heads.seal(call, Requests.invite(Requests.from("0475112233", "pbx", "Anna"), Map.of(), List.of()), "ours").orElseThrow();
    }

    @Test
    void aCallerWhoRingsHearsThatTheCallIsOver() {
        CallId call = rang(Duration.ofSeconds(20), Optional.of("head"));
        Survivors.Unaware unaware = survivors.takeUp();
        assertThat(answers).as("before SIP is open").isEmpty();
        survivors.tell(unaware);
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.source()).isEqualTo(PacketSource.ofDatagram(SOURCE));
            assertThat(answer.reply().status()).isEqualTo(503);
            assertThat(answer.reply().headers()).extracting(header -> header.name()).contains("Reason", "Retry-After");
            assertThat(MessageParser.parse(answer.request(), answer.source())).isInstanceOfSatisfying(Parsed.Request.class,
                    read -> assertThat(read.request().to().tag()).hasValue("ours"));
        });
        assertThat(edge.said(envelope -> envelope.callId().equals(call)
                && envelope.record() instanceof CallEnded ended && ended.reason() == EndReason.EDGE_LOST)).hasSize(1);
        assertThat(edge.metrics.get("trunkline_edge_calls_over").tags("outcome", "edge-lost", "answered", "false").counter().count())
                .as("which the alert on lost calls looks at").isEqualTo(1);
    }

    @Test
    void whoHasRungForLongerThanAnybodyWaitsHasGone() {
        rang(Duration.ofMinutes(6), Optional.of("head"));
        survivors.tell(survivors.takeUp());
        assertThat(answers).isEmpty();
    }

    @Test
    void whoCameByAConnectionIsNotAnswered() {
        CallId call = rang(Duration.ofSeconds(20), Optional.empty());
        survivors.tell(survivors.takeUp());
        assertThat(answers).isEmpty();
        assertThat(edge.said(envelope -> envelope.callId().equals(call))).hasSize(1);
    }

    @Test
    void aHeadThatDoesNotOpenKeepsNobodyElseFromTheirs() {
        Survivors.Unaware both = new Survivors.Unaware(List.of(), List.of(invite("v1.damaged"), invite("")));
        survivors.tell(both);
        rang(Duration.ofSeconds(1), Optional.of("head"));
        survivors.tell(survivors.takeUp());
        assertThat(answers).hasSize(1);
        assertThat(edge.contained("survivors")).isEqualTo(2);
    }

    private static InviteReceived invite(String head) {
        return new InviteReceived(new CallId(UUID.randomUUID()), "edge-1", new TrunkRef("t", "trunk"), "id@host", "+3225550100", "025550100",
                new Caller("0f", false), "v1.", "", SOURCE, Instant.now(), Instant.now(), Optional.empty(), Optional.empty(), Optional.of(head));
    }
}
