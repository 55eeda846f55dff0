package dev.trunkline.sip.net;

import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/**
 * The mark of outgoing packets for routers.
 *
 * @param dscp differentiated services code point (RFC 2474), 0 to 63; 24 is CS3, the signalling class in most telephone
 *     networks; 0 leaves packets unmarked
 */
public record PacketMark(int dscp) {
    public static final PacketMark NONE = new PacketMark(0);

    private static final int MOST = 63;
    /** The code point is the upper six bits of the octet; the lower two are for congestion (RFC 3168). */
    private static final int CONGESTION_BITS = 2;

    public PacketMark {
        if (dscp < 0 || dscp > MOST) {
            throw new IllegalArgumentException("the mark of packets is " + dscp + "; it must be 0 to 63");
        }
    }

    /** Marks a channel. May be called before it is bound or at any time afterwards. */
    public void on(DatagramChannel channel) throws IOException {
        if (dscp != 0) {
            channel.setOption(StandardSocketOptions.IP_TOS, octet());
        }
    }

    /** Marks a socket. Must be called before it is connected if the first packet is to be marked too. */
    public void on(Socket socket) throws IOException {
        if (dscp != 0) {
            socket.setOption(StandardSocketOptions.IP_TOS, octet());
        }
    }

    private int octet() {
        return dscp << CONGESTION_BITS;
    }
}
