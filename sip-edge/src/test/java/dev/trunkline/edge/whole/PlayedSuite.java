package dev.trunkline.edge.whole;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.AdmissionCount;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.ForwardPlan;
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
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The rest of the suite, played by the test: it reads every event and publishes what router, limiter and relay would. */
final class PlayedSuite implements AutoCloseable {
    static final String RELAY = "relay-1";
    static final String ANSWER = """
            v=0\r
            o=- 7 1 IN IP4 127.0.0.1\r
            s=-\r
            c=IN IP4 127.0.0.1\r
            t=0 0\r
            m=audio 17692 RTP/AVP 0\r
            a=rtpmap:0 PCMU/8000\r
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Every record of the call topics as received, for checks that certain data is absent. */
    final List<String> raw = new CopyOnWriteArrayList<>();
    private final List<Envelope> heard = new CopyOnWriteArrayList<>();
    private final CallEventPublisher publisher;
    private final Envelopes envelopes = new Envelopes("/test/1", Clock.systemUTC(), UUID::randomUUID);
    private final TopicTail tail;

    PlayedSuite(KafkaAddress kafka) throws Exception {
        publisher = new CallEventPublisher(kafka, "test-suite");
        tail = new TopicTail(kafka, "test-tail", List.of(Topics.EVENTS, Topics.COMMANDS), new TopicTail.From.Now(),
                this::hear).start();
        tail.caughtUp().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void hear(ConsumerRecord<String, byte[]> message) {
        raw.add(message.headers() + new String(message.value(), StandardCharsets.UTF_8));
        try {
            CallEventCodec.decode(message).ifPresent(heard::add);
        } catch (UnreadableEventException e) {
            throw new IllegalStateException(e);
        }
    }

    void trunk(Trunk trunk) throws Exception {
        publisher.send(new ProducerRecord<>(Topics.TRUNKS, trunk.id(), EventJson.MAPPER.writeValueAsBytes(trunk)))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    /** Publishes a relay's state on the relays' topic. */
    void beat(String relay, RelayState state) throws Exception {
        byte[] heartbeat = EventJson.MAPPER.writeValueAsBytes(new RelayHeartbeat(relay, state, 1, Optional.empty(), Optional.empty()));
        publisher.send(new ProducerRecord<>(Topics.RELAYS, relay, heartbeat)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Waits for the INVITE event whose SIP Call-ID has the same ending as the leg's. */
    Envelope awaitInvite(UdpPhone.Leg leg) throws InterruptedException {
        return awaitInvite(leg.callId);
    }

    Envelope awaitInvite(String callId) throws InterruptedException {
        String end = callId.substring(callId.lastIndexOf('-'));
        return await(envelope -> envelope.record() instanceof InviteReceived invite && invite.sipCallId().endsWith(end), "the INVITE");
    }

    /** Returns whether the leg's INVITE event is published within this time. */
    boolean hears(UdpPhone.Leg leg, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (heardInvites(leg) == 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        return heardInvites(leg) > 0;
    }

    /** Returns how many INVITE events of the leg were received. */
    long heardInvites(UdpPhone.Leg leg) {
        String end = leg.callId.substring(leg.callId.lastIndexOf('-'));
        return heard.stream()
                .filter(envelope -> envelope.record() instanceof InviteReceived invite && invite.sipCallId().endsWith(end))
                .count();
    }

    <E extends CallRecord> Envelope await(Envelope call, Class<E> type) throws InterruptedException {
        return await(
                envelope -> envelope.callId().equals(call.callId()) && type.isInstance(envelope.record()),
                type.getSimpleName());
    }

    Envelope await(Predicate<Envelope> fits, String what) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<Envelope> found = heard.stream().filter(fits).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(5);
        }
        throw new AssertionError(what + " did not come; heard: " + heard);
    }

    List<CallEvent> of(Envelope call) {
        return heard.stream()
                .filter(envelope -> envelope.callId().equals(call.callId()) && envelope.record() instanceof CallEvent)
                .map(envelope -> (CallEvent) envelope.record())
                .toList();
    }

    /** Reads everything that is on Kafka now. */
    void readAll() throws Exception {
        tail.readToEnd().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Publishes a record that has no cause. */
    Envelope say(CallRecord record) throws Exception {
        Envelope first = envelopes.first(record, Envelope.Owners.NONE);
        publisher.publish(first).toCompletableFuture().get(10, TimeUnit.SECONDS);
        return first;
    }

    Envelope say(Envelope cause, CallRecord record) throws Exception {
        Envelope reply = envelopes.reply(cause, record);
        publisher.publish(reply).toCompletableFuture().get(10, TimeUnit.SECONDS);
        return reply;
    }

    Envelope sayAsRelay(Envelope cause, CallRecord record) throws Exception {
        return sayAsRelay(RELAY, cause, record);
    }

    Envelope sayAsRelay(String relay, Envelope cause, CallRecord record) throws Exception {
        Envelope reply = envelopes.reply(cause, record, cause.owners().withRelay(relay));
        publisher.publish(reply).toCompletableFuture().get(10, TimeUnit.SECONDS);
        return reply;
    }

    Envelope admit(Envelope invite, AnswerPolicy policy) throws Exception {
        return admit(invite, policy, Optional.empty());
    }

    /** @param forward targets to which the call is forwarded */
    Envelope admit(Envelope invite, AnswerPolicy policy, Optional<ForwardPlan> forward) throws Exception {
        var received = (InviteReceived) invite.record();
        var limits = new Limits(new Limits.CallerRate(10, 3600, RateScope.NUMBER), OptionalInt.empty(), OptionalInt.empty());
        var routed = new CallRouted.Builder(received.callId(), received, new OrganisationRef("o", "demo"), received.called(), new RuleRef("r", "rule"), "room")
                .config(EventJson.MAPPER.createObjectNode())
                .limits(limits)
                .answerPolicy(policy)
                .patienceSeconds(20)
                .forward(forward)
                .build();
        Envelope first = say(invite, routed);
        return say(first, new CallAdmitted(received.callId(), routed,
                List.of(new AdmissionCount("suite", 1, OptionalInt.empty())), 30));
    }

    Envelope mediaReady(Envelope cause, int revision, String answer) throws Exception {
        return sayAsRelay(cause, new MediaReady(cause.callId(), RELAY, "room", "PA_1", answer, "PCMU", revision));
    }

    Envelope agentJoined(Envelope cause) throws Exception {
        return sayAsRelay(cause, new AgentJoined(cause.callId(), "demo", "PA_2", "agent", 12));
    }

    @Override
    public void close() {
        tail.close();
        publisher.close();
    }
}
