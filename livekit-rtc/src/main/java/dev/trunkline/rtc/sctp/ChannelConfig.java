package dev.trunkline.rtc.sctp;

import java.nio.charset.StandardCharsets;

/**
 * The parameters with which a data channel is opened (RFC 8832 section 5.1).
 *
 * @param label name for the application, at most 65535 bytes of UTF-8
 * @param protocol subprotocol, usually empty
 * @param ordered whether messages arrive in the order in which they were sent
 * @param reliability the effort to deliver a message
 */
public record ChannelConfig(String label, String protocol, boolean ordered, Reliability reliability) {

    public ChannelConfig {
        if (label.getBytes(StandardCharsets.UTF_8).length > 65_535
                || protocol.getBytes(StandardCharsets.UTF_8).length > 65_535) {
            throw new IllegalArgumentException("A label or protocol is longer than 65535 bytes");
        }
    }

    /** Delivers every message, in order: LiveKit's {@code _reliable}. */
    public static ChannelConfig reliable(String label) {
        return new ChannelConfig(label, "", true, new Reliability.Full());
    }

    /** Tries to send each message once, unordered: LiveKit's {@code _lossy}. */
    public static ChannelConfig lossy(String label) {
        return new ChannelConfig(label, "", false, new Reliability.Retransmits(0));
    }
}
