package dev.trunkline.edge.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallPartition;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.edge.outbound.Dialler;
import dev.trunkline.edge.outbound.GatewayDialler;
import dev.trunkline.edge.outbound.OutboundParts;
import dev.trunkline.edge.outbound.OutboundTimes;
import dev.trunkline.edge.outbound.OutboundTrunks;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.edge.trunks.Trunks;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.SealedTrunkAccounts;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.DelayThread;
import dev.trunkline.sip.SipStack;
import dev.trunkline.sip.UserAgentClient;
import dev.trunkline.sip.gateway.GatewayWatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Assembles the outbound trunks: their topic, their thread, their published states. */
final class Outbound implements AutoCloseable {
    private static final Duration SAY = Duration.ofSeconds(30);
    /** For the last REGISTER of each. */
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final DelayThread thread;
    private final OutboundTrunks trunks;
    private final TopicTail tail;
    private final String edge;
    private final CallEventPublisher publisher;

    /**
     * @param partitions how many the calls' topics have; 0 until that is known
     * @param owned which of them are this edge's
     */
    Outbound(
            EdgeParts parts,
            KafkaAddress kafka,
            Sealer sealer,
            SipStack stack,
            CallEventPublisher publisher,
            Trunks inbound,
            IntSupplier partitions,
            Supplier<Set<Integer>> owned) {
        EdgeSettings.Outbound settings = parts.settings().sip().outbound();
        this.edge = parts.settings().instance();
        this.publisher = publisher;
        thread = new DelayThread("outbound-trunks", parts.faults()::caught);
        var watch = new GatewayWatch(
                settings.ping(), settings.pingWhileDown(), settings.pingPatience(), settings.downAfter(), settings.upAfter());
        var times = new OutboundTimes(watch, parts.settings().sip().hostNames(), settings.takeOver(), SAY);
        trunks = OutboundTrunks.of(
                EventJson.MAPPER,
                new SealedTrunkAccounts(sealer),
                new OutboundParts(edge, stack, thread, times, parts.metrics().outbound(), this::say, parts.clock(), System::nanoTime,
                        parts.random()),
                stack::locate,
                addresses -> inbound.gateways(addresses.inbound(), addresses.outbound()),
                id -> partitions.getAsInt() > 0 && owned.get().contains(CallPartition.of(id, partitions.getAsInt())));
        tail = new TopicTail(kafka, edge + "-outbound-trunks", List.of(Topics.OUTBOUND_TRUNKS), new TopicTail.From.Beginning(),
                message -> parts.faults().guarded("outbound-tail", () -> trunks.accept(message)).run(), parts.faults());
    }

    private void say(String trunkId, Optional<OutboundTrunkState> state) {
        try {
            byte[] value = state.isEmpty() ? null : EventJson.MAPPER.writeValueAsBytes(state.get());
            publisher.send(new ProducerRecord<>(Topics.OUTBOUND_STATES, trunkId + "/" + edge, value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state that cannot be written as JSON", e);
        }
    }

    /** Carries INVITEs to the gateways of these trunks. */
    Dialler dialler(UserAgentClient client, SealedTargets targets, TimerPolicy timers, Duration patience) {
        return new GatewayDialler(client, trunks, targets, timers, thread, patience, tail::healthy);
    }

    void start() {
        tail.start();
    }

    /** Completes when the trunks were read and their gateways looked up once, or that took too long. */
    CompletionStage<Void> settled() {
        return tail.caughtUp()
                .thenCompose(read -> trunks.settled())
                .toCompletableFuture()
                .completeOnTimeout(null, Trust.FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    void opened() {
        trunks.opened();
    }

    void shared() {
        trunks.shared();
    }

    List<String> complaints() {
        return trunks.complaints();
    }

    /** Removes the bindings, while SIP still takes the answers. */
    @Override
    public void close() {
        tail.close();
        try {
            trunks.close().toCompletableFuture().get(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The bindings expire by themselves.
        }
        thread.close();
    }
}
