package dev.trunkline.console.ladder;

import dev.trunkline.events.CallMessage;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Messages as a capture that Wireshark and tshark open (the classic pcap format, link type raw IP). Each message is a datagram, even if
 * it came by TCP or TLS, because unknown details of a connection cannot be invented. Pure.
 */
final class Pcap {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int RAW_IP = 101;
    private static final int LONGEST = 65_535;
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private Pcap() {}

    static byte[] of(List<CallMessage> messages) {
        var out = new ByteArrayOutputStream();
        ByteBuffer head = ByteBuffer.allocate(24).order(ByteOrder.BIG_ENDIAN);
        head.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(LONGEST).putInt(RAW_IP);
        out.writeBytes(head.array());
        messages.forEach(message -> {
            byte[] packet = packet(message);
            Instant at = message.at();
            out.writeBytes(ByteBuffer.allocate(16).putInt((int) at.getEpochSecond()).putInt(at.getNano() / 1_000)
                    .putInt(packet.length).putInt(packet.length).array());
            out.writeBytes(packet);
        });
        return out.toByteArray();
    }

    private static byte[] packet(CallMessage message) {
        Place local = Place.of(message.local());
        Place remote = Place.of(message.remote());
        Place from = message.sent() ? local.like(remote) : remote;
        Place to = message.sent() ? remote : local.like(remote);
        byte[] text = message.text().getBytes(StandardCharsets.UTF_8);
        int udp = UDP_HEADER + text.length;
        boolean ipv6 = from.address().length > 4;
        ByteBuffer packet = ByteBuffer.allocate((ipv6 ? IPV6_HEADER : IPV4_HEADER) + udp);
        if (ipv6) {
            packet.putInt(6 << 28).putShort((short) udp).put((byte) UDP).put((byte) 64);
        } else {
            packet.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4_HEADER + udp)).putInt(0x4000).put((byte) 64).put((byte) UDP).putShort((short) 0);
        }
        packet.put(from.address()).put(to.address());
        if (!ipv6) {
            packet.putShort(10, (short) checksum(packet.array()));
        }
        // A checksum of zero means none was computed (RFC 768); Wireshark accepts that in both address families.
        packet.putShort((short) from.port()).putShort((short) to.port()).putShort((short) udp).putShort((short) 0).put(text);
        return packet.array();
    }

    private static int checksum(byte[] packet) {
        int sum = 0;
        for (int i = 0; i < IPV4_HEADER; i += 2) {
            sum += (packet[i] & 0xff) << 8 | packet[i + 1] & 0xff;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return ~sum & 0xffff;
    }

    private record Place(byte[] address, int port) {
        /** @param text {@code 203.0.113.7:5060} or {@code [2001:db8::1]:5060}: no name is looked up */
        static Place of(String text) {
            int colon = text.lastIndexOf(':');
            String host = text.substring(0, colon).replace("[", "").replace("]", "");
            return new Place(InetAddress.ofLiteral(host).getAddress(), Integer.parseInt(text.substring(colon + 1)));
        }

        /** Returns this place in the address family of another: a listener on all addresses may be of either. */
        Place like(Place other) {
            return address.length == other.address.length ? this : new Place(new byte[other.address.length], port);
        }
    }
}
