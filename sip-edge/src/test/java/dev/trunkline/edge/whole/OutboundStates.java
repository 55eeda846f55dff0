package dev.trunkline.edge.whole;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallerIdPlace;
import dev.trunkline.events.CallerIdPolicy;
import dev.trunkline.events.Dialling;
import dev.trunkline.events.NumberForm;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.OutboundTrunkState;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.Topics;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.TrunkRegistration;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealedTrunkAccounts;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.TrunkAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The router's side of outbound trunks: it announces them, and reads their states. */
final class OutboundStates implements AutoCloseable {
    private static final SealedTrunkAccounts SEALS =
            new SealedTrunkAccounts(new Sealer(RunningEdge.SEAL_KEY, new SecureRandom()));

    /** States by trunk and edge. */
    final Map<String, OutboundTrunkState> states = new ConcurrentHashMap<>();
    private final CallEventPublisher publisher;
    private final TopicTail tail;

    OutboundStates(KafkaAddress kafka) {
        publisher = new CallEventPublisher(kafka, "test-outbound");
        tail = new TopicTail(kafka, "test-outbound-tail", List.of(Topics.OUTBOUND_STATES), new TopicTail.From.Beginning(), this::hear)
                .start();
    }

    private void hear(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            states.remove(message.key());
            return;
        }
        try {
            states.put(message.key(), EventJson.MAPPER.readValue(message.value(), OutboundTrunkState.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param registers whether to register the trunk, for 60 s, as +3225550199 */
    static OutboundTrunk trunk(String id, List<TrunkGateway> gateways, Optional<String> inbound, String password, boolean registers) {
        return new OutboundTrunk(
                id, id, Optional.empty(), gateways, Optional.empty(), inbound,
                Optional.of(SEALS.seal(id, new TrunkAccount(
                        "anna", Optional.of(password), Optional.empty(), Optional.empty(), Optional.empty()))),
                registers ? Optional.of(new TrunkRegistration(60, Optional.of("+3225550199"))) : Optional.empty(),
                new CallerIdPolicy(CallerIdPlace.FROM, Optional.empty(), false, Optional.empty(), Optional.empty()),
                new Dialling(NumberForm.E164, Optional.empty(), "", "", Optional.empty()), List.of(), SrtpUse.OFF, OptionalInt.empty(),
                OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static TrunkGateway gateway(String host, int port) {
        return new TrunkGateway(host, OptionalInt.of(port), Optional.of("udp"), 0, 1);
    }

    void announce(OutboundTrunk trunk) throws Exception {
        send(trunk.id(), EventJson.MAPPER.writeValueAsBytes(trunk));
    }

    void withdraw(String id) throws Exception {
        send(id, null);
    }

    private void send(String id, byte[] value) throws Exception {
        publisher.send(new ProducerRecord<>(Topics.OUTBOUND_TRUNKS, id, value)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    OutboundTrunkState await(String trunk, String edge, Predicate<OutboundTrunkState> fits) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (System.nanoTime() < end) {
            OutboundTrunkState state = states.get(trunk + "/" + edge);
            if (state != null && fits.test(state)) {
                return state;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("it was not said of " + trunk + " by " + edge + ": " + states);
    }

    static boolean registered(OutboundTrunkState state) {
        return state.registration().filter(registration -> registration.registered()).isPresent();
    }

    @Override
    public void close() {
        tail.close();
        publisher.close();
    }
}
