package dev.trunkline.dispatcher.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.metrics.DispatcherMetrics;
import dev.trunkline.dispatcher.watch.Effect;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentDispatched;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.UnreadableEventException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TellingTest {
    private static final Agent DEMO = new Agent("demo", "");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final AgentDispatches nowhere =
            new AgentDispatches(URI.create("http://127.0.0.1:1"), "key", "a-secret-for-tests-of-32-characters");
    private final Envelopes envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);
    private final DispatcherTools tools = new DispatcherTools(
            nowhere, new CallEventPublisher(producer), envelopes, Clock.systemUTC(),
            new RecordAges(Clock.systemUTC(), () -> Duration.ofHours(1)), new DispatcherMetrics(registry),
            Runnable::run, timers, () -> CompletableFuture.completedFuture(null), new ContainedFaults(registry));
    private final CallId call = new CallId(UUID.randomUUID());
    private final CallAdmitted admitted = new CallAdmitted(
            call, Routes.route(call, "room", 30, List.of(DEMO, DEMO), Optional.empty(), List.of()), List.of(), 30);
    private final Envelope cause = envelopes.first(admitted, Envelope.Owners.NONE);

    @AfterEach
    void stop() {
        timers.shutdownNow();
        nowhere.close();
    }

    /** Returns the events published since this was last called. */
    private List<Envelope> said() throws UnreadableEventException {
        List<Envelope> said = new ArrayList<>();
        for (var sent : producer.history()) {
            var message = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
            sent.headers().forEach(message.headers()::add);
            said.add(CallEventCodec.decode(message).orElseThrow());
        }
        producer.clear();
        return said;
    }

    private void tellFourDispatches() {
        var telling = new Telling(Wanted.of(cause, admitted), tools);
        for (int seat = 0; seat < 2; seat++) {
            for (int attempt = 1; attempt <= 2; attempt++) {
                telling.dispatched(new Effect.TellDispatched(seat, "AD_" + attempt, attempt), DEMO, Duration.ofMillis(20));
            }
        }
    }

    @Test
    void eachAttemptHasAnIdOfItsOwnAndTheSameOneAfterARestart() throws Exception {
        tellFourDispatches();
        List<Envelope> first = said();
        tellFourDispatches();
        assertThat(first).extracting(Envelope::id).doesNotHaveDuplicates().hasSize(4);
        assertThat(said()).extracting(Envelope::id).isEqualTo(first.stream().map(Envelope::id).toList());
        assertThat(first).extracting(said -> ((AgentDispatched) said.record()).attempt().orElseThrow())
                .containsExactly(1, 2, 1, 2);
    }

    @Test
    void whatLiveKitKnowsIsAddedUnlessItIsSaidAlready() throws Exception {
        var telling = new Telling(Wanted.of(cause, admitted), tools);
        telling.unavailable(new Effect.TellUnavailable(List.of("demo"), 9, "Nobody came."), Optional.of("it is full"));
        telling.unavailable(new Effect.TellUnavailable(List.of("demo"), 9, "It is full: it is full."), Optional.of("it is full"));
        assertThat(said()).extracting(said -> ((AgentUnavailable) said.record()).why())
                .containsExactly("Nobody came. LiveKit says that it is full.", "It is full: it is full.");
    }
}
