package dev.trunkline.edge.sip.jain;

import java.io.IOException;

/** A connection from an address that belongs to no trunk. Costs no stack trace. */
final class UntrustedPeerException extends IOException {
    UntrustedPeerException() {
        super("the address belongs to no trunk", null);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
