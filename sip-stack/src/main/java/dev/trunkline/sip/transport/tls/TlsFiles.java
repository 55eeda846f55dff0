package dev.trunkline.sip.transport.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The contents of the files of {@link TlsSettings} at one moment. */
record TlsFiles(String certificate, String key, Optional<String> authorities) {

    static TlsFiles read(TlsSettings settings) throws UnusableCertificateException {
        return new TlsFiles(
                text(settings.certificate(), "the certificate"),
                text(settings.key(), "the key"),
                settings.authorities().isEmpty()
                        ? Optional.empty()
                        : Optional.of(text(settings.authorities().get(), "the authorities' certificates")));
    }

    private static String text(Path file, String what) throws UnusableCertificateException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UnusableCertificateException(
                    "the file with " + what + ", " + file + ", cannot be read (" + e.getClass().getSimpleName()
                            + "): does it exist, and may this process read it?", e);
        }
    }

    TlsContexts contexts(TlsSettings settings, Clock clock) throws UnusableCertificateException {
        List<X509Certificate> chain = certificates(certificate, settings.certificate());
        PrivateKey privateKey;
        try {
            privateKey = Pem.key(key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableCertificateException(settings.key() + " is not a key: " + e.getMessage(), e);
        }
        X509Certificate mine = chain.getFirst();
        if (mine.getNotAfter().toInstant().isBefore(clock.instant())) {
            throw new UnusableCertificateException("the certificate in " + settings.certificate() + " expired on "
                    + mine.getNotAfter().toInstant() + ": put a new one there");
        }
        if (!belongTogether(privateKey, mine)) {
            throw new UnusableCertificateException(settings.key() + " is not the key of the first certificate in "
                    + settings.certificate() + ": put the pair there, the server's own certificate before its issuers'");
        }
        Optional<List<X509Certificate>> trusted = authorities.isEmpty()
                ? Optional.empty()
                : Optional.of(certificates(authorities.get(), settings.authorities().orElseThrow()));
        try {
            return TlsContexts.of(privateKey, chain, trusted);
        } catch (GeneralSecurityException e) {
            throw new UnusableCertificateException(
                    settings.certificate() + " and " + settings.key() + " cannot be used for TLS: " + e.getMessage(), e);
        }
    }

    private static List<X509Certificate> certificates(String text, Path file) throws UnusableCertificateException {
        try {
            List<X509Certificate> found = Pem.certificates(text);
            if (found.isEmpty()) {
                throw new UnusableCertificateException(file + " holds no certificate: it must be PEM, with"
                        + " -----BEGIN CERTIFICATE----- in it");
            }
            return found;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableCertificateException(file + " holds a damaged certificate: " + e.getMessage(), e);
        }
    }

    /** Returns whether the certificate verifies what the key signs. */
    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        try {
            byte[] probe = "probe".getBytes(StandardCharsets.US_ASCII);
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(probe);
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(certificate.getPublicKey());
            verifying.update(probe);
            return verifying.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
