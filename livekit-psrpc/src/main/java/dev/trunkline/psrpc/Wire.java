package dev.trunkline.psrpc;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What goes over Redis: the messages of psrpc's internal.proto. Streams are not among them. */
sealed interface Wire {

    /** Of which request it is. */
    String requestId();

    /**
     * @param clientId whose channels the answers go to
     * @param sentAt nanoseconds since 1970
     * @param expiry nanoseconds since 1970: when the client waits no more
     * @param multi whether every server is to answer
     * @param payload the method's own message
     */
    record Request(
            String requestId, String clientId, long sentAt, long expiry, boolean multi, Map<String, String> metadata, ByteString payload)
            implements Wire {}

    /**
     * @param error what went wrong; empty where {@code payload} is the method's answer
     * @param payload empty of an error
     */
    record Response(String requestId, String serverId, long sentAt, Optional<Failure> error, ByteString payload) implements Wire {}

    /** @param code as on the wire */
    record Failure(String code, String text, List<ErrorDetail> details) {}

    /** A server offers to take a request. */
    record Claim(String requestId, String serverId, float affinity) implements Wire {}

    /** The client has chosen this server. */
    record Grant(String requestId, String serverId) implements Wire {}
}
