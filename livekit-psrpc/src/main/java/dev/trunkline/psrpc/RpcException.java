package dev.trunkline.psrpc;

import java.util.List;
import java.util.Objects;

/** A request that failed, as the other side is or was told. */
public final class RpcException extends Exception {
    private final RpcCode code;
    private final transient List<ErrorDetail> details;

    public RpcException(RpcCode code, String message) {
        this(code, message, List.of());
    }

    /** @param message one sentence; it goes to whoever asked, so no secret and no number stands in it */
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
