package dev.trunkline.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Optional;

/** Finds free ports on loopback. Nothing reserves a port that was found free, so use it soon. */
public final class Ports {
    private Ports() {}

    /** Returns any free TCP port. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no TCP port is free on loopback", e);
        }
    }

    /** Returns this TCP port if it is free, otherwise any free one. */
    public static int preferred(int port) {
        return isFreeTcp("127.0.0.1", port) ? port : free();
    }

    public static boolean isFreeTcp(String address, int port) {
        return refusalOfTcp(address, port).isEmpty();
    }

    public static boolean isFreeUdp(String address, int port) {
        return refusalOfUdp(address, port).isEmpty();
    }

    /** Returns why this TCP port cannot be opened now, in the system's words; empty if it can. */
    static Optional<String> refusalOfTcp(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Returns the same for a UDP port. */
    static Optional<String> refusalOfUdp(String address, int port) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port))) {
            return Optional.empty();
        } catch (SocketException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
