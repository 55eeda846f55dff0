package dev.trunkline.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A peer that writes datagrams by hand: it shares no code with the stack under test. */
final class UdpPeer implements AutoCloseable {
    final DatagramSocket socket;
    private final InetSocketAddress stack;

    UdpPeer(String host, int stackPort) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(host, 0));
        socket.setSoTimeout(10_000);
        stack = new InetSocketAddress(host, stackPort);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** @param via parameters after the branch, each with its semicolon */
    String request(String method, String callId, String branch, String via, String more, String body) {
        String host = socket.getLocalAddress().getHostAddress();
        String me = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port();
        return (method + " sip:1@127.0.0.1 SIP/2.0\n"
                        + "Via: SIP/2.0/UDP " + me + ";branch=z9hG4bK" + branch + via + "\n"
                        + "From: <sip:a@b>;tag=1\nTo: <sip:c@d>" + (method.equals("ACK") ? ";tag=us" : "") + "\n"
                        + "Call-ID: " + callId + "\nCSeq: 1 " + method + "\nContact: <sip:a@" + me + ">\n"
                        + "Max-Forwards: 70\n" + more + "Content-Length: " + body.length() + "\n\n")
                .replace("\n", "\r\n")
                + body;
    }

    UdpPeer send(String message) throws IOException {
        byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(octets, octets.length, stack));
        return this;
    }

    UdpPeer send(String method, String id) throws IOException {
        return send(request(method, id, id, "", "", ""));
    }

    /** @return the next datagram; empty if none arrives in that time */
    Optional<String> within(int millis) throws IOException {
        socket.setSoTimeout(millis);
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
        return Optional.of(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
    }

    String next() throws IOException {
        return within(10_000).orElseThrow(() -> new AssertionError("nothing came"));
    }

    /** Returns the first datagram that starts with the text and drops others. */
    String await(String begin) throws IOException {
        String message = next();
        while (!message.startsWith(begin)) {
            message = next();
        }
        return message;
    }

    /** Builds a response from the header lines of a received request. */
    static String response(String request, int status, String tag) {
        return "SIP/2.0 " + status + " Whatever\r\n"
                + request.lines()
                        .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq): .*"))
                        .map(line -> (line.startsWith("To:") && !line.contains(";tag=") ? line + ";tag=" + tag : line) + "\r\n")
                        .reduce("", String::concat)
                + "Content-Length: 0\r\n\r\n";
    }

    @Override
    public void close() {
        socket.close();
    }
}
