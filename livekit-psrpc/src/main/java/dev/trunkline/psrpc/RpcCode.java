package dev.trunkline.psrpc;

import java.util.Locale;

/** Why a request failed: psrpc's error codes. */
public enum RpcCode {
    CANCELED,
    /** The server cannot read the request. */
    MALFORMED_REQUEST,
    /** The client cannot read the response. */
    MALFORMED_RESULT,
    DEADLINE_EXCEEDED,
    UNAVAILABLE,
    UNKNOWN,
    INVALID_ARGUMENT,
    NOT_FOUND,
    NOT_ACCEPTABLE,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    UNIMPLEMENTED,
    INTERNAL,
    DATA_LOSS,
    UNAUTHENTICATED,
    UNPROCESSABLE_ENTITY,
    UPSTREAM_SERVER_ERROR,
    UPSTREAM_CLIENT_ERROR;

    /** Returns the code as written in a response. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the code of a text; {@link #UNKNOWN} for one that psrpc does not have, or if there is none. */
    static RpcCode ofWire(String text) {
        for (RpcCode code : values()) {
            if (code.wire().equals(text)) {
                return code;
            }
        }
        return UNKNOWN;
    }
}
