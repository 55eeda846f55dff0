package dev.trunkline.relay.ports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * Where RTP sockets are bound, and how their packets are marked for the routers on the way.
 *
 * @param dscp differentiated services code point (RFC 2474), 0 to 63; 46 is expedited forwarding (RFC 3246), 0 leaves packets unmarked
 */
public record RtpBinding(InetAddress address, int dscp) {
    private static final int MOST = 63;
    /** The code point is the upper six bits of the octet; the lower two are for congestion (RFC 3168). */
    private static final int CONGESTION_BITS = 2;

    public RtpBinding {
        if (dscp < 0 || dscp > MOST) {
            throw new IllegalArgumentException("TRUNKLINE_RTP_DSCP is " + dscp + ": write 0 to 63, for example 46");
        }
    }

    /** Returns a binding without marking. */
    public static RtpBinding of(InetAddress address) {
        return new RtpBinding(address, 0);
    }

    void mark(DatagramChannel channel) throws IOException {
        if (dscp != 0) {
            channel.setOption(StandardSocketOptions.IP_TOS, dscp << CONGESTION_BITS);
        }
    }
}
