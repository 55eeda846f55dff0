package dev.trunkline.relay.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.AgentMissed;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RoomGiven;
import dev.trunkline.events.TransferConsulting;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Selects the events of this relay's calls from those that are read, by key and type, without parsing the rest. */
final class CallTail implements Consumer<ConsumerRecord<String, byte[]>> {
    private static final Logger LOG = Logger.getLogger(CallTail.class);
    private static final Set<String> LAST = types(CallEnded.class, CallRejected.class);
    private static final Set<String> WANTED = types(
            CallEnded.class, CallRejected.class, MediaReady.class, MediaOffered.class, MediaLost.class, CallAnswered.class,
            DtmfReceived.class, LegRinging.class, AgentUnavailable.class, AgentMissed.class, TransferStarted.class,
            TransferConsulting.class, TransferSucceeded.class, TransferFailed.class);

    private static final String ROOM_GIVEN = EventTypes.nameOf(RoomGiven.class);

    private final Calls calls;
    private final GivenRooms rooms;
    private final ContainedFaults faults;

    /**
     * @param rooms receives the rooms that are given, whether or not the call is here already
     * @param faults receives whatever an event made its reader throw; the events behind it are read nevertheless
     */
    CallTail(Calls calls, GivenRooms rooms, ContainedFaults faults) {
        this.calls = calls;
        this.rooms = rooms;
        this.faults = faults;
    }

    @SafeVarargs
    private static Set<String> types(Class<? extends CallRecord>... records) {
        return Stream.of(records).map(EventTypes::nameOf).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void accept(ConsumerRecord<String, byte[]> message) {
        try {
            take(message);
        } catch (Throwable fault) {
            faults.caught("call-tail", fault);
        }
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        String type = CallEventCodec.typeOf(message).orElse("");
        if (message.key() != null && type.equals(ROOM_GIVEN)) {
            given(message);
            return;
        }
        if (message.key() == null || !WANTED.contains(type)) {
            return;
        }
        boolean last = LAST.contains(type);
        if (last) {
            faults.guarded("call-tail", () -> calls.ended(message.key())).run();
        }
        Optional<RelayedCall> call = calls.hearing(message.key(), message.offset());
        if (call.isPresent()) {
            tell(call.get(), message, last);
        }
    }

    /** Its call may not be here yet: the dispatcher reacts to the same admission that the relay reads. */
    private void given(ConsumerRecord<String, byte[]> message) {
        try {
            CallEventCodec.decode(message).ifPresent(envelope -> {
                if (envelope.record() instanceof RoomGiven said) {
                    rooms.said(message.key(), said.room());
                }
            });
        } catch (UnreadableEventException e) {
            LOG.errorf("call=%s an event of the call cannot be read: %s", message.key(), e.getMessage());
        }
    }

    /** @param last a call whose last event cannot be read is over nevertheless */
    private void tell(RelayedCall call, ConsumerRecord<String, byte[]> message, boolean last) {
        try {
            CallEventCodec.decode(message).ifPresent(call::heard);
            return;
        } catch (UnreadableEventException e) {
            LOG.errorf("call=%s an event of the call cannot be read: %s", message.key(), e.getMessage());
        } catch (Throwable fault) {
            faults.caught("call-tail", fault);
        }
        if (last) {
            call.over();
        }
    }
}
