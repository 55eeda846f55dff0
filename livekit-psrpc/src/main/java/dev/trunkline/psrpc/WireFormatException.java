package dev.trunkline.psrpc;

/** Thrown for octets that are not a psrpc message, or a message over the size limit. */
final class WireFormatException extends Exception {
    WireFormatException(String message) {
        super(message);
    }

    WireFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
