package dev.trunkline.psrpc;

/** Told of each fault that was contained: nothing else suffers from it. Called by several threads. */
@FunctionalInterface
public interface FaultListener {
    /** @param where {@code psrpc-message}, {@code psrpc-handler} or {@code psrpc-full} */
    void caught(String where, Throwable fault);
}
