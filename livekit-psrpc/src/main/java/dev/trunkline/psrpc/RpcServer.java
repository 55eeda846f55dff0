package dev.trunkline.psrpc;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Answers requests. For a queued method it acquires a request's lock before it offers itself, as every Go server does, so that
 * the two can share a Redis. Unlike Go servers it first asks its handler whether it wants the request at all, so that a server
 * that declines never withholds it from another. Thread-safe.
 */
public final class RpcServer {
    private static final Logger LOG = Logger.getLogger(RpcServer.class);
    /** Maximum time that a client may wait, whatever expiry it gives. */
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration REDIS = Duration.ofSeconds(2);

    private final RedisBus bus;
    private final Clock clock;
    private final String id;
    private final Semaphore room;
    private final int mostAtOnce;
    /** The pending grants, by request. */
    private final Map<String, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();

    /** @param mostAtOnce maximum number of concurrent requests; more are left to other servers */
    public RpcServer(RedisBus bus, Clock clock, RandomGenerator random, int mostAtOnce) {
        this.bus = bus;
        this.clock = clock;
        this.id = new RpcIds(random).server();
        this.room = new Semaphore(mostAtOnce);
        this.mostAtOnce = mostAtOnce;
    }

    /**
     * Waits until no request is being handled, and accepts none from then on. Close the registrations first.
     *
     * @return false if requests are still being handled after that time
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        return room.tryAcquire(mostAtOnce, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns its name among servers, {@code SRV_…}. */
    public String id() {
        return id;
    }

    /**
     * Accepts requests of a method from now on.
     *
     * @param topic accepts only requests of this topic; empty for requests without a topic
     * @return close it to accept no more requests; those being handled are still answered
     */
    public RedisBus.Subscription register(RpcMethod method, String topic, RpcHandler handler) {
        // Subscribed first, so that no grant is missed.
        RedisBus.Subscription grants =
                method.claimed() ? bus.subscribe(method.grants(topic), this::granted) : () -> {};
        RedisBus.Subscription requests = bus.subscribe(method.requests(topic), octets -> requested(method, handler, octets));
        return () -> {
            requests.close();
            grants.close();
        };
    }

    private void granted(byte[] octets) {
        read(octets).ifPresent(message -> {
            if (message instanceof Wire.Grant(String request, String server)) {
                Optional.ofNullable(waiting.get(request)).ifPresent(grant -> grant.complete(server));
            }
        });
    }

    /** Handles a request on a separate thread: the bus limits messages, this class limits requests. */
    private void requested(RpcMethod method, RpcHandler handler, byte[] octets) {
        read(octets).ifPresent(message -> {
            if (message instanceof Wire.Request request) {
                if (!room.tryAcquire()) {
                    bus.contained("psrpc-full", new IllegalStateException("too many concurrent requests: one was dropped"));
                    return;
                }
                try {
                    bus.run(() -> handled(method, handler, request, octets));
                } catch (RejectedExecutionException e) {
                    // The bus is being closed.
                    room.release();
                }
            }
        });
    }

    private void handled(RpcMethod method, RpcHandler handler, Wire.Request request, byte[] octets) {
        try {
            take(method, handler, request, octets);
        } catch (InterruptedException e) {
            LOG.debugf("request=%s is dropped: this server is shutting down", request.requestId());
        } catch (Throwable fault) {
            bus.contained("psrpc-handler", fault);
        } finally {
            room.release();
        }
    }

    private Optional<Wire> read(byte[] octets) {
        try {
            return Optional.of(WireCodec.decode(octets));
        } catch (WireFormatException e) {
            bus.contained("psrpc-message", e);
            return Optional.empty();
        }
    }

    private void take(RpcMethod method, RpcHandler handler, Wire.Request request, byte[] octets) throws InterruptedException {
        Instant expiry = here(request);
        float affinity = clock.instant().isBefore(expiry) ? handler.affinity(request.payload()) : RpcHandler.DECLINED;
        if (affinity < 0 || method.queued() && !locked(octets)) {
            return;
        }
        if (!method.claimed() || chosen(method, request, affinity, expiry)) {
            respond(method, request, answer(handler, request.payload(), expiry));
        }
    }

    /**
     * Returns when the client stops waiting, by this process's clock. Redis delivers at once, so the time that the client had
     * left when it sent the request is the time left now, whatever the clock of its machine shows.
     */
    private Instant here(Wire.Request request) {
        return clock.instant().plusNanos(Math.clamp(request.expiry() - request.sentAt(), 0, LONGEST.toNanos()));
    }

    private boolean locked(byte[] octets) throws InterruptedException {
        try {
            return bus.lock(octets).toCompletableFuture().get(REDIS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("no lock for a request, it is left to others: %s", e.getMessage());
            return false;
        }
    }

    private boolean chosen(RpcMethod method, Wire.Request request, float affinity, Instant expiry) throws InterruptedException {
        var grant = new CompletableFuture<String>();
        waiting.put(request.requestId(), grant);
        try {
            bus.publish(Channels.claims(method.service(), request.clientId()), new Wire.Claim(request.requestId(), id, affinity));
            long left = Math.max(1, Duration.between(clock.instant(), expiry).toMillis());
            return grant.get(left, TimeUnit.MILLISECONDS).equals(id);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } finally {
            waiting.remove(request.requestId());
        }
    }

    private Wire.Response answer(RpcHandler handler, ByteString payload, Instant expiry) throws InterruptedException {
        try {
            return response(Optional.empty(), handler.handle(payload, expiry));
        } catch (RpcException e) {
            return response(Optional.of(new Wire.Failure(e.code().wire(), e.getMessage(), e.details())), ByteString.EMPTY);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable fault) {
            bus.contained("psrpc-handler", fault);
            return response(
                    Optional.of(new Wire.Failure(
                            RpcCode.INTERNAL.wire(), "The server failed to handle this request; see its log.", List.of())),
                    ByteString.EMPTY);
        }
    }

    private Wire.Response response(Optional<Wire.Failure> failure, ByteString payload) {
        return new Wire.Response("", id, RpcClient.nanos(clock.instant()), failure, payload);
    }

    private void respond(RpcMethod method, Wire.Request request, Wire.Response answer) {
        var response = new Wire.Response(request.requestId(), id, answer.sentAt(), answer.error(), answer.payload());
        bus.publish(Channels.responses(method.service(), request.clientId()), response).whenComplete((heard, fault) -> {
            if (fault != null) {
                LOG.warnf("request=%s has an answer that Redis did not accept: %s", request.requestId(),
                        fault instanceof CompletionException wrapped ? wrapped.getCause().getMessage() : fault.getMessage());
            }
        });
    }
}
