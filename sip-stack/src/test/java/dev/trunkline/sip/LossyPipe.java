package dev.trunkline.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.Random;

/** Passes datagrams between a caller and a callee, and loses some; always the same ones for a given seed and order of arrival. */
final class LossyPipe implements AutoCloseable {
    private final DatagramSocket socket;
    private final SocketAddress callee;
    private final Random random;
    private final double loss;
    private volatile Optional<SocketAddress> caller = Optional.empty();

    LossyPipe(int port, int callee, double loss, long seed) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", port));
        this.callee = new InetSocketAddress("127.0.0.1", callee);
        this.loss = loss;
        this.random = new Random(seed);
        Thread.ofPlatform().daemon().name("lossy-pipe").start(this::run);
    }

    private void run() {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        while (!socket.isClosed()) {
            try {
                packet.setLength(packet.getData().length);
                socket.receive(packet);
                if (random.nextDouble() < loss) {
                    continue;
                }
                boolean fromCallee = packet.getSocketAddress().equals(callee);
                if (!fromCallee) {
                    caller = Optional.of(packet.getSocketAddress());
                }
                packet.setSocketAddress(fromCallee ? caller.orElseThrow() : callee);
                socket.send(packet);
            } catch (IOException e) {
                // The socket was closed.
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
