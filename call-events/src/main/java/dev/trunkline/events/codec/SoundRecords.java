package dev.trunkline.events.codec;

import dev.trunkline.events.Topics;
import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.events.sounds.SoundRecord;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Sounds as they travel on the topic {@code sounds}: the file is the value, everything else is in key and headers. */
public final class SoundRecords {
    private static final String CONTENT_TYPE = "content-type";
    private static final String DEFAULT_LANGUAGE = "default-language";
    private static final String SHA256 = "sha256";

    private SoundRecords() {}

    public static ProducerRecord<String, byte[]> encode(SoundRecord sound) {
        var message = new ProducerRecord<>(Topics.SOUNDS, sound.key().text(), sound.file());
        put(message, CONTENT_TYPE, sound.contentType());
        put(message, DEFAULT_LANGUAGE, Boolean.toString(sound.isDefault()));
        put(message, SHA256, sound.sha256());
        return message;
    }

    /** Returns a record that says that the sound of this key is gone. */
    public static ProducerRecord<String, byte[]> tombstone(String key) {
        return new ProducerRecord<>(Topics.SOUNDS, key, null);
    }

    private static void put(ProducerRecord<String, byte[]> message, String header, String value) {
        message.headers().add(header, value.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a message that is not a tombstone.
     *
     * @throws UnreadableEventException with a message that says what is wrong with it
     */
    public static SoundRecord decode(ConsumerRecord<String, byte[]> message) throws UnreadableEventException {
        Optional<SoundKey> key = Optional.ofNullable(message.key()).flatMap(SoundKey::parse);
        if (key.isEmpty() || message.value() == null) {
            throw new UnreadableEventException("the key is not that of a sound");
        }
        return new SoundRecord(
                key.get(), header(message, DEFAULT_LANGUAGE).equals("true"), header(message, CONTENT_TYPE), header(message, SHA256),
                message.value());
    }

    private static String header(ConsumerRecord<String, byte[]> message, String name) throws UnreadableEventException {
        Header header = message.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            throw new UnreadableEventException("header " + name + " is missing");
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
