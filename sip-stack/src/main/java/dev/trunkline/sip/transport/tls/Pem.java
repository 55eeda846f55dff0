package dev.trunkline.sip.transport.tls;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Pem() {}

    /** @return all certificates, in order; other entries are ignored */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var found = new ArrayList<X509Certificate>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            if (block.group(1).equals("CERTIFICATE")) {
                byte[] der = Base64.getMimeDecoder().decode(block.group(2));
                found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
        }
        return found;
    }

    /** @throws GeneralSecurityException with a message that says what to do */
    static PrivateKey key(String text) throws GeneralSecurityException {
        String other = "";
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            if (block.group(1).equals("PRIVATE KEY")) {
                return key(Base64.getMimeDecoder().decode(block.group(2)));
            }
            if (block.group(1).endsWith("PRIVATE KEY")) {
                other = block.group(1);
            }
        }
        if (other.isEmpty()) {
            throw new GeneralSecurityException("it holds no private key");
        }
        throw new GeneralSecurityException(
                "it holds an " + other + ": write it as PKCS #8 with `openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem`");
    }

    private static PrivateKey key(byte[] der) throws GeneralSecurityException {
        GeneralSecurityException last = null;
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw new GeneralSecurityException("its key is not of a kind that TLS supports (RSA, EC, Ed25519)", last);
    }
}
