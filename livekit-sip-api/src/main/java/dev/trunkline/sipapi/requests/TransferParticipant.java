package dev.trunkline.sipapi.requests;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.trunkline.events.CallId;
import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import dev.trunkline.psrpc.RpcHandler;
import dev.trunkline.sipapi.calls.CallBook;
import dev.trunkline.sipapi.calls.TransferOutcome;
import dev.trunkline.sipapi.metrics.SipApiMetrics;
import dev.trunkline.sipapi.router.Router;
import dev.trunkline.sipapi.wire.Answers;
import dev.trunkline.sipapi.wire.MalformedException;
import dev.trunkline.sipapi.wire.SipStatus;
import dev.trunkline.sipapi.wire.TransferRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Handles {@code SIPInternal.TransferSIPParticipant}: transfers the caller of one call. Thread-safe. */
public final class TransferParticipant implements RpcHandler {
    private static final Logger LOG = Logger.getLogger(TransferParticipant.class);
    private static final int MOST_RINGING = 180;
    private static final String FAILED = "call transfer failed: ";

    private final Router router;
    private final CallBook book;
    private final Optional<String> way;
    private final SipApiMetrics metrics;
    private final Clock clock;
    private final PendingTransfers underWay = new PendingTransfers();

    /** @param way {@code bridge}, {@code refer}, {@code bridge-first} or {@code refer-first}; empty for the rule's or trunk's */
    public TransferParticipant(Router router, CallBook book, Optional<String> way, SipApiMetrics metrics, Clock clock) {
        this.router = router;
        this.book = book;
        this.way = way;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public ByteString handle(ByteString message, Instant expiry) throws RpcException, InterruptedException {
        try {
            ByteString answer = transfer(TransferRequest.read(message), expiry);
            metrics.transferred("ok");
            return answer;
        } catch (MalformedException e) {
            metrics.transferred(RpcCode.MALFORMED_REQUEST.wire());
            throw new RpcException(RpcCode.MALFORMED_REQUEST, e.getMessage());
        } catch (IOException e) {
            metrics.transferred(RpcCode.UNAVAILABLE.wire());
            throw Errors.routerAway();
        } catch (RpcException e) {
            metrics.transferred(e.code().wire());
            throw e;
        }
    }

    private ByteString transfer(TransferRequest request, Instant expiry) throws RpcException, IOException, InterruptedException {
        CallId callId = book.find(request.sipCallId()).orElseThrow(() -> new RpcException(RpcCode.NOT_FOUND, "unknown call"));
        PendingTransfers.Pending pending = underWay.join(callId, request.to());
        if (pending.first()) {
            ask(callId, request, pending);
        }
        String transfer = id(pending, expiry);
        return switch (outcome(callId, transfer, expiry)) {
            case TransferOutcome.Succeeded() -> Answers.transferred(transfer);
            case TransferOutcome.CallEnded() -> throw new RpcException(
                    RpcCode.FAILED_PRECONDITION, "The call ended before its caller was handed over.");
            case TransferOutcome.Failed failed -> throw failed.status().isPresent()
                    ? SipStatus.of(failed.status().getAsInt()).error(FAILED)
                    : new RpcException(RpcCode.FAILED_PRECONDITION, FAILED + failed.sentence());
        };
    }

    /** Has the router start the transfer. It stays pending until its outcome is known, regardless of who waits for it. */
    private void ask(CallId callId, TransferRequest request, PendingTransfers.Pending mine)
            throws RpcException, IOException, InterruptedException {
        try {
            Router.Answer asked = router.transfer(callId.toString(), wish(request));
            if (!asked.ok()) {
                throw Errors.ofRouter(asked);
            }
            String transfer = asked.body().path("transfer").asText();
            LOG.infof("call=%s transfer=%s is requested by LiveKit", callId, transfer);
            book.watch(callId).transfer(transfer).thenRun(() -> underWay.over(callId, mine));
            mine.id().complete(transfer);
        } catch (RpcException refused) {
            mine.id().completeExceptionally(refused);
            throw refused;
        } finally {
            if (mine.id().completeExceptionally(Errors.routerAway()) || mine.id().isCompletedExceptionally()) {
                underWay.over(callId, mine);
            }
        }
    }

    private ObjectNode wish(TransferRequest request) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("to", request.to());
        way.ifPresent(text -> wish.put("way", text));
        if (request.ringingSeconds() > 0) {
            wish.put("ringing_seconds", Math.min(request.ringingSeconds(), MOST_RINGING));
        }
        ObjectNode headers = wish.putObject("headers");
        request.headers().forEach(headers::put);
        return wish;
    }

    /** Returns the transfer's id, which the first requester obtains. */
    private String id(PendingTransfers.Pending pending, Instant expiry) throws RpcException, InterruptedException {
        try {
            return pending.id().get(Math.max(0, millisUntil(expiry)), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RpcException(RpcCode.CANCELED, "refer canceled");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RpcException refused ? refused : Errors.routerAway();
        }
    }

    private long millisUntil(Instant expiry) {
        return Duration.between(clock.instant(), expiry.minus(CreateParticipant.RESERVE)).toMillis();
    }

    private TransferOutcome outcome(CallId callId, String transfer, Instant expiry) throws RpcException, InterruptedException {
        try {
            return book.watch(callId).transfer(transfer).get(Math.max(0, millisUntil(expiry)), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RpcException(RpcCode.CANCELED, "refer canceled");
        } catch (ExecutionException e) {
            throw new IllegalStateException("these futures never fail", e);
        }
    }
}
