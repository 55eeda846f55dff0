package dev.trunkline.sip.message;

/** How large a message and its parts may be. What is larger is refused, not cut. */
public final class MessageLimits {
    /** Octets of a datagram, and of a message on a stream: the most that UDP carries (RFC 3261 section 18.1.1). */
    public static final int MESSAGE = 65_535;

    private MessageLimits() {}
}
