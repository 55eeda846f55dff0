package dev.trunkline.psrpc;

/** Octets that are no message of psrpc, or a larger one than is read. */
final class WireFormatException extends Exception {
    WireFormatException(String message) {
        super(message);
    }

    WireFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
