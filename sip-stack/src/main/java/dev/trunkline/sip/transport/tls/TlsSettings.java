package dev.trunkline.sip.transport.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * @param certificate PEM: the certificate, then its chain of issuers
 * @param key PEM: the private key in PKCS #8, not encrypted
 * @param authorities PEM: issuers of client certificates, and of the certificates of servers that we connect to
 * @param clients whether clients present a certificate
 * @param look how often the files are checked for changes
 */
public record TlsSettings(
        Path certificate, Path key, Optional<Path> authorities, ClientCertificates clients, Duration look) {

    public TlsSettings {
        if (clients != ClientCertificates.NONE && authorities.isEmpty()) {
            throw new IllegalArgumentException("clients' certificates are " + clients.name().toLowerCase(java.util.Locale.ROOT)
                    + ", but no authority is named that may sign them");
        }
    }

    /** Whether clients show a certificate. */
    public enum ClientCertificates {
        NONE,
        /** A client that has a certificate presents it; an invalid one ends the connection. */
        WANTED,
        REQUIRED;

        /** @throws IllegalArgumentException with a message that lists the known values */
        public static ClientCertificates of(String name) {
            for (ClientCertificates known : values()) {
                if (known.name().equalsIgnoreCase(name.strip())) {
                    return known;
                }
            }
            throw new IllegalArgumentException(
                    "\"" + name + "\" is not a way to ask for clients' certificates: it can be none, wanted or required");
        }
    }
}
