package dev.trunkline.events.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.Topics;
import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.events.sounds.SoundRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class SoundRecordsTest {
    private static final SoundRecord SOUND =
            new SoundRecord(new SoundKey("org", "welcome", "nl-BE"), true, "audio/wav", "00ff", new byte[] {1, 2, 3});

    @Test
    void whatIsWrittenIsRead() throws Exception {
        SoundRecord read = SoundRecords.decode(received(SoundRecords.encode(SOUND)));

        assertThat(read).usingRecursiveComparison().isEqualTo(SOUND);
        assertThat(SoundRecords.encode(SOUND).key()).isEqualTo("org/welcome/nl-BE");
        assertThat(SoundRecords.tombstone("org/welcome/nl-BE").value()).isNull();
    }

    @Test
    void whatSomebodyElseWroteIsRefusedInWords() {
        ProducerRecord<String, byte[]> bare = new ProducerRecord<>(Topics.SOUNDS, "org/welcome/nl", new byte[] {1});
        assertThatThrownBy(() -> SoundRecords.decode(received(bare))).hasMessage("header default-language is missing");
        ProducerRecord<String, byte[]> named = new ProducerRecord<>(Topics.SOUNDS, "welcome", new byte[] {1});
        assertThatThrownBy(() -> SoundRecords.decode(received(named))).hasMessage("the key is not that of a sound");
    }

    private static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> sent) {
        var received = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(received.headers()::add);
        return received;
    }
}
