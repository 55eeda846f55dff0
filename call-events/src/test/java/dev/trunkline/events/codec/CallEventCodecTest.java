package dev.trunkline.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallEventCodecTest {
    private static final String CALL = "019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e";
    private final Envelope held = new Envelope(
            UUID.randomUUID(), "/media-relay/relay-1", Instant.parse("2026-03-02T09:15:30.125Z"),
            Envelope.Owners.edge("edge-1").withRelay("relay-1"), "00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01",
            new CallHeld(CallId.of(CALL)));

    private ConsumerRecord<String, byte[]> received() {
        return received(CallEventCodec.encode(held));
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent) {
        var message = new ConsumerRecord<>(sent.topic(), 0, 7, sent.key(), sent.value());
        sent.headers().forEach(message.headers()::add);
        return message;
    }

    @Test
    void whatIsSentIsReceived() throws Exception {
        assertThat(CallEventCodec.decode(received())).hasValue(held);
        assertThat(new String(received().value(), StandardCharsets.UTF_8)).isEqualTo("{\"callId\":\"" + CALL + "\"}");
    }

    @Test
    void eventsAndCommandsHaveTheirTopics() {
        assertThat(CallEventCodec.encode(held).topic()).isEqualTo("call-events");
        Envelope end = new Envelope(
                held.id(), held.source(), held.time(), Envelope.Owners.NONE, held.traceparent(),
                new EndCall(CallId.of(CALL), EndReason.REQUESTED, "console", ""));
        ProducerRecord<String, byte[]> command = CallEventCodec.encode(end);
        assertThat(command.topic()).isEqualTo("call-commands");
        assertThat(command.headers().lastHeader("ce_edge")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev.trunkline.call.held.v2", "com.example.other", ""})
    void anUnknownTypeIsPassedOver(String type) throws Exception {
        ConsumerRecord<String, byte[]> message = received();
        replace(message, "ce_type", type);
        assertThat(CallEventCodec.decode(message)).isEmpty();
        assertThat(CallEventCodec.typeOf(message)).hasValue(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_type", "ce_id", "ce_time"})
    void aMissingHeaderIsUnreadable(String header) {
        ConsumerRecord<String, byte[]> message = received();
        message.headers().remove(header);
        assertUnreadable(message, "header " + header + " is missing");
    }

    @ParameterizedTest
    @CsvSource({"ce_id,not-a-uuid", "ce_id,''", "ce_time,yesterday", "ce_time,''"})
    void aGarbageHeaderIsUnreadable(String header, String value) {
        ConsumerRecord<String, byte[]> message = received();
        replace(message, header, value);
        assertUnreadable(message, "ce_id or ce_time is malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{", "[]", "7", "\"text\"", "{}", "{\"callId\":null}", "{\"callId\":\"1234\"}", "{\"callId\":{}}",
        "\u0000\u0001"
    })
    void garbageDataIsUnreadable(String data) {
        assertUnreadable(withValue(data.getBytes(StandardCharsets.UTF_8)), "the data is not a CallHeld");
    }

    @Test
    void whatKafkaWouldNotHaveTakenIsNotParsed() {
        assertUnreadable(withValue(new byte[CallEventCodec.LONGEST_VALUE + 1]), "the value is longer than 1048576 octets");
    }

    @Test
    void nullsAreUnreadable() {
        assertUnreadable(withValue(null), "the value is missing");
        assertUnreadable(withValue("null".getBytes(StandardCharsets.UTF_8)), "the data is not an object");
    }

    @Test
    void aKeyOfAnotherCallIsUnreadable() {
        ConsumerRecord<String, byte[]> good = received();
        var message = new ConsumerRecord<>(good.topic(), 0, 7, UUID.randomUUID().toString(), good.value());
        good.headers().forEach(message.headers()::add);
        assertUnreadable(message, "the key is not the callId of the data");
    }

    @Test
    void whatIsWrongIsSaidWithoutQuotingTheData() {
        assertThatThrownBy(() -> CallEventCodec.decode(withValue("{\"callId\":\"+4991874350352\"}".getBytes())))
                .hasMessageNotContaining("4350352")
                .hasNoCause();
    }

    @Test
    void aHeaderWithoutValueIsNone() {
        ConsumerRecord<String, byte[]> message = received();
        message.headers().remove("ce_edge").add("ce_edge", null);
        assertThat(CallEventCodec.text(message.headers(), "ce_edge")).isEmpty();
    }

    private ConsumerRecord<String, byte[]> withValue(byte[] value) {
        var message = new ConsumerRecord<>("call-events", 0, 7, CALL, value);
        received().headers().forEach(message.headers()::add);
        return message;
    }

    private static void replace(ConsumerRecord<String, byte[]> message, String header, String value) {
        message.headers().remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertUnreadable(ConsumerRecord<String, byte[]> message, String reason) {
        assertThatThrownBy(() -> CallEventCodec.decode(message))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage(reason);
    }
}
