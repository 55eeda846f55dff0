package dev.trunkline.psrpc;

import com.google.protobuf.ByteString;
import java.time.Instant;

/** What a server does with requests of one method. Called on virtual threads, several at once; may wait. */
public interface RpcHandler {
    /** How much this process wants a request: more than another, or not at all. */
    float DECLINED = -1;

    /**
     * Asked before anything else is done with a request, and may be asked of one that another server handles.
     *
     * @return 0 or more, the higher the rather; negative leaves it to others
     */
    default float affinity(ByteString request) {
        return 1;
    }

    /**
     * @param expiry when the client waits no more
     * @return the method's answer
     * @throws RpcException what the client is told instead
     */
    ByteString handle(ByteString request, Instant expiry) throws RpcException, InterruptedException;
}
