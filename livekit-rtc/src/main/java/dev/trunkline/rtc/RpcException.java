package dev.trunkline.rtc;

/** A call of another participant's method failed. */
public final class RpcException extends RuntimeException {
    private final transient RpcError error;

    public RpcException(RpcError error) {
        super(error.code() + " " + error.message());
        this.error = error;
    }

    /** The error that the other side returned, or LiveKit's code for why there was no answer. */
    public RpcError error() {
        return error;
    }
}
