package dev.trunkline.sipapi.requests;

import dev.trunkline.events.CallId;
import dev.trunkline.psrpc.RpcCode;
import dev.trunkline.psrpc.RpcException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Transfers that are under way, by their calls. One that is asked for again is the same one, as with livekit-sip: clients ask again
 * where an answer is late. Thread-safe.
 */
final class PendingTransfers {
    private final Map<CallId, Pending> byCall = new ConcurrentHashMap<>();

    /**
     * One transfer.
     *
     * @param id the router's; fails with the {@link RpcException} of a transfer that there is none of
     * @param first whether whoever has this is the one to ask for it
     */
    record Pending(String to, CompletableFuture<String> id, boolean first) {}

    /** @throws RpcException if the call is being handed over to somebody else */
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

    /** It is known what became of it. */
    void over(CallId call, Pending pending) {
        byCall.remove(call, pending);
    }
}
