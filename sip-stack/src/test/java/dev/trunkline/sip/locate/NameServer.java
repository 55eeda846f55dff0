package dev.trunkline.sip.locate;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A small name server on loopback: returns the configured records, and does not answer queries for names that begin with
 * "silent".
 */
final class NameServer implements AutoCloseable {
    private static final int SRV = 33;
    private static final int NAPTR = 35;

    final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();
    private final DatagramSocket socket;

    NameServer() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().name("name-server").start(this::serve);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    void srv(String name, int priority, int weight, int port, String target) throws IOException {
        var data = new ByteArrayOutputStream();
        var out = new DataOutputStream(data);
        out.writeShort(priority);
        out.writeShort(weight);
        out.writeShort(port);
        name(out, target);
        add(SRV + " " + name, data.toByteArray());
    }

    void naptr(String name, int order, int preference, String service, String replacement) throws IOException {
        var data = new ByteArrayOutputStream();
        var out = new DataOutputStream(data);
        out.writeShort(order);
        out.writeShort(preference);
        for (String text : List.of("s", service, "")) {
            out.writeByte(text.length());
            out.writeBytes(text);
        }
        name(out, replacement);
        add(NAPTR + " " + name, data.toByteArray());
    }

    private void add(String key, byte[] data) {
        records.computeIfAbsent(key, any -> new ArrayList<>()).add(data);
    }

    private void serve() {
        byte[] buffer = new byte[1024];
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                answer(packet);
            } catch (IOException e) {
                // The socket was closed.
            }
        }
    }

    private void answer(DatagramPacket packet) throws IOException {
        byte[] query = packet.getData();
        var name = new StringBuilder();
        int at = 12;
        while (query[at] != 0) {
            name.append(name.isEmpty() ? "" : ".").append(new String(query, at + 1, query[at], StandardCharsets.US_ASCII));
            at += query[at] + 1;
        }
        int type = query[at + 1] << 8 | query[at + 2];
        asked.add(type + " " + name);
        if (name.toString().startsWith("silent") || name.toString().contains(".silent")) {
            return;
        }
        List<byte[]> found = records.getOrDefault(type + " " + name, List.of());
        var data = new ByteArrayOutputStream();
        var out = new DataOutputStream(data);
        out.write(query, 0, 2);
        out.writeShort(found.isEmpty() ? 0x8583 : 0x8580);
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        out.write(query, 12, at + 5 - 12);
        for (byte[] record : found) {
            out.writeShort(0xc00c);
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(60);
            out.writeShort(record.length);
            out.write(record);
        }
        socket.send(new DatagramPacket(data.toByteArray(), data.size(), packet.getSocketAddress()));
    }

    private static void name(DataOutputStream out, String name) throws IOException {
        for (String label : name.split("\\.")) {
            out.writeByte(label.length());
            out.writeBytes(label);
        }
        out.writeByte(0);
    }

    @Override
    public void close() {
        socket.close();
    }
}
