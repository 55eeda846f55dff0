package dev.trunkline.sip.transport.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The TLS context for connections, made from the files.
 *
 * @param notAfter when the certificate expires
 */
public record TlsContexts(SSLContext context, Instant notAfter) {
    private static final char[] NO_PASSWORD = new char[0];

    /** @param authorities empty for the JDK's own */
    static TlsContexts of(PrivateKey key, List<X509Certificate> chain, Optional<List<X509Certificate>> authorities)
            throws GeneralSecurityException {
        try {
            KeyStore mine = KeyStore.getInstance("PKCS12");
            mine.load(null, null);
            mine.setKeyEntry("own", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(mine, NO_PASSWORD);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities.isPresent() ? storeOf(authorities.get()) : null);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new TlsContexts(context, chain.getFirst().getNotAfter().toInstant());
        } catch (java.io.IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static KeyStore storeOf(List<X509Certificate> authorities)
            throws GeneralSecurityException, java.io.IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        return store;
    }
}
