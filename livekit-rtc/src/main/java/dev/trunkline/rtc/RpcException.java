package dev.trunkline.rtc;

/** A method of another participant was not carried out. */
public final class RpcException extends RuntimeException {
    private final transient RpcError error;

    public RpcException(RpcError error) {
        super(error.code() + " " + error.message());
        this.error = error;
    }

    /** What the other side said, or LiveKit's code for why it said nothing. */
    public RpcError error() {
        return error;
    }
}
