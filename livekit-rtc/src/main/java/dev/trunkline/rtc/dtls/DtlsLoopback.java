package dev.trunkline.rtc.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;

/** A client and a server in this process that perform a handshake in memory, which loads and compiles the code that a handshake needs. */
public final class DtlsLoopback {

    /** @param server the keys from the other side's point of view */
    public record Keys(SrtpKeys client, SrtpKeys server) {
    }

    private DtlsLoopback() {
    }

    /**
     * Blocks until both sides are done.
     *
     * @param waiting      runs the server
     * @param fingerprint  that the client expects of the server: {@code identity.fingerprint()}, otherwise it fails
     */
    public static Keys handshake(DtlsIdentity identity, SrtpKeys.Profile profile, String fingerprint, Executor waiting,
            Duration timeout) throws IOException {
        DtlsPackets[] toServer = new DtlsPackets[1];
        DtlsSession client = new DtlsSession(identity, datagram -> toServer[0].offer(datagram));
        toServer[0] = new DtlsPackets(datagram -> client.feed(datagram, datagram.length, message -> { }));
        DtlsServer server = new DtlsServer(identity, profile);
        CompletableFuture<DTLSTransport> accepted = CompletableFuture.supplyAsync(() -> {
            try {
                return new DTLSServerProtocol().accept(server, toServer[0]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, waiting);
        SrtpKeys clientKeys = client.handshake(fingerprint, timeout);
        accepted.join();
        return new Keys(clientKeys, server.keys().orElseThrow());
    }
}
