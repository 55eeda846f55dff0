package dev.trunkline.router.service;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.Topics;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.codec.UnreadableEventException;
import dev.trunkline.events.numbers.NumberPlan;
import dev.trunkline.events.privacy.CallerSecrets;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.SuiteKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The rest of the suite as the router sees it: an edge that publishes invites and reads trunks and events. */
final class Suite implements AutoCloseable {
    private static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:" + RouterSurroundings.KAFKA_PORT);

    private final CallEventPublisher publisher = new CallEventPublisher(KAFKA, "edge");
    private final Envelopes envelopes = new Envelopes("/sip-edge/edge-1", Clock.systemUTC(), UUID::randomUUID);
    private final SealedCallers seals =
            new SealedCallers(new Sealer(SuiteKeys.parse("seal", RouterSurroundings.SEAL_KEY), new SecureRandom()));
    private final Pseudonyms pseudonyms = new Pseudonyms(new byte[32]);
    private final Map<CallId, List<Envelope>> events = new ConcurrentHashMap<>();
    private final Map<String, String> deadLetters = new ConcurrentHashMap<>();
    private final List<String> raw = new CopyOnWriteArrayList<>();
    private final Map<String, Trunk> trunks = new ConcurrentHashMap<>();
    private final TopicTail tail;
    private final TopicTail trunkTail;

    Suite() throws Exception {
        tail = new TopicTail(
                KAFKA, "tests", List.of(Topics.EVENTS, Topics.DEAD_LETTERS), new TopicTail.From.Beginning(), this::event);
        trunkTail = new TopicTail(
                KAFKA, "tests-trunks", List.of(Topics.TRUNKS), new TopicTail.From.Beginning(), this::trunk);
        tail.start();
        trunkTail.start();
        tail.caughtUp().toCompletableFuture().get(30, TimeUnit.SECONDS);
        trunkTail.caughtUp().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void event(ConsumerRecord<String, byte[]> message) {
        raw.add(message.headers() + new String(message.value(), StandardCharsets.UTF_8));
        if (message.topic().equals(Topics.DEAD_LETTERS)) {
            deadLetters.put(message.key(), CallEventCodec.text(message.headers(), "dead-letter-reason").orElse(""));
            return;
        }
        try {
            CallEventCodec.decode(message)
                    .ifPresent(envelope -> events.computeIfAbsent(
                                    envelope.callId(), id -> new CopyOnWriteArrayList<>())
                            .add(envelope));
        } catch (UnreadableEventException e) {
            throw new IllegalStateException(e);
        }
    }

    private void trunk(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            trunks.remove(message.key());
            return;
        }
        try {
            trunks.put(message.key(), EventJson.MAPPER.readValue(message.value(), Trunk.class));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Optional<Trunk> trunkNamed(String name) {
        return trunks.values().stream().filter(trunk -> trunk.name().equals(name)).findFirst();
    }

    Trunk awaitTrunk(String name) throws InterruptedException {
        return Await.present(() -> trunkNamed(name));
    }

    String addressesOf(String name) {
        return trunkNamed(name).map(trunk -> String.join(" ", trunk.addresses())).orElse("");
    }

    /** Returns an INVITE as an edge would publish it. */
    InviteReceived invite(String trunkName, String dialled, String caller, Duration untilDeadline)
            throws InterruptedException {
        return invite(seals, trunkName, dialled, caller, untilDeadline);
    }

    /** @param seals sealer of the edge, which may have another key */
    InviteReceived invite(
            SealedCallers seals, String trunkName, String dialled, String caller, Duration untilDeadline)
            throws InterruptedException {
        Trunk trunk = awaitTrunk(trunkName);
        NumberPlan plan = new NumberPlan(trunk.country());
        CallId id = new CallId(UUID.randomUUID());
        String number = caller.isEmpty() ? "" : plan.normalise(caller).text();
        String sealed = seals.seal(id, new CallerSecrets(number, "", "sip-call-id", Map.of()));
        Instant now = Instant.now();
        return new InviteReceived(
                id, "edge-1", new TrunkRef(trunk.id(), trunk.name()), "sip-call-id", plan.normalise(dialled).text(),
                dialled, caller.isEmpty() ? pseudonyms.anonymousOf(trunk.id()) : pseudonyms.ofNumber(number), sealed,
                "v=0", "127.0.0.1:5060", now, now.plus(untilDeadline));
    }

    /** Returns the same INVITE from an edge whose clock differs by this much. */
    InviteReceived by(Duration off, InviteReceived invite) {
        return new InviteReceived(
                invite.callId(), invite.edge(), invite.trunk(), invite.sipCallId(), invite.called(), invite.calledAsReceived(),
                invite.caller(), invite.sealed(), invite.sdpOffer(), invite.source(), invite.receivedAt().plus(off),
                invite.deadline().plus(off));
    }

    Envelope publish(InviteReceived invite) {
        Envelope envelope = envelopes.first(invite, Envelope.Owners.edge("edge-1"));
        publish(envelope);
        return envelope;
    }

    void publish(Envelope envelope) {
        publisher.publish(envelope).toCompletableFuture().join();
    }

    /** Returns the router's events about a call so far. */
    List<Envelope> answers(CallId id) {
        return events.getOrDefault(id, List.of()).stream()
                .filter(envelope -> !(envelope.record() instanceof InviteReceived))
                .toList();
    }

    Envelope awaitAnswer(CallId id) throws InterruptedException {
        return Await.present(() -> answers(id).stream().findFirst());
    }

    CallEvent call(String dialled, String caller) throws InterruptedException {
        InviteReceived invite = invite("demo", dialled, caller, Duration.ofMinutes(1));
        publish(invite);
        return (CallEvent) awaitAnswer(invite.callId()).record();
    }

    /** Waits for the reason why an invite could not be handled. */
    String awaitDeadLetter(InviteReceived invite) throws InterruptedException {
        return Await.present(() -> Optional.ofNullable(deadLetters.get(invite.callId().toString())));
    }

    /** Returns every byte of the topics as text. */
    String everything() {
        return String.join("\n", raw);
    }

    @Override
    public void close() {
        tail.close();
        trunkTail.close();
        publisher.close();
    }
}
