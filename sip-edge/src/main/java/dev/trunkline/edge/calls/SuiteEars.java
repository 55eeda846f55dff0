package dev.trunkline.edge.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.outbound.PartingReader;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerCall;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnnounced;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CompleteTransfer;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.HeadersChanged;
import dev.trunkline.events.JoinCalls;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
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

/** Reads every event and command of the suite and picks out those of this edge's calls, by key, unparsed. */
public final class SuiteEars {
    private static final Logger LOG = Logger.getLogger(SuiteEars.class);
    private static final Set<String> HEARD = Stream.<Class<? extends CallRecord>>of(
                    CallRouted.class, CallAdmitted.class, CallForwarded.class, CallRejected.class, MediaReady.class, MediaRefused.class,
                    AgentJoined.class, AgentLeft.class, AgentUnavailable.class, CallAnnounced.class, HeadersChanged.class, CallHeartbeat.class, CallEnded.class, EndCall.class, AnswerCall.class, CompleteTransfer.class, TransferStarted.class,
                    TransferSucceeded.class, TransferFailed.class, JoinCalls.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> HEARD_TOO_LATE =
            Set.of(EventTypes.nameOf(CallAdmitted.class), EventTypes.nameOf(MediaReady.class));

    private final Calls calls;
    private final LateRelays lateRelays;
    private static final Set<String> LAST = Set.of(EventTypes.nameOf(CallEnded.class), EventTypes.nameOf(CallRejected.class));

    /** For a call that is not known here: if it is outbound, it may be this edge's to place. */
    private static final Set<String> BEGINNING = Set.of(EventTypes.nameOf(CallAdmitted.class));

    private final SdpKeys keys;
    private final Legs legs;
    private final PartingReader parting;
    private final ContainedFaults faults;

    /**
     * @param keys opens those that are for phones
     * @param parting reads the headers that a BYE or a REFER is to have
     * @param legs told of admissions of calls that are not known
     */
    public SuiteEars(Calls calls, LateRelays lateRelays, SdpKeys keys, Legs legs, PartingReader parting, ContainedFaults faults) {
        this.parting = parting;
        this.legs = legs;
        this.faults = faults;
        this.keys = keys;
        this.calls = calls;
        this.lateRelays = lateRelays;
    }

    /** Called for every record of the suite, on one thread, which survives whatever one record does to it. */
    public void accept(ConsumerRecord<String, byte[]> message) {
        try {
            hear(message);
        } catch (Throwable fault) {
            faults.caught("call-tail", fault);
        }
    }

    private void hear(ConsumerRecord<String, byte[]> message) {
        Optional<Call> call = calls.byKey(message.key());
        if (call.isPresent()) {
            read(message, HEARD, envelope -> told(call.get(), envelope));
            return;
        }
        if (message.key() != null && calls.partners().any(message.key())) {
            read(message, LAST, legs::hearLast);
        }
        if (lateRelays.remembers(message.key())) {
            read(message, HEARD_TOO_LATE, lateRelays::hear);
        } else if (message.key() != null) {
            read(message, BEGINNING, legs::hear);
        }
    }

    private void told(Call call, Envelope envelope) {
        if (envelope.record() instanceof JoinCalls said) {
            call.on(said);
            return;
        }
        if (envelope.record() instanceof TransferStarted started) {
            legs.hear(call, started);
        }
        calls.phoneTransfers().hear(envelope.record());
        // Before the end that brings them.
        parting.read(envelope.record()).ifPresent(known -> call.on(new CallInput.PartingKnown(known)));
        call.on(new CallInput.Told(keys.opened(envelope)));
    }

    private static void read(ConsumerRecord<String, byte[]> message, Set<String> types, Consumer<Envelope> told) {
        if (CallEventCodec.typeOf(message).filter(types::contains).isEmpty()) {
            return;
        }
        try {
            CallEventCodec.decode(message).ifPresent(told);
        } catch (UnreadableEventException e) {
            LOG.errorf("call=%s a record at %s-%d offset %d is ignored: %s", message.key(), message.topic(),
                    message.partition(), message.offset(), e.getMessage());
        }
    }
}
