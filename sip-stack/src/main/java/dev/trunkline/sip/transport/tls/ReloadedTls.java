package dev.trunkline.sip.transport.tls;

import dev.trunkline.sip.net.TransportWatch;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jboss.logging.Logger;

/**
 * TLS with certificates that can change at runtime: a new connection uses the newest one, an open connection keeps its own.
 * Only TLS 1.2 and 1.3; the cipher suites are those that the JDK enables. Thread-safe.
 */
public final class ReloadedTls {
    private static final Logger LOG = Logger.getLogger(ReloadedTls.class);
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final TlsSettings settings;
    private final Clock clock;
    private final TransportWatch watch;
    private TlsFiles files;
    private volatile TlsContexts contexts;

    /** @throws UnusableCertificateException if the files cannot be used: nothing must be opened then */
    public ReloadedTls(TlsSettings settings, Clock clock, TransportWatch watch) throws UnusableCertificateException {
        this.settings = settings;
        this.clock = clock;
        this.watch = watch;
        files = TlsFiles.read(settings);
        contexts = files.contexts(settings, clock);
        tell();
    }

    /** Reads the files, and uses them if they have changed and are valid. Must be called regularly. */
    public synchronized void look() {
        try {
            TlsFiles now = TlsFiles.read(settings);
            if (now.equals(files)) {
                return;
            }
            // Remembered whether they are valid or not, so that a fault is reported once.
            files = now;
            contexts = now.contexts(settings, clock);
            LOG.infof("the TLS certificate was replaced");
            tell();
        } catch (UnusableCertificateException e) {
            LOG.errorf("the TLS certificate stays as it was because the new one cannot be used: %s", e.getMessage());
            watch.certificateRefused();
        }
    }

    private void tell() {
        watch.certificate(contexts.notAfter());
        LOG.infof("TLS uses a certificate that is valid until %s", contexts.notAfter());
    }

    /** Returns the server side of a connection; the handshake has not been done yet. */
    public SSLSocket accepted(Socket plain) throws IOException {
        var socket = (SSLSocket) contexts.context().getSocketFactory().createSocket(plain, null, true);
        SSLParameters parameters = parameters(socket);
        switch (settings.clients()) {
            case NONE -> parameters.setNeedClientAuth(false);
            case WANTED -> parameters.setWantClientAuth(true);
            case REQUIRED -> parameters.setNeedClientAuth(true);
        }
        socket.setSSLParameters(parameters);
        return socket;
    }

    /**
     * Returns the client side of a connection. The handshake verifies the chain; {@link PeerNames} verifies the name
     * afterwards.
     *
     * @param host that was requested, by which the server chooses its certificate
     */
    public SSLSocket connected(Socket plain, String host, int port) throws IOException {
        var socket = (SSLSocket) contexts.context().getSocketFactory().createSocket(plain, host, port, true);
        socket.setSSLParameters(parameters(socket));
        return socket;
    }

    private static SSLParameters parameters(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }
}
