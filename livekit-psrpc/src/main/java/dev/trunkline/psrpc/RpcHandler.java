package dev.trunkline.psrpc;

import com.google.protobuf.ByteString;
import java.time.Instant;

/** Handles the requests of one method. Called on virtual threads, several at once; may block. */
public interface RpcHandler {
    /** The affinity with which a server declines a request. */
    float DECLINED = -1;

    /**
     * Returns how much this process wants a request. Called before anything else is done with it, also for requests that
     * another server then handles.
     *
     * @return 0 or more, higher for a stronger preference; a negative value leaves the request to others
     */
    default float affinity(ByteString request) {
        return 1;
    }

    /**
     * @param expiry when the client stops waiting
     * @return the method's answer
     * @throws RpcException the error that the client gets instead
     */
    ByteString handle(ByteString request, Instant expiry) throws RpcException, InterruptedException;
}
