package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.SourceGuard;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Arrays;

/** A UDP socket that a stranger's packet never comes out of: it is dropped before it is copied, queued or parsed. */
final class GuardedDatagramSocket extends DatagramSocket {
    private final SourceGuard guard;

    GuardedDatagramSocket(int port, InetAddress address, SourceGuard guard) throws SocketException {
        super(port, address);
        this.guard = guard;
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        int room = packet.getData().length;
        do {
            // The packet before it may have shortened the buffer's window.
            packet.setLength(room);
            super.receive(packet);
        } while (!guard.lets(packet.getAddress(), packet.getData(), packet.getOffset(), packet.getLength()));
        // The stack makes a buffer of the longest message for each packet and lets the packet wait in a queue: in a
        // flood those buffers would be most of the heap. What waits is as long as what came.
        packet.setData(Arrays.copyOfRange(
                packet.getData(), packet.getOffset(), packet.getOffset() + packet.getLength()));
    }
}
