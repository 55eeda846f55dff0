package dev.trunkline.edge.ladder;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.Rounds;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallMessage;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.sip.WireTap;
import dev.trunkline.sip.net.Listener;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes each message of a call on {@link Topics#CALL_MESSAGES}. The caller hands a message over and continues: messages that do
 * not fit into the queue are dropped and counted. A separate thread finds the call of a message, masks it, and passes it to a
 * separate producer.
 */
public final class CallMessages implements WireTap, AutoCloseable {
    private static final String WHERE = "call-messages";
    private static final int QUEUE = 2_048;
    /** If nothing waits. */
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** A longer message is cut. */
    static final int LONGEST = 6_000;
    /** Further messages of one call are dropped: they are mostly repetitions. */
    static final int MOST_OF_A_CALL = 100;
    private static final int BUFFER = 8 << 20;
    private static final Duration CLOSING = Duration.ofMillis(500);
    private static final int KNOWN_CALLS = 20_000;
    private static final int MOST_NUMBERS = 20;
    /** A message may come before its call has an id. */
    private static final int MOST_EARLY = 1_000;
    private static final int MOST_EARLY_OF_ONE = 10;
    private static final Duration EARLY = Duration.ofSeconds(2);

    private final String edge;
    private final Producer<String, byte[]> producer;
    private final InstantSource clock;
    private final Runnable leftOut;
    private final Consumer<CallMessage> others;
    /** Lanes must not contend for a lock: additions are counted beside the queue, so it may hold slightly more than {@link #QUEUE}. */
    private final Queue<Told> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Rounds rounds;
    /** Confined to the thread: by SIP Call-ID, the oldest first. */
    private final Map<String, Known> calls = new LinkedHashMap<>();
    /** Messages with Call-IDs that belong to no call yet, the oldest first. */
    private final Map<String, List<Told.Message>> early = new LinkedHashMap<>();

    private sealed interface Told {
        record Named(String sipCallId, CallId call) implements Told {}

        record Message(boolean sent, Listener listener, InetAddress address, int port, byte[] octets, Instant at) implements Told {}
    }

    private static final class Known {
        final CallId call;
        final List<String> numbers = new ArrayList<>();
        int messages;

        Known(CallId call) {
            this.call = call;
        }
    }

    /**
     * @param leftOut told of each message that did not fit
     * @param others told of each message that is published, by the publishing thread
     */
    public CallMessages(
            String edge, KafkaAddress kafka, InstantSource clock, Runnable leftOut, Consumer<CallMessage> others, ContainedFaults faults) {
        this(edge, kafka.producer(properties(kafka, edge + "-messages")), clock, leftOut, others, faults);
    }

    /** As above, with an existing producer. */
    CallMessages(
            String edge, Producer<String, byte[]> producer, InstantSource clock, Runnable leftOut, Consumer<CallMessage> others,
            ContainedFaults faults) {
        this.edge = edge;
        this.producer = producer;
        this.clock = clock;
        this.leftOut = leftOut;
        this.others = others;
        this.rounds = new Rounds(WHERE, this::round, faults);
    }

    /** While Kafka is unavailable messages are lost, and nothing waits for it: they are worth nothing later. */
    private static Properties properties(KafkaAddress kafka, String clientId) {
        Properties properties = kafka.properties();
        properties.put("client.id", clientId);
        properties.put("acks", "1");
        properties.put("enable.idempotence", "false");
        properties.put("linger.ms", "20");
        properties.put("max.block.ms", "1000");
        properties.put("delivery.timeout.ms", "10000");
        properties.put("request.timeout.ms", "5000");
        properties.put("buffer.memory", Integer.toString(BUFFER));
        return properties;
    }

    public CallMessages start() {
        rounds.start();
        return this;
    }

    /** The messages with this Call-ID belong to that call. */
    public void named(String sipCallId, CallId call) {
        offer(new Told.Named(sipCallId, call));
    }

    @Override
    public void saw(boolean sent, Listener listener, InetAddress address, int port, byte[] octets) {
        // What is cut off is not kept while the message waits: one octet more shows that there was more.
        byte[] kept = octets.length > LONGEST ? Arrays.copyOf(octets, LONGEST + 1) : octets;
        offer(new Told.Message(sent, listener, address, port, kept, clock.instant()));
    }

    private void offer(Told told) {
        if (waiting.get() >= QUEUE) {
            leftOut.run();
            return;
        }
        waiting.incrementAndGet();
        queue.add(told);
    }

    private Duration round() {
        forgetEarly(clock.instant());
        Told next = queue.poll();
        if (next == null) {
            return PAUSE;
        }
        waiting.decrementAndGet();
        take(next);
        return Duration.ZERO;
    }

    private void take(Told told) {
        switch (told) {
            case Told.Named(var sipCallId, var call) -> {
                calls.putIfAbsent(sipCallId, new Known(call));
                if (calls.size() > KNOWN_CALLS) {
                    calls.remove(calls.keySet().iterator().next());
                }
                early.getOrDefault(sipCallId, List.of()).forEach(message -> say(message, calls.get(sipCallId)));
                early.remove(sipCallId);
            }
            case Told.Message message -> {
                String sipCallId = SipCallId.of(message.octets());
                Known known = calls.get(sipCallId);
                if (known != null) {
                    say(message, known);
                } else if (early.size() < MOST_EARLY) {
                    List<Told.Message> waiting = early.computeIfAbsent(sipCallId, ignored -> new ArrayList<>());
                    if (waiting.size() < MOST_EARLY_OF_ONE) {
                        waiting.add(message);
                    }
                }
            }
        }
    }

    /** Forgets messages without a call: pings, strangers, and requests that were refused before they became a call. */
    private void forgetEarly(Instant now) {
        var oldest = early.values().iterator();
        while (oldest.hasNext() && oldest.next().getFirst().at().plus(EARLY).isBefore(now)) {
            oldest.remove();
        }
    }

    private void say(Told.Message message, Known known) {
        if (known.messages++ >= MOST_OF_A_CALL) {
            return;
        }
        MessageMask.Masked masked = MessageMask.of(message.octets(), LONGEST, known.numbers);
        masked.numbers().stream().filter(number -> !known.numbers.contains(number)).limit(MOST_NUMBERS - known.numbers.size())
                .forEach(known.numbers::add);
        var said = new CallMessage(
                known.call, edge, message.at(), message.sent(), message.listener().transport().name().toLowerCase(Locale.ROOT),
                place(message.listener().address(), message.listener().port()), place(message.address(), message.port()), masked.text(),
                masked.cut());
        others.accept(said);
        try {
            producer.send(new ProducerRecord<>(Topics.CALL_MESSAGES, known.call.toString(), EventJson.MAPPER.writeValueAsBytes(said)), (metadata, failure) -> {
                if (failure != null) {
                    leftOut.run();
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("a message that cannot be written as JSON", e);
        }
    }

    private static String place(InetAddress address, int port) {
        return place(address.getHostAddress(), port);
    }

    private static String place(String address, int port) {
        return address.indexOf(':') >= 0 ? "[" + address + "]:" + port : address + ":" + port;
    }

    @Override
    public void close() {
        rounds.close();
        producer.close(CLOSING);
    }
}
