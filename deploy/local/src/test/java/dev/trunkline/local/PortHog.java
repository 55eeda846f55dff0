package dev.trunkline.local;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A program that occupies a port: {@code PortHog UDP|TCP}. It prints the port and runs until it is killed. */
final class PortHog {
    private PortHog() {}

    public static void main(String[] args) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        if (args[0].equals("UDP")) {
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
                System.out.println(socket.getLocalPort());
                Thread.sleep(Long.MAX_VALUE);
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            System.out.println(socket.getLocalPort());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
