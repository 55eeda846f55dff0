package dev.trunkline.edge.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.TopicTail;
import dev.trunkline.edge.whole.UdpPhone.Message;
import dev.trunkline.events.CallMessage;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SaidMessagesTest extends WithEdge {
    private static final long PATIENCE_MILLIS = 30_000;

    @Test
    void theMessagesOfACallAreSaidOnATopicOfTheirOwnWithoutItsCaller() throws Exception {
        UdpPhone.Leg leg = phone.leg().invite();
        Envelope invite = suite.awaitInvite(leg);
        suite.say(invite, CallRejected.of((InviteReceived) invite.record(), RefusalReason.CALLER_RATE,
                OptionalInt.of(77), "rate-limiter", Optional.empty(), List.of()));
        Message refusal = leg.await(480);
        leg.ackRefusal(refusal);

        List<CallMessage> said = new CopyOnWriteArrayList<>();
        try (var tail = new TopicTail(kafka.address, "ladder", List.of(Topics.CALL_MESSAGES), new TopicTail.From.Beginning(), record -> {
            try {
                said.add(EventJson.MAPPER.readValue(record.value(), CallMessage.class));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        })) {
            tail.start();
            long end = System.currentTimeMillis() + PATIENCE_MILLIS;
            while (said.stream().noneMatch(message -> message.text().startsWith("ACK ")) && System.currentTimeMillis() < end) {
                Thread.sleep(20);
            }
        }
        assertThat(said).allMatch(message -> message.callId().equals(invite.callId()) && message.edge().equals("edge-1"));
        assertThat(said.stream().map(message -> message.text().lines().findFirst().orElse("").split(" ")[0] + (message.sent() ? " sent" : "")))
                .containsSubsequence("INVITE", "SIP/2.0 sent", "ACK");
        assertThat(said).anyMatch(message -> message.sent() && message.text().startsWith("SIP/2.0 480"));
        assertThat(said).noneMatch(message -> message.text().contains("Anna") || message.text().contains(UdpPhone.CALLER.replace("+", "")));
        assertThat(said).allMatch(message -> message.transport().equals("udp") && message.local().endsWith(":" + SIP));
    }
}
