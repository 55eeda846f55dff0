package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.edge.Requests;
import dev.trunkline.edge.call.CallFacts;
import dev.trunkline.edge.call.CallInput;
import dev.trunkline.edge.call.CallMachine;
import dev.trunkline.edge.call.CallTimes;
import dev.trunkline.edge.dialog.SealedDialogs;
import dev.trunkline.edge.dialog.SealedHeads;
import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.edge.relays.RelayEars;
import dev.trunkline.edge.relays.RelayPlaces;
import dev.trunkline.edge.relays.RelayTable;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Limits;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RateScope;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.Topics;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.codec.UnreadableEventException;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.sip.ClientTransaction;
import dev.trunkline.sip.ResponseHandler;
import dev.trunkline.sip.ServerTransaction;
import dev.trunkline.sip.UserAgentClient;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.message.SipResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Calls as the edge runs them, without a wire below and a broker above: what they send and publish is kept. */
final class CallsOfTests implements AutoCloseable {
    static final Duration HEARTBEAT = Duration.ofSeconds(3);
    /** After so long without a heartbeat a relay counts as lost: longer than any test takes. */
    static final Duration RELAY_SILENCE = Duration.ofMinutes(5);
    static final Trunk TRUNK = new Trunk("t1", "demo", List.of("203.0.113.0/24"), Optional.of("BE"), List.of());

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final ContainedFaults faults = new ContainedFaults(metrics);
    final KeptPartitions kept = new KeptPartitions(List.of(Topics.EVENTS, Topics.COMMANDS), () -> 4, System::nanoTime);
    final Calls calls = new Calls(kept);
    final MockProducer<String, byte[]> kafka =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    final List<OutgoingRequest> sent = new CopyOnWriteArrayList<>();
    /** The time up to which everything was read, on the scale of System.nanoTime; by default always now. */
    volatile LongSupplier readUntil = System::nanoTime;
    /** How far the clock of the relays' heartbeats is ahead. A test moves it: what passes by itself is not to silence a relay. */
    private final AtomicLong relayClockAhead = new AtomicLong();
    final RelayTable relays = new RelayTable(
            RELAY_SILENCE, Clock.systemUTC(), () -> System.nanoTime() + relayClockAhead.get(),
            () -> readUntil.getAsLong() + relayClockAhead.get());
    /** Relays whose places in their group were taken away. */
    final List<String> silent = new CopyOnWriteArrayList<>();
    final RelayEars relayEars = new RelayEars(relays, EventJson.MAPPER);
    final Timers timers = new Timers(faults);
    final CallParts parts;
    /** Throws the fault to be injected, or does nothing; runs each time the calls' machine reads the clock. */
    volatile Runnable fault = () -> {};
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final InviteReader reader;
    private final Envelopes suite = new Envelopes("/suite/1", Clock.systemUTC(), UUID::randomUUID);

    /** Creates an edge that ends a lost relay's calls immediately. */
    CallsOfTests() {
        this(Duration.ZERO);
    }

    /** @param takeOver time within which another relay takes over the call of a lost relay */
    CallsOfTests(Duration takeOver) {
        var clock = new FaultyClock();
        var sealer = new Sealer(new byte[32], new SecureRandom());
        var keys = new SdpKeys(sealer);
        var watch = new EdgeMetrics(metrics);
        var outbox = new Outbox(new CallEventPublisher(kafka), keys, watch, faults);
        var policy = new TimerPolicy(1800, 90);
        var times = new CallTimes(Duration.ofSeconds(1), Duration.ofSeconds(180), Duration.ofSeconds(2),
                HEARTBEAT, Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(10), takeOver);
        parts = new CallParts("edge-1", new CallMachine(times, policy, clock, new SecureRandom()), policy, new NoWire(),
                outbox, new Envelopes("/sip-edge/edge-1", Clock.systemUTC(), UUID::randomUUID),
                () -> UUID.randomUUID().toString(), new SealedDialogs(sealer, EventJson.MAPPER), timers, threads, clock,
                new LateRelays(Duration.ofSeconds(5), Duration.ofMinutes(2), timers, outbox, kept),
                () -> CompletableFuture.completedFuture(null), watch, faults,
                new Silence(System::nanoTime, () -> readUntil.getAsLong()), relays, (route, leg, tag, offer, outcome) -> () -> {},
                new KeptAcks(timers, Duration.ofSeconds(32)), new SealedTargets(sealer),
                new JoinLetters(sealer, EventJson.MAPPER, "edge-1"));
        reader = new InviteReader("edge-1", Duration.ofSeconds(20), new Pseudonyms(new byte[32]),
                new SealedCallers(sealer), new SealedHeads(sealer), Clock.systemUTC(), UUID::randomUUID, false);
    }

    /** Returns a warm-up that uses the same parts as these calls. */
    WarmUp warmUp() {
        return new WarmUp(reader, parts.machine(), parts.timerPolicy(),
                new SdpKeys(new Sealer(new byte[32], new SecureRandom())), parts.envelopes(), faults);
    }

    private final class FaultyClock extends Clock {
        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public java.time.Instant instant() {
            fault.run();
            return java.time.Instant.now();
        }
    }

    private final class NoWire implements UserAgentClient {
        @Override
        public ClientTransaction send(OutgoingRequest request, Consumer<SipResponse> outcome) {
            sent.add(request);
            return () -> {};
        }

        @Override
        public ClientTransaction send(OutgoingRequest request, ResponseHandler outcome) {
            sent.add(request);
            return () -> {};
        }

        @Override
        public void acknowledge(OutgoingRequest ack) {
            sent.add(ack);
        }
    }

    /** A request's transaction that throws an Error for some statuses, as a failing wire might. */
    static final class Waiting implements ServerTransaction {
        final List<Integer> statuses = new CopyOnWriteArrayList<>();
        private final SipRequest request;
        private final IntPredicate fails;

        Waiting(SipRequest request, IntPredicate fails) {
            this.request = request;
            this.fails = fails;
        }

        @Override
        public SipRequest request() {
            return request;
        }

        @Override
        public Duration waited() {
            return Duration.ZERO;
        }

        @Override
        public void respond(OutgoingResponse reply) {
            statuses.add(reply.status());
            if (fails.test(reply.status())) {
                throw new StackOverflowError("injected");
            }
        }

        @Override
        public void repeat() {}
    }

    /** A new call. */
    final class Begun {
        final Waiting invite;
        final Call call;
        final InviteReceived received;
        volatile int placesGivenBack;

        Begun(String callId, IntPredicate fails) {
            SipRequest request =
                    Requests.invite(callId, Requests.from("0475112233", "pbx", ""), new HashMap<>(Map.of()));
            invite = new Waiting(request, fails);
            CallFacts facts = reader.read(request, TRUNK, UUID.randomUUID().toString(), Duration.ZERO);
            received = facts.invite();
            call = Call.begin(facts, invite, parts, calls, new NewCallPlaces(() -> {}, () -> placesGivenBack++));
        }

        Begun admitted(AnswerPolicy policy) {
            var limits =
                    new Limits(new Limits.CallerRate(10, 3600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty());
            var routed = new CallRouted.Builder(received.callId(), received, new OrganisationRef("o", "o"), received.called(), new RuleRef("r", "r"), "room")
                    .config(EventJson.MAPPER.createObjectNode())
                    .limits(limits)
                    .answerPolicy(policy)
                    .patienceSeconds(20)
                    .build();
            return told(new CallAdmitted(received.callId(), routed, List.of(), 30));
        }

        Begun mediaReady() {
            return told(new MediaReady(received.callId(), "relay-1", "room", "PA_1", "v=0\r\n", "PCMU", 0));
        }

        Begun told(CallRecord record) {
            call.on(new CallInput.Told(
                    suite.first(record, Envelope.Owners.edge("edge-1").withRelay("relay-1"))));
            return this;
        }

        /** Returns the events that the edge published about the call, in order. */
        List<CallEvent> said() {
            return CallsOfTests.this.said(envelope -> envelope.callId().equals(received.callId()));
        }

        List<CallEvent> last() {
            return said().stream().filter(CallEvent::isLast).toList();
        }
    }

    Begun begin(String callId) {
        return begin(callId, status -> false);
    }

    Begun begin(String callId, IntPredicate fails) {
        return new Begun(callId, fails);
    }

    /** Publishes a relay's heartbeat with its state for new calls. */
    void beat(String relay, RelayState state) {
        beat(new RelayHeartbeat(relay, state, 1, Optional.empty(), Optional.empty()));
    }

    void beat(RelayHeartbeat heartbeat) {
        try {
            byte[] said = EventJson.MAPPER.writeValueAsBytes(heartbeat);
            relayEars.accept(new org.apache.kafka.clients.consumer.ConsumerRecord<>(Topics.RELAYS, 0, 0, heartbeat.relay(), said), false);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** @param silence for messages */
    RelayWatch relayWatch(Duration silence) {
        return new RelayWatch(parts, calls, silence, new RelayPlaces(silent::add, Runnable::run, faults));
    }

    /** Lets so much time pass in which no relay was heard that each counts as lost until it is heard again. */
    void relaysFallSilent() {
        for (long seconds = 0; seconds <= 2 * RELAY_SILENCE.toSeconds(); seconds++) {
            relayClockAhead.addAndGet(Duration.ofSeconds(1).toNanos());
            relays.keepTime();
        }
    }

    List<CallEvent> said(Predicate<Envelope> which) {
        var said = new ArrayList<CallEvent>();
        kafka.history().forEach(record -> {
            try {
                var message = new org.apache.kafka.clients.consumer.ConsumerRecord<>(
                        record.topic(), 0, 0L, record.key(), record.value());
                record.headers().forEach(message.headers()::add);
                CallEventCodec.decode(message).filter(which).ifPresent(one -> said.add((CallEvent) one.record()));
            } catch (UnreadableEventException e) {
                throw new AssertionError(e);
            }
        });
        return said;
    }

    double contained(String where) {
        return metrics.counter("trunkline.contained.faults", "where", where).count();
    }

    @Override
    public void close() {
        timers.close();
        threads.shutdownNow();
    }
}
