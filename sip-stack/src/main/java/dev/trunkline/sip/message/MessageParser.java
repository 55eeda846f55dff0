package dev.trunkline.sip.message;

import dev.trunkline.sip.net.PacketSource;

/** Octets to messages: one pass, no regular expression, no recursion, every length and count with a limit in {@link MessageLimits}. */
public final class MessageParser {
    private MessageParser() {}

    /**
     * @param octets one whole message, kept by what comes back; never changed afterwards
     * @param source where it came from
     * @return never null; never throws for what the octets are
     */
    public static Parsed parse(byte[] octets, PacketSource source) {
        throw new UnsupportedOperationException();
    }
}
