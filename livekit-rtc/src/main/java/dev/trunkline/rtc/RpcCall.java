package dev.trunkline.rtc;

import java.time.Duration;

/**
 * Another participant calls a method of ours (LiveKit's RPC). That it has come is said already; the answer is the first of
 * {@link #respond} and {@link #fail}, what comes later changes nothing. Thread-safe.
 */
public interface RpcCall {
    String method();

    /** At most 15 KiB; whatever the other side wrote. */
    String payload();

    /** Who calls, as LiveKit's server says. */
    RemoteParticipant caller();

    /** How long the other side waits for the answer, 0 s to an hour. */
    Duration responseTimeout();

    /** @param payload at most {@link RpcError#MOST_DATA} octets; what is longer becomes an error for the caller */
    void respond(String payload);

    void fail(RpcError error);
}
