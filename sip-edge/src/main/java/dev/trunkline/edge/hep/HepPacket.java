package dev.trunkline.edge.hep;

import dev.trunkline.events.CallMessage;
import dev.trunkline.sip.net.HostPort;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A SIP message in HEP version 3: {@code HEP3}, the total length, and chunks. Each chunk has the number of its vendor (0 for those
 * that the protocol defines), its type, and its length including these six octets; all in network order. Pure.
 *
 * <p>Source: "The Extensible Encapsulation Protocol", https://github.com/sipcapture/HEP.
 */
final class HepPacket {
    private static final byte[] MAGIC = "HEP3".getBytes(StandardCharsets.US_ASCII);
    private static final int HEAD = MAGIC.length + Short.BYTES;
    private static final int CHUNK_HEAD = 3 * Short.BYTES;
    /** A message, its addresses and its names fit with room to spare: a ladder's message is no longer than 6,000 octets. */
    private static final int MOST = 16_384;

    private static final int FAMILY = 0x01;
    private static final int PROTOCOL = 0x02;
    private static final int SOURCE_IPV4 = 0x03;
    private static final int TARGET_IPV4 = 0x04;
    private static final int SOURCE_IPV6 = 0x05;
    private static final int TARGET_IPV6 = 0x06;
    private static final int SOURCE_PORT = 0x07;
    private static final int TARGET_PORT = 0x08;
    private static final int SECONDS = 0x09;
    private static final int MICROSECONDS = 0x0a;
    private static final int PAYLOAD_KIND = 0x0b;
    private static final int AGENT = 0x0c;
    private static final int PASSWORD = 0x0e;
    private static final int PAYLOAD = 0x0f;
    private static final int CORRELATION = 0x11;
    private static final int NODE = 0x13;

    private static final byte IPV4 = 2;
    private static final byte IPV6 = 10;
    private static final byte TCP = 6;
    private static final byte UDP = 17;
    private static final byte SIP = 1;

    private final ByteBuffer packet = ByteBuffer.allocate(MOST);

    private HepPacket() {}

    /**
     * @param agent number of this capture agent, as Homer shows it
     * @param password as Homer asks for it; empty for none
     * @return the octets of one datagram; the call id is the correlation, the edge the node
     * @throws java.nio.BufferOverflowException if it is longer than a ladder's message can be
     */
    static ByteBuffer of(CallMessage message, int agent, Optional<String> password) {
        HostPort local = HostPort.parse(message.local(), 0);
        HostPort remote = HostPort.parse(message.remote(), 0);
        return new HepPacket().written(message, message.sent() ? local : remote, message.sent() ? remote : local, agent, password);
    }

    private ByteBuffer written(CallMessage message, HostPort source, HostPort target, int agent, Optional<String> password) {
        packet.position(HEAD);
        addresses(InetAddress.ofLiteral(source.host()), InetAddress.ofLiteral(target.host()));
        octet(PROTOCOL, message.transport().equals("udp") ? UDP : TCP);
        number(SOURCE_PORT, (short) source.port());
        number(TARGET_PORT, (short) target.port());
        Instant at = message.at();
        number(SECONDS, (int) at.getEpochSecond());
        number(MICROSECONDS, at.getNano() / 1_000);
        octet(PAYLOAD_KIND, SIP);
        number(AGENT, agent);
        text(CORRELATION, message.callId().toString());
        text(NODE, message.edge());
        password.ifPresent(word -> text(PASSWORD, word));
        text(PAYLOAD, message.text());
        packet.put(0, MAGIC).putShort(MAGIC.length, (short) packet.position());
        return packet.flip();
    }

    /** If the two are of different families, IPv4 is written in its IPv6 form (RFC 4291 section 2.5.5.2). */
    private void addresses(InetAddress source, InetAddress target) {
        if (source instanceof Inet4Address && target instanceof Inet4Address) {
            octet(FAMILY, IPV4);
            octets(SOURCE_IPV4, source.getAddress());
            octets(TARGET_IPV4, target.getAddress());
        } else {
            octet(FAMILY, IPV6);
            octets(SOURCE_IPV6, long16(source.getAddress()));
            octets(TARGET_IPV6, long16(target.getAddress()));
        }
    }

    private static byte[] long16(byte[] address) {
        return address.length == 16
                ? address
                : ByteBuffer.allocate(16).putShort(10, (short) 0xffff).put(12, address).array();
    }

    private ByteBuffer chunk(int type, int length) {
        return packet.putShort((short) 0).putShort((short) type).putShort((short) (CHUNK_HEAD + length));
    }

    private void octet(int type, byte value) {
        chunk(type, Byte.BYTES).put(value);
    }

    private void number(int type, short value) {
        chunk(type, Short.BYTES).putShort(value);
    }

    private void number(int type, int value) {
        chunk(type, Integer.BYTES).putInt(value);
    }

    private void octets(int type, byte[] value) {
        chunk(type, value.length).put(value);
    }

    private void text(int type, String value) {
        octets(type, value.getBytes(StandardCharsets.UTF_8));
    }
}
