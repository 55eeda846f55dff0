package dev.trunkline.psrpc;

import java.util.List;
import java.util.Objects;

/** Thrown for a request that failed; contains what the peer is or was told. */
public final class RpcException extends Exception {
    private final RpcCode code;
    private final transient List<ErrorDetail> details;

    public RpcException(RpcCode code, String message) {
        this(code, message, List.of());
    }

    /** @param message one sentence; it is sent to the client and must not contain a secret or a number */
    public RpcException(RpcCode code, String message, List<ErrorDetail> details) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
        this.details = List.copyOf(details);
    }

    public RpcCode code() {
        return code;
    }

    public List<ErrorDetail> details() {
        return details;
    }
}
