package dev.trunkline.psrpc;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Sends requests to the servers of one service. Thread-safe. */
public final class RpcClient implements AutoCloseable {
    /** How long servers have to offer themselves, the same as in the Go client. */
    static final Duration SELECTION = Duration.ofSeconds(1);
    /** Maximum messages queued per request; further ones are dropped. */
    private static final int MOST_MESSAGES = 1_024;

    private final RedisBus bus;
    private final String service;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final String id;
    private final RpcIds ids;
    private final Map<String, BlockingQueue<Wire>> open = new ConcurrentHashMap<>();
    private final RedisBus.Subscription claims;
    private final RedisBus.Subscription responses;

    /** One server's answer to a request that goes to all. */
    public sealed interface Answer {
        record Given(String serverId, ByteString payload) implements Answer {}

        record Failed(String serverId, RpcException why) implements Answer {}
    }

    /** @param nanoTime as {@link System#nanoTime} */
    public RpcClient(RedisBus bus, String service, Clock clock, LongSupplier nanoTime, RandomGenerator random) {
        this.bus = bus;
        this.service = service;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.ids = new RpcIds(random);
        this.id = ids.client();
        this.claims = bus.subscribe(Channels.claims(service, id), this::heard);
        this.responses = bus.subscribe(Channels.responses(service, id), this::heard);
    }

    private void heard(byte[] octets) {
        try {
            Wire message = WireCodec.decode(octets);
            // A request that is no longer awaited has no queue.
            Optional.ofNullable(open.get(message.requestId())).ifPresent(queue -> queue.offer(message));
        } catch (WireFormatException e) {
            bus.contained("psrpc-message", e);
        }
    }

    /**
     * Sends a request, and waits for one answer.
     *
     * @param topic empty for none
     * @param within timeout for the whole request
     * @throws RpcException {@link RpcCode#UNAVAILABLE} if no server offers itself, {@link RpcCode#DEADLINE_EXCEEDED} if none
     *     answers in time, {@link RpcCode#INTERNAL} if Redis does not accept the request, and any error that the server returns
     */
    public ByteString request(RpcMethod method, String topic, ByteString payload, Duration within)
            throws RpcException, InterruptedException {
        long end = nanoTime.getAsLong() + within.toNanos();
        String request = ids.request();
        BlockingQueue<Wire> queue = opened(request);
        try {
            send(method, topic, request, payload, within, false);
            if (method.claimed()) {
                String server = select(queue, Math.min(end, nanoTime.getAsLong() + SELECTION.toNanos()));
                published(method.grants(topic), new Wire.Grant(request, server));
            }
            while (true) {
                Wire message = next(queue, end)
                        .orElseThrow(() -> new RpcException(RpcCode.DEADLINE_EXCEEDED, "request timed out"));
                if (message instanceof Wire.Response response) {
                    return payload(response);
                }
            }
        } finally {
            open.remove(request);
        }
    }

    /** Returns the first server that offers itself: for a queued method only one does. */
    private String select(BlockingQueue<Wire> queue, long end) throws RpcException, InterruptedException {
        return switch (next(queue, end).orElseThrow(() -> new RpcException(RpcCode.UNAVAILABLE, "no response from servers"))) {
            case Wire.Claim claim -> claim.serverId();
            case Wire.Response response -> {
                payload(response);
                throw new RpcException(RpcCode.MALFORMED_RESULT, "a server answered a request for which it was not chosen");
            }
            case Wire.Request request -> throw unexpected();
            case Wire.Grant grant -> throw unexpected();
        };
    }

    private static RpcException unexpected() {
        return new RpcException(RpcCode.MALFORMED_RESULT, "a message on a client's channel is meant for servers");
    }

    /** Sends a request to every server, and collects their answers until the timeout. */
    public List<Answer> requestAll(RpcMethod method, String topic, ByteString payload, Duration within)
            throws RpcException, InterruptedException {
        long end = nanoTime.getAsLong() + within.toNanos();
        String request = ids.request();
        BlockingQueue<Wire> queue = opened(request);
        try {
            send(method, topic, request, payload, within, true);
            List<Answer> answers = new ArrayList<>();
            for (Optional<Wire> message = next(queue, end); message.isPresent(); message = next(queue, end)) {
                if (message.get() instanceof Wire.Response response) {
                    answers.add(answer(response));
                }
            }
            return List.copyOf(answers);
        } finally {
            open.remove(request);
        }
    }

    private static Answer answer(Wire.Response response) {
        try {
            return new Answer.Given(response.serverId(), payload(response));
        } catch (RpcException e) {
            return new Answer.Failed(response.serverId(), e);
        }
    }

    private static ByteString payload(Wire.Response response) throws RpcException {
        if (response.error().isPresent()) {
            Wire.Failure failure = response.error().get();
            throw new RpcException(RpcCode.ofWire(failure.code()), failure.text(), failure.details());
        }
        return response.payload();
    }

    private BlockingQueue<Wire> opened(String request) {
        var queue = new LinkedBlockingQueue<Wire>(MOST_MESSAGES);
        open.put(request, queue);
        return queue;
    }

    private Optional<Wire> next(BlockingQueue<Wire> queue, long end) throws InterruptedException {
        return Optional.ofNullable(queue.poll(Math.max(0, end - nanoTime.getAsLong()), TimeUnit.NANOSECONDS));
    }

    private void send(RpcMethod method, String topic, String request, ByteString payload, Duration within, boolean multi)
            throws RpcException, InterruptedException {
        Instant now = clock.instant();
        published(method.requests(topic), new Wire.Request(request, id, nanos(now), nanos(now.plus(within)), multi, Map.of(), payload));
    }

    private void published(String channel, Wire message) throws RpcException, InterruptedException {
        try {
            bus.publish(channel, message).toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new RpcException(RpcCode.INTERNAL, "Redis did not accept the request: " + e.getCause().getMessage());
        }
    }

    static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    /** Returns the service whose servers it calls. */
    public String service() {
        return service;
    }

    @Override
    public void close() {
        claims.close();
        responses.close();
    }
}
