package dev.trunkline.rtc.sctp;

import java.time.Duration;

/**
 * Settings of an association. Values are those of RFC 9260 (section 16) where it specifies one.
 *
 * @param port SCTP port on both sides, as in {@code a=sctp-port}: 5000 in WebRTC
 * @param dtlsClient whether we are the DTLS client, which opens channels with even ids
 * @param mtu bytes of an outgoing SCTP packet, including the common header, before DTLS: 512 to 16384
 * @param maxMessageSize bytes of the longest message, sent or received, as in {@code a=max-message-size};
 *     livekit-server reads at most 65535
 * @param receiveWindow bytes buffered for a peer before the application has received them: 65536 or more
 * @param maxBufferedBytes bytes of messages that may wait to be sent before {@code send} rejects more
 * @param maxChannels channels open at a time, opened by either side: 1 to 65535
 * @param initialRto retransmission timeout before the first measurement
 * @param minRto its lower bound
 * @param maxRto its upper bound
 * @param maxInitRetransmits retries of each half of the handshake
 * @param maxRetransmits consecutive timeouts without any answer after which the peer is considered gone
 * @param heartbeatInterval idle time after which a HEARTBEAT checks that the peer is there; zero sends none
 */
public record SctpSettings(
        int port,
        boolean dtlsClient,
        int mtu,
        int maxMessageSize,
        int receiveWindow,
        int maxBufferedBytes,
        int maxChannels,
        Duration initialRto,
        Duration minRto,
        Duration maxRto,
        int maxInitRetransmits,
        int maxRetransmits,
        Duration heartbeatInterval) {

    public SctpSettings {
        within("port", port, 1, 65_535);
        within("mtu", mtu, 512, 16_384);
        within("maxMessageSize", maxMessageSize, 1, 16 << 20);
        within("receiveWindow", receiveWindow, 65_536, 64 << 20);
        within("maxBufferedBytes", maxBufferedBytes, maxMessageSize, Integer.MAX_VALUE);
        within("maxChannels", maxChannels, 1, 65_535);
        within("maxInitRetransmits", maxInitRetransmits, 0, 1_000);
        within("maxRetransmits", maxRetransmits, 0, 1_000);
        if (!minRto.isPositive() || minRto.compareTo(initialRto) > 0 || initialRto.compareTo(maxRto) > 0) {
            throw new IllegalArgumentException("SCTP timeouts must be in ascending order: minRto " + minRto + ", initialRto "
                    + initialRto + ", maxRto " + maxRto);
        }
        if (heartbeatInterval.isNegative()) {
            throw new IllegalArgumentException("SCTP heartbeatInterval " + heartbeatInterval + " is negative");
        }
    }

    /** Settings that suit livekit-server: port 5000, pion's MTU of 1191, messages of up to 65535 bytes. */
    public static SctpSettings defaults() {
        return new SctpSettings(5000, true, 1191, 65_535, 1 << 20, 4 << 20, 1_024,
                Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(10), 8, 10, Duration.ofSeconds(30));
    }

    /** The same settings for the DTLS server, which opens channels with odd ids. */
    public SctpSettings asDtlsServer() {
        return new SctpSettings(port, false, mtu, maxMessageSize, receiveWindow, maxBufferedBytes, maxChannels,
                initialRto, minRto, maxRto, maxInitRetransmits, maxRetransmits, heartbeatInterval);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "SCTP " + name + " " + value + " is not between " + least + " and " + most);
        }
    }
}
