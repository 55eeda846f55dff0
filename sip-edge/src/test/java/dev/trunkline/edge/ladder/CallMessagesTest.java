package dev.trunkline.edge.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallMessage;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.sip.net.Listener;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallMessagesTest {
    private static final Listener LISTENER = Listener.parse("udp:203.0.113.7:5060");
    private static final CallId CALL = new CallId(UUID.fromString("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e"));

    private final MockProducer<String, byte[]> kafka = new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final AtomicInteger leftOut = new AtomicInteger();
    private final List<CallMessage> others = new CopyOnWriteArrayList<>();
    private final CallMessages messages =
            new CallMessages("edge-1", kafka, InstantSource.system(), leftOut::incrementAndGet, others::add, ContainedFaults.logged());

    @AfterEach
    void close() {
        messages.close();
    }

    private static byte[] message(String sipCallId) {
        return ("INVITE sip:+3225550100@203.0.113.7 SIP/2.0\r\nFrom: <sip:+32470123456@pbx.example>;tag=a1\r\nCall-ID: %s\r\nCSeq: 1 INVITE\r\n\r\n"
                .formatted(sipCallId)).getBytes(StandardCharsets.UTF_8);
    }

    private void saw(String sipCallId) throws Exception {
        messages.saw(false, LISTENER, InetAddress.ofLiteral("198.51.100.4"), 5062, message(sipCallId));
    }

    private static void await(BooleanSupplier there) throws InterruptedException {
        for (int i = 0; i < 2_000 && !there.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(there.getAsBoolean()).isTrue();
    }

    @Test
    void aMessageThatCameBeforeItsCallHadAnIdIsSaidUnderIt() throws Exception {
        messages.start();
        saw("a@pbx");
        messages.named("a@pbx", CALL);
        await(() -> !kafka.history().isEmpty());
        var said = kafka.history().getFirst();
        assertThat(said.topic()).isEqualTo(Topics.CALL_MESSAGES);
        assertThat(said.key()).isEqualTo(CALL.toString());
        CallMessage message = EventJson.MAPPER.readValue(said.value(), CallMessage.class);
        assertThat(message.remote()).isEqualTo("198.51.100.4:5062");
        assertThat(message.local()).isEqualTo("203.0.113.7:5060");
        assertThat(message.transport()).isEqualTo("udp");
        assertThat(message.sent()).isFalse();
        assertThat(others).containsExactly(message);
        assertThat(new String(said.value(), StandardCharsets.UTF_8)).doesNotContain("32470123456").contains("xxxxxxxx456");
    }

    @Test
    void whatBelongsToNoCallIsNotSaid() throws Exception {
        messages.start();
        saw("stranger@pbx");
        messages.named("a@pbx", CALL);
        saw("a@pbx");
        await(() -> !kafka.history().isEmpty());
        assertThat(kafka.history()).hasSize(1);
    }

    @Test
    void ofOneCallNoMoreIsSaidThanItsShare() throws Exception {
        messages.start();
        messages.named("a@pbx", CALL);
        var other = new CallId(UUID.fromString("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6f"));
        messages.named("b@pbx", other);
        for (int i = 0; i < CallMessages.MOST_OF_A_CALL + 20; i++) {
            saw("a@pbx");
        }
        saw("b@pbx");
        await(() -> kafka.history().stream().anyMatch(said -> said.key().equals(other.toString())));
        assertThat(kafka.history()).filteredOn(said -> said.key().equals(CALL.toString())).hasSize(CallMessages.MOST_OF_A_CALL);
    }

    /** Nothing consumes the queue; the thread that reports messages is not blocked. */
    @Test
    void whatDoesNotFitIsLeftOutAndCounted() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            saw("a@pbx");
        }
        assertThat(leftOut.get()).isBetween(900, 1_000);
        assertThat(List.copyOf(kafka.history())).isEmpty();
    }
}
