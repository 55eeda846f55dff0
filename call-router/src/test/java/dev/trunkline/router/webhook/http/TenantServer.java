package dev.trunkline.router.webhook.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A tenant's HTTP server on loopback, controlled down to the socket, so that it can misbehave in every way. Each
 * connection serves one request after another until the behaviour closes it.
 */
public final class TenantServer implements AutoCloseable {
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Behaviour behaviour;

    /** @param serverName name that TLS requested; empty for none */
    public record Request(String line, Map<String, String> headers, byte[] body, String serverName) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** How a request is handled. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(Request request, Socket socket) throws IOException, InterruptedException;
    }

    private TenantServer(ServerSocket listener, Behaviour behaviour) {
        this.listener = listener;
        this.behaviour = behaviour;
        threads.submit(this::accept);
    }

    public static TenantServer start(Behaviour behaviour) throws IOException {
        return new TenantServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
    }

    static TenantServer startTls(SSLContext tls, Behaviour behaviour) throws IOException {
        return new TenantServer(
                tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
    }

    /** Responds 200 with a body and keeps the connection open. */
    public static Behaviour json(String body) {
        return (request, socket) -> write(socket, head("200 OK", body.getBytes(StandardCharsets.UTF_8).length) + body);
    }

    static Behaviour status(String status) {
        return (request, socket) -> write(socket, head(status, 0));
    }

    static String head(String status, int length) {
        return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(status, length);
    }

    static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    public void behave(Behaviour other) {
        behaviour = other;
    }

    public int port() {
        return listener.getLocalPort();
    }

    public List<Request> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                threads.submit(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private Void serve(Socket socket) throws IOException, InterruptedException {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (!socket.isClosed()) {
                Optional<Request> request = read(in, socket);
                if (request.isEmpty()) {
                    return null;
                }
                requests.add(request.get());
                behaviour.answer(request.get(), socket);
            }
        }
        return null;
    }

    private static Optional<Request> read(InputStream in, Socket socket) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return Optional.of(new Request(line, headers, body, serverName(socket)));
    }

    private static String serverName(Socket socket) {
        return socket instanceof SSLSocket tls && tls.getSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().stream()
                        .map(name -> new String(name.getEncoded(), StandardCharsets.US_ASCII))
                        .findFirst()
                        .orElse("")
                : "";
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
