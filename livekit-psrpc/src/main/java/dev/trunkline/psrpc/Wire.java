package dev.trunkline.psrpc;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages sent over Redis: those of psrpc's internal.proto, except streams. */
sealed interface Wire {

    /** Returns the id of the request that it belongs to. */
    String requestId();

    /**
     * @param clientId client whose channels receive the answers
     * @param sentAt nanoseconds since 1970
     * @param expiry nanoseconds since 1970: when the client stops waiting
     * @param multi whether every server must answer
     * @param payload the method's own message
     */
    record Request(
            String requestId, String clientId, long sentAt, long expiry, boolean multi, Map<String, String> metadata, ByteString payload)
            implements Wire {}

    /**
     * @param error what went wrong; empty if {@code payload} is the method's answer
     * @param payload empty for an error
     */
    record Response(String requestId, String serverId, long sentAt, Optional<Failure> error, ByteString payload) implements Wire {}

    /** @param code as on the wire */
    record Failure(String code, String text, List<ErrorDetail> details) {}

    /** A server offers to take a request. */
    record Claim(String requestId, String serverId, float affinity) implements Wire {}

    /** The client has chosen this server. */
    record Grant(String requestId, String serverId) implements Wire {}
}
