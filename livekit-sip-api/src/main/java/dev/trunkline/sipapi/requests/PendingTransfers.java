package dev.trunkline.sipapi.requests;

import dev.trunkline.events.CallId;
import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Transfers in progress, by call. A repeated request joins the same transfer, as with livekit-sip, because clients repeat a
 * request if its answer is late. Thread-safe.
 */
final class PendingTransfers {
    private final Map<CallId, Pending> byCall = new ConcurrentHashMap<>();

    /**
     * One transfer.
     *
     * @param id the router's id; fails with the {@link RpcException} of a transfer that could not be started
     * @param first whether the holder must start the transfer
     */
    record Pending(String to, CompletableFuture<String> id, boolean first) {}

    /** @throws RpcException if the call is being transferred to a different target */
    Pending join(CallId call, String to) throws RpcException {
        var mine = new Pending(to, new CompletableFuture<>(), true);
        Pending known = byCall.putIfAbsent(call, mine);
        if (known == null) {
            return mine;
        }
        if (!known.to().equals(to)) {
            throw new RpcException(RpcCode.INVALID_ARGUMENT, "call already being transferred elsewhere");
        }
        return new Pending(to, known.id(), false);
    }

    /** Removes a transfer whose outcome is known. */
    void over(CallId call, Pending pending) {
        byCall.remove(call, pending);
    }
}
