package dev.trunkline.sip;

import dev.trunkline.sip.certificates.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Answers 200 to the first message of each connection. */
final class TlsServer implements AutoCloseable {
    final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final SSLServerSocket server;

    TlsServer(Authority.Pair own, int port) throws Exception {
        KeyStore mine = KeyStore.getInstance("PKCS12");
        mine.load(null, null);
        mine.setKeyEntry("server", own.keys().getPrivate(), new char[0], own.chain().toArray(X509Certificate[]::new));
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(mine, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(port, 10, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::run);
    }

    private void run() {
        while (!server.isClosed()) {
            try (var socket = server.accept()) {
                byte[] octets = new byte[8192];
                int count = socket.getInputStream().read(octets);
                if (count > 0) {
                    String request = new String(octets, 0, count, StandardCharsets.ISO_8859_1);
                    heard.add(request);
                    socket.getOutputStream().write(UdpPeer.response(request, 200, "them").getBytes(StandardCharsets.ISO_8859_1));
                    socket.getInputStream().read(octets);
                }
            } catch (IOException e) {
                // The connection failed; accept the next one.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
