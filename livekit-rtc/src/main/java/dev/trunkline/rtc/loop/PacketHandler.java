package dev.trunkline.rtc.loop;

import java.net.InetSocketAddress;

/** Handles the datagrams of one socket, on the socket's {@link MediaLoop}. */
@FunctionalInterface
public interface PacketHandler {

    /**
     * @param from   the sender
     * @param buffer begins with the datagram. It belongs to the loop and is reused for the next datagram; until this
     *               method returns the handler may write to all of it (a cipher decrypts in place)
     * @param length octets of the datagram
     */
    void received(InetSocketAddress from, byte[] buffer, int length);
}
