package dev.trunkline.psrpc;

/** Called for each contained fault, which has no further effect. Called by several threads. */
@FunctionalInterface
public interface FaultListener {
    /** @param where {@code psrpc-message}, {@code psrpc-handler} or {@code psrpc-full} */
    void caught(String where, Throwable fault);
}
