package dev.trunkline.sip.certificates;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs certificates for tests. */
public final class Authority {
    private final KeyPair keys;
    public final X509Certificate certificate;

    public Authority(String name) throws Exception {
        keys = newKeys();
        var builder = builder(new X500Principal("CN=" + name), new X500Principal("CN=" + name), keys, Duration.ofDays(1));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        certificate = signed(builder, keys);
    }

    private static KeyPair newKeys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, KeyPair subjectKeys, Duration good) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(issuer, new BigInteger(64, new SecureRandom()),
                Date.from(now.minus(Duration.ofDays(2))), Date.from(now.plus(good)), subject, subjectKeys.getPublic());
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair by) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(by.getPrivate())));
    }

    /**
     * @param names names for the subjectAltName: {@code sip:…} becomes a URI, an IP address an address, anything else a
     *     DNS name
     * @param good validity from now on; may be negative
     */
    public Pair issue(String commonName, Duration good, String... names) throws Exception {
        KeyPair leaf = newKeys();
        var builder = builder(certificate.getSubjectX500Principal(), new X500Principal("CN=" + commonName), leaf, good);
        if (names.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(
                    Arrays.stream(names).map(Authority::generalName).toArray(GeneralName[]::new)));
        }
        return new Pair(signed(builder, keys), leaf, certificate);
    }

    private static GeneralName generalName(String name) {
        int kind = name.startsWith("sip:") ? GeneralName.uniformResourceIdentifier
                : name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
        return new GeneralName(kind, name);
    }

    /** Writes the certificate as PEM. */
    public void write(Path file) throws IOException {
        Files.writeString(file, pem(certificate));
    }

    static String pem(Object what) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(what);
        }
        return text.toString();
    }

    /** A certificate, its key and its issuer's certificate. */
    public record Pair(X509Certificate certificate, KeyPair keys, X509Certificate issuer) {
        public String chainPem() throws IOException {
            return pem(certificate) + pem(issuer);
        }

        public String keyPem() throws Exception {
            return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
        }

        /** Returns the key as an older OpenSSL writes it. */
        public String sec1Pem() throws IOException {
            return pem(keys);
        }

        public void write(Path chain, Path key) throws Exception {
            Files.writeString(key, keyPem());
            Files.writeString(chain, chainPem());
        }

        public List<X509Certificate> chain() {
            return List.of(certificate, issuer);
        }
    }
}
