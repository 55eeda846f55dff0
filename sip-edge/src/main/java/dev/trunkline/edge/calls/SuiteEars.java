package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.CallInput;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Hears every event and command of the suite and picks out those of this edge's calls, by key, unparsed. */
public final class SuiteEars {
    private static final Logger LOG = Logger.getLogger(SuiteEars.class);
    private static final Set<String> HEARD = Stream.<Class<? extends CallRecord>>of(
                    CallAdmitted.class, CallRejected.class, MediaReady.class, AgentJoined.class,
                    AgentUnavailable.class, CallHeartbeat.class, CallEnded.class, EndCall.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    private final Calls calls;

    public SuiteEars(Calls calls) {
        this.calls = calls;
    }

    /** Called for every record of the suite, on one thread. */
    public void accept(ConsumerRecord<String, byte[]> message) {
        calls.byKey(message.key()).ifPresent(call -> {
            if (CallEventCodec.typeOf(message).filter(HEARD::contains).isPresent()) {
                tell(call, message);
            }
        });
    }

    private static void tell(Call call, ConsumerRecord<String, byte[]> message) {
        try {
            CallEventCodec.decode(message).ifPresent(envelope -> call.on(new CallInput.Told(envelope)));
        } catch (UnreadableEventException e) {
            LOG.errorf("call=%s a record at %s-%d offset %d is passed over: %s", message.key(), message.topic(),
                    message.partition(), message.offset(), e.getMessage());
        }
    }
}
