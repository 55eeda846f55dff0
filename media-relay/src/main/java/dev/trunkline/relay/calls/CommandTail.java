package dev.trunkline.relay.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.TransferCall;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Selects the commands for this relay's calls from those that are read, by key and type, without parsing the rest. */
final class CommandTail implements Consumer<ConsumerRecord<String, byte[]>> {
    private static final Logger LOG = Logger.getLogger(CommandTail.class);
    private static final String TRANSFER = EventTypes.nameOf(TransferCall.class);

    private final Calls calls;
    private final ContainedFaults faults;

    /** @param faults receives whatever a command made its reader throw; the commands behind it are read nevertheless */
    CommandTail(Calls calls, ContainedFaults faults) {
        this.calls = calls;
        this.faults = faults;
    }

    @Override
    public void accept(ConsumerRecord<String, byte[]> message) {
        try {
            if (message.key() != null && CallEventCodec.typeOf(message).equals(Optional.of(TRANSFER))) {
                Optional<RelayedCall> call = calls.find(message.key());
                if (call.isPresent()) {
                    CallEventCodec.decode(message).ifPresent(call.get()::heard);
                }
            }
        } catch (UnreadableEventException e) {
            LOG.errorf("call=%s a command for the call cannot be read: %s", message.key(), e.getMessage());
        } catch (Throwable fault) {
            faults.caught("command-tail", fault);
        }
    }
}
