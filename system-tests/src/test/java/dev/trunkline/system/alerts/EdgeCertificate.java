package dev.trunkline.system.alerts;

import dev.trunkline.system.support.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * The certificate that the edge is told to use. A link leads to the folder that holds it, as where Kubernetes mounts a Secret, so that
 * certificate and key change at once.
 */
final class EdgeCertificate {
    private static final String CERTIFICATE = "tls.crt";
    private static final String KEY = "tls.key";

    private final Path folder;

    /** What the edge finds. */
    enum Kind {
        /** Valid for months. */
        GOOD,
        /** Valid for three days more. */
        ENDING,
        /** A certificate, and the key of another. */
        MIXED
    }

    private EdgeCertificate(Path folder) {
        this.folder = folder;
    }

    /** Makes one of each kind; the edge finds the good one. */
    static EdgeCertificate in(Path folder) throws IOException, InterruptedException {
        var certificate = new EdgeCertificate(folder.toAbsolutePath());
        Certificates good = Certificates.in(folder.resolve("months"), 90, WatchedSuite.ADDRESS);
        Certificates ending = Certificates.in(folder.resolve("days"), 3, WatchedSuite.ADDRESS);
        certificate.put(Kind.GOOD, good.certificate(WatchedSuite.ADDRESS), good.key(WatchedSuite.ADDRESS));
        certificate.put(Kind.ENDING, ending.certificate(WatchedSuite.ADDRESS), ending.key(WatchedSuite.ADDRESS));
        certificate.put(Kind.MIXED, good.certificate(WatchedSuite.ADDRESS), ending.key(WatchedSuite.ADDRESS));
        certificate.use(Kind.GOOD);
        return certificate;
    }

    private void put(Kind kind, Path certificate, Path key) throws IOException {
        Path place = Files.createDirectories(folder.resolve(kind.name()));
        Files.copy(certificate, place.resolve(CERTIFICATE), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(key, place.resolve(KEY), StandardCopyOption.REPLACE_EXISTING);
    }

    void use(Kind kind) throws IOException {
        Path next = folder.resolve("next");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, folder.resolve(kind.name()));
        Files.move(next, link(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path link() {
        return folder.resolve("current");
    }

    /** Returns the edge's settings. */
    Map<String, String> settings() {
        return Map.of(
                "TRUNKLINE_SIP_TLS_CERTIFICATE", link().resolve(CERTIFICATE).toString(),
                "TRUNKLINE_SIP_TLS_KEY", link().resolve(KEY).toString());
    }
}
