package dev.trunkline.local;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends OPTIONS (RFC 3261 section 11) to the edge until it answers. The edge answers nobody before it knows the trunk. */
final class EdgeProbe {
    private EdgeProbe() {}

    static boolean answers(String address, int port, Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        InetAddress edge = InetAddress.getByName(address);
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(edge, 0))) {
            socket.setSoTimeout(200);
            for (int attempt = 1; System.nanoTime() < end; attempt++) {
                byte[] request = options(address, port, socket.getLocalPort(), attempt);
                socket.send(new DatagramPacket(request, request.length, edge, port));
                if (isAnswered(socket)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isAnswered(DatagramSocket socket) throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[2_000], 2_000);
        try {
            socket.receive(answer);
            String text = new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
            return text.startsWith("SIP/2.0 200");
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static byte[] options(String address, int port, int own, int attempt) {
        String target = "sip:" + address + ":" + port;
        return String.join("\r\n",
                "OPTIONS " + target + " SIP/2.0",
                "Via: SIP/2.0/UDP " + address + ":" + own + ";branch=z9hG4bKprobe" + own + "x" + attempt + ";rport",
                "Max-Forwards: 70",
                "From: <sip:launcher@" + address + ">;tag=" + own,
                "To: <" + target + ">",
                "Call-ID: probe-" + own + "-" + attempt,
                "CSeq: 1 OPTIONS",
                "Content-Length: 0",
                "",
                "").getBytes(StandardCharsets.US_ASCII);
    }
}
