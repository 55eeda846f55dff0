package dev.trunkline.relay.sounds;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.codec.SoundRecords;
import dev.trunkline.events.codec.UnreadableEventException;
import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.events.sounds.SoundLimits;
import dev.trunkline.events.sounds.SoundRecord;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Updates the library from the topic {@code sounds}. */
public final class SoundTail implements Consumer<ConsumerRecord<String, byte[]>> {
    private static final Logger LOG = Logger.getLogger(SoundTail.class);

    private final SoundLibrary library;
    private final ContainedFaults faults;

    /** @param faults receives whatever a record made its reader throw; the records behind it are read nevertheless */
    public SoundTail(SoundLibrary library, ContainedFaults faults) {
        this.library = library;
        this.faults = faults;
    }

    @Override
    public void accept(ConsumerRecord<String, byte[]> message) {
        try {
            if (message.value() == null) {
                Optional.ofNullable(message.key()).flatMap(SoundKey::parse).ifPresent(library::remove);
            } else {
                take(SoundRecords.decode(message));
            }
        } catch (UnreadableEventException e) {
            LOG.errorf("a sound at offset %d cannot be read: %s", message.offset(), e.getMessage());
        } catch (Throwable fault) {
            faults.caught("sound-tail", fault);
        }
    }

    private void take(SoundRecord sound) {
        if (sound.file().length > SoundLimits.MOST_OCTETS || !library.put(sound)) {
            LOG.errorf("sound=%s does not fit and will not be played to callers: all sounds together may have %d MiB",
                    sound.key().text(), SoundLibrary.MOST_OCTETS >> 20);
        }
    }
}
