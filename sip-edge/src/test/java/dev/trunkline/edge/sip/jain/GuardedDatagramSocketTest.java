package dev.trunkline.edge.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GuardedDatagramSocketTest {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

    @Test
    void aPacketIsAsLongAsWhatCame() throws Exception {
        try (var socket = new GuardedDatagramSocket(0, HERE, source -> true);
                var sender = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            socket.setSoTimeout(10_000);
            for (int length : new int[] {0, 700, 12, 1_400}) {
                byte[] sent = new byte[length];
                Arrays.fill(sent, (byte) length);
                sender.send(new DatagramPacket(sent, length, socket.getLocalSocketAddress()));
                var packet = new DatagramPacket(new byte[8_192], 8_192);
                socket.receive(packet);
                assertThat(packet.getData()).isEqualTo(sent);
                assertThat(packet.getLength()).isEqualTo(length);
                assertThat(packet.getPort()).isEqualTo(sender.getLocalPort());
            }
        }
    }
}
