package dev.trunkline.limiter.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.limiter.admission.CallCard;
import dev.trunkline.limiter.ledger.CallLedger;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes on the topic {@code live-calls} which calls hold a slot. It never blocks, and nothing waits for it: it has its own
 * producer. That producer keeps the order in which it gets the records, and one limiter handles a call's events one after another, so a
 * tombstone does not overtake its call. If the partition moves to another limiter before the first has sent everything, a tombstone may
 * do so; {@link LiveKeeper} corrects that. Thread-safe.
 */
public final class LiveCalls {
    /** What the heartbeat of an inbound call does not report. */
    private static final TrunkRef NO_TRUNK = new TrunkRef("", "");

    private final CallEventPublisher publisher;
    private final LiveTable table;
    private final CallLedger ledger;
    private final BooleanSupplier topicIsRead;

    /** @param topicIsRead whether the table contains everything that is on the topic now */
    public LiveCalls(CallEventPublisher publisher, LiveTable table, CallLedger ledger, BooleanSupplier topicIsRead) {
        this.publisher = publisher;
        this.table = table;
        this.ledger = ledger;
        this.topicIsRead = topicIsRead;
    }

    /** Takes in a record of the topic, from any limiter. */
    public static void hear(LiveTable table, ConsumerRecord<String, byte[]> message) {
        CallId callId = CallId.of(message.key());
        if (message.value() == null) {
            table.remove(callId);
        } else {
            table.add(callId, Optional.empty());
        }
    }

    /** The call was admitted. */
    public void admitted(CallId callId, CallCard card, Instant at) {
        say(card.live(callId, at), Optional.of(new LiveTable.Own(card, at)));
    }

    /** The call is over: it holds no slot. @param slot whether it held one until now */
    public void over(CallId callId, boolean slot) {
        if (slot || table.has(callId)) {
            gone(callId);
        }
    }

    /**
     * The call holds a slot according to this heartbeat. It is published again if the topic does not have it.
     *
     * @param rebuilt whether Redis had lost the call
     */
    public void beat(CallHeartbeat heartbeat, boolean rebuilt, Instant at) {
        CallId callId = heartbeat.callId();
        if (rebuilt) {
            table.own(callId).ifPresent(own -> ledger.keep(callId, own.card(), own.admittedAt()));
        }
        if (!table.has(callId) && topicIsRead.getAsBoolean()) {
            again(callId, Optional.of(as(heartbeat, at)));
        }
    }

    /** Returns as much of a call as its heartbeat reports. */
    private static LiveCall as(CallHeartbeat heartbeat, Instant at) {
        var organisation = new OrganisationRef(heartbeat.organisationId(), heartbeat.organisationId());
        return new LiveCall(
                heartbeat.callId(), organisation, heartbeat.number(), heartbeat.outboundTrunk().orElse(NO_TRUNK), heartbeat.agentPool(),
                Optional.empty(), at, heartbeat.outboundTrunk().map(out -> CallDirection.OUTBOUND));
    }

    /**
     * Publishes a call again, if it still holds a slot.
     *
     * @param otherwise its entry to use if Redis does not know the call any more
     * @return whether it was published
     */
    CompletionStage<Boolean> again(CallId callId, Optional<LiveCall> otherwise) {
        return ledger.live(callId, otherwise).thenApply(live -> {
            live.ifPresent(call -> say(call, Optional.empty()));
            return live.isPresent();
        });
    }

    private void say(LiveCall call, Optional<LiveTable.Own> own) {
        table.add(call.callId(), own);
        // A record that Kafka did not accept is not on the topic: the keeper finds it missing there, and publishes it again.
        send(call.callId(), json(call)).exceptionally(failure -> {
            table.remove(call.callId());
            return null;
        });
    }

    /** Withdraws a call. */
    void gone(CallId callId) {
        table.remove(callId);
        send(callId, null).exceptionally(failure -> {
            table.add(callId, Optional.empty());
            return null;
        });
    }

    private CompletionStage<Void> send(CallId callId, byte[] value) {
        return publisher.send(new ProducerRecord<>(Topics.LIVE_CALLS, callId.toString(), value));
    }

    private static byte[] json(LiveCall call) {
        try {
            return EventJson.MAPPER.writeValueAsBytes(call);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a live call cannot be written as JSON", e);
        }
    }
}
