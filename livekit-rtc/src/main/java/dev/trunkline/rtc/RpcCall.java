package dev.trunkline.rtc;

import java.time.Duration;

/**
 * A call of one of our methods by another participant (LiveKit's RPC). The call is already acknowledged. The answer is the first call of
 * {@link #respond} or {@link #fail}; later ones change nothing. Thread-safe.
 */
public interface RpcCall {
    String method();

    /** At most 15 KiB, with any content that the other side wrote. */
    String payload();

    /** The caller, according to LiveKit's server. */
    RemoteParticipant caller();

    /** How long the other side waits for the answer, 0 s to an hour. */
    Duration responseTimeout();

    /** @param payload at most {@link RpcError#MOST_DATA} octets; a longer one becomes an error for the caller */
    void respond(String payload);

    void fail(RpcError error);
}
