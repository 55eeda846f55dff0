package dev.trunkline.events.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import dev.trunkline.events.*;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * CloudEvents 1.0 in Kafka's binary content mode (CloudEvents Kafka protocol binding, section 3.2): attributes are
 * headers, the value is the data alone.
 */
public final class CallEventCodec {
    public static final String CE_TYPE = "ce_type";
    public static final String CE_EDGE = "ce_edge";
    public static final String CE_RELAY = "ce_relay";
    /** The largest record that Kafka's producer accepts; a longer value was not written by the suite. */
    public static final int LONGEST_VALUE = 1024 * 1024;
    private static final String CE_ID = "ce_id";
    private static final String CE_SOURCE = "ce_source";
    private static final String CE_TIME = "ce_time";
    private static final String CE_SPECVERSION = "ce_specversion";
    private static final String CE_SUBJECT = "ce_subject";
    private static final String CONTENT_TYPE = "content-type";
    private static final String TRACEPARENT = "traceparent";

    private CallEventCodec() {}

    public static ProducerRecord<String, byte[]> encode(Envelope envelope) {
        CallRecord record = envelope.record();
        String topic = record instanceof CallCommand ? Topics.COMMANDS : Topics.EVENTS;
        byte[] value;
        try {
            value = EventJson.MAPPER.writeValueAsBytes(record);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + record.getClass().getSimpleName(), e);
        }
        String key = envelope.callId().toString();
        var message = new ProducerRecord<>(topic, key, value);
        Headers headers = message.headers();
        put(headers, CE_SPECVERSION, "1.0");
        put(headers, CE_ID, envelope.id().toString());
        put(headers, CE_TYPE, EventTypes.nameOf(record.getClass()));
        put(headers, CE_SOURCE, envelope.source());
        put(headers, CE_SUBJECT, key);
        put(headers, CE_TIME, envelope.time().toString());
        envelope.owners().edge().ifPresent(edge -> put(headers, CE_EDGE, edge));
        envelope.owners().relay().ifPresent(relay -> put(headers, CE_RELAY, relay));
        put(headers, CONTENT_TYPE, "application/json");
        put(headers, TRACEPARENT, envelope.traceparent());
        return message;
    }

    /** Returns {@code ce_type}, without parsing the value; empty if there is none. */
    public static Optional<String> typeOf(ConsumerRecord<String, byte[]> message) {
        return text(message.headers(), CE_TYPE);
    }

    /** Returns a header as text, empty if there is none. */
    public static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /**
     * @return empty for a type that this version of the contract does not know, because newer senders may be running
     * @throws UnreadableEventException if the record claims to be a known event and is not
     */
    public static Optional<Envelope> decode(ConsumerRecord<String, byte[]> message) throws UnreadableEventException {
        Headers headers = message.headers();
        Optional<Class<? extends CallRecord>> type = EventTypes.named(required(headers, CE_TYPE));
        if (type.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (message.value() == null) {
                throw new UnreadableEventException("the value is missing");
            }
            if (message.value().length > LONGEST_VALUE) {
                throw new UnreadableEventException("the value is longer than " + LONGEST_VALUE + " octets");
            }
            CallRecord record = EventJson.MAPPER
                    .readerFor(type.get())
                    // A missing required field is rejected here, so it does not turn up as a null in a service.
                    .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .readValue(message.value());
            if (record == null) {
                throw new UnreadableEventException("the data is not an object");
            }
            if (message.key() != null && !message.key().equals(record.callId().toString())) {
                throw new UnreadableEventException("the key is not the callId of the data");
            }
            var owners = new Envelope.Owners(text(headers, CE_EDGE), text(headers, CE_RELAY));
            return Optional.of(new Envelope(
                    UUID.fromString(required(headers, CE_ID)),
                    text(headers, CE_SOURCE).orElse(""),
                    Instant.parse(required(headers, CE_TIME)),
                    owners,
                    text(headers, TRACEPARENT).orElse(""),
                    record));
        } catch (IOException e) {
            // Jackson's message can quote the value, and a sealed or damaged value does not belong in a log.
            throw new UnreadableEventException("the data is not a " + type.get().getSimpleName());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableEventException("ce_id or ce_time is malformed");
        }
    }

    private static String required(Headers headers, String name) throws UnreadableEventException {
        return text(headers, name).orElseThrow(() -> new UnreadableEventException("header " + name + " is missing"));
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
