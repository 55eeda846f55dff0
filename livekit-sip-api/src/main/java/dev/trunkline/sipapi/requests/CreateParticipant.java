package dev.trunkline.sipapi.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.trunkline.events.CallId;
import dev.trunkline.psrpc.RedisBus;
import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import dev.trunkline.psrpc.RpcHandler;
import dev.trunkline.sipapi.calls.CallBook;
import dev.trunkline.sipapi.calls.Outcome;
import dev.trunkline.sipapi.calls.WatchedCall;
import dev.trunkline.sipapi.metrics.SipApiMetrics;
import dev.trunkline.sipapi.router.Router;
import dev.trunkline.sipapi.wire.Answers;
import dev.trunkline.sipapi.wire.CreateRequest;
import dev.trunkline.sipapi.wire.MalformedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Handles {@code SIPInternal.CreateSIPParticipant}: places an outbound call. Thread-safe. */
public final class CreateParticipant implements RpcHandler {
    private static final Logger LOG = Logger.getLogger(CreateParticipant.class);
    /** Reserved from the client's timeout for delivering the answer. */
    static final Duration RESERVE = Duration.ofMillis(500);
    /** The router sees changes of its directory within a second. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final int MOST_TRIES = 15;
    private static final String NO_TRUNK = "no-outbound-trunk";

    private final Router router;
    private final TrunkFinder trunks;
    private final CallBook book;
    private final Optional<String> organisation;
    private final Affinity affinity;
    private final SipApiMetrics metrics;
    private final Clock clock;

    /** How willing this process is to place a call now; 0 for not at all. */
    @FunctionalInterface
    public interface Affinity {
        float now();
    }

    /**
     * @param organisation for calls whose trunk has no organisation
     * @param affinity the affinity that this process offers
     */
    public CreateParticipant(
            Router router,
            RedisBus redis,
            CallBook book,
            InlineTrunks inline,
            Optional<String> organisation,
            Affinity affinity,
            SipApiMetrics metrics,
            Clock clock) {
        this.router = router;
        this.trunks = new TrunkFinder(router, redis, inline);
        this.book = book;
        this.organisation = organisation;
        this.affinity = affinity;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public float affinity(ByteString request) {
        float now = affinity.now();
        return now > 0 ? now : DECLINED;
    }

    @Override
    public ByteString handle(ByteString message, Instant expiry) throws RpcException, InterruptedException {
        try {
            ByteString answer = create(CreateRequest.read(message), expiry);
            metrics.created("ok");
            return answer;
        } catch (MalformedException e) {
            metrics.created(RpcCode.MALFORMED_REQUEST.wire());
            throw new RpcException(RpcCode.MALFORMED_REQUEST, e.getMessage());
        } catch (IOException e) {
            metrics.created(RpcCode.UNAVAILABLE.wire());
            throw Errors.routerAway();
        } catch (RpcException e) {
            metrics.created(e.code().wire());
            throw e;
        }
    }

    private ByteString create(CreateRequest request, Instant expiry) throws RpcException, IOException, InterruptedException {
        refuseWhatCannotBe(request);
        TrunkFinder.Found trunk = trunks.find(request);
        Router.Answer made = made(DialBody.of(request, trunk, trunk.organisation().or(() -> organisation)), trunk.name().startsWith(InlineTrunks.PREFIX));
        if (!made.ok()) {
            LOG.infof("sip-call=%s is not placed: %s", request.sipCallId(),
                    made.reason().isEmpty() ? "status " + made.status() : made.reason());
            throw Errors.ofRouter(made);
        }
        CallId callId = CallId.of(made.body().path("call_id").asText());
        LOG.infof("call=%s sip-call=%s trunk=%s is placed for LiveKit", callId, request.sipCallId(), trunk.name());
        WatchedCall call = book.watch(callId);
        try {
            return await(request, call, expiry);
        } finally {
            book.forget(callId);
        }
    }

    /** @param fresh whether the trunk is so new that the router may not know it yet */
    private Router.Answer made(ObjectNode body, boolean fresh) throws IOException, InterruptedException {
        Router.Answer made = router.call(body);
        for (int tries = 0; fresh && made.reason().equals(NO_TRUNK) && tries < MOST_TRIES; tries++) {
            Thread.sleep(BETWEEN_TRIES);
            made = router.call(body);
        }
        return made;
    }

    private static void refuseWhatCannotBe(CreateRequest request) throws RpcException {
        if (request.room().isEmpty()) {
            throw new RpcException(RpcCode.INVALID_ARGUMENT, "room name must be set");
        }
        if (request.to().isEmpty()) {
            throw new RpcException(RpcCode.INVALID_ARGUMENT, "invalid request URI: number must be set");
        }
    }

    private ByteString await(CreateRequest request, WatchedCall call, Instant expiry) throws RpcException, InterruptedException {
        // The callee's participant is in the room before the phone rings, as with livekit-sip.
        CompletableFuture<?> firstOfBoth = CompletableFuture.anyOf(call.participant(), call.outcome());
        if (!done(firstOfBoth, expiry)) {
            throw new RpcException(RpcCode.DEADLINE_EXCEEDED, "No relay took the call in time.");
        }
        if (request.waitUntilAnswered() && !done(call.outcome(), expiry)) {
            throw new RpcException(RpcCode.CANCELED, "sip request timed out");
        }
        Outcome outcome = call.outcome().getNow(new Outcome.Answered());
        switch (outcome) {
            case Outcome.Answered() -> {}
            case Outcome.Refused refused -> throw Errors.of(refused);
            case Outcome.Failed failed -> {
                if (request.waitUntilAnswered()) {
                    throw Errors.of(failed);
                }
            }
        }
        return Answers.created(call.participant().getNow(""), request.identity(), request.sipCallId());
    }

    /** @return false if it did not complete in time */
    private boolean done(CompletableFuture<?> future, Instant expiry) throws InterruptedException {
        long millis = Duration.between(clock.instant(), expiry.minus(RESERVE)).toMillis();
        try {
            future.get(Math.max(0, millis), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("these futures never fail", e);
        }
    }
}
