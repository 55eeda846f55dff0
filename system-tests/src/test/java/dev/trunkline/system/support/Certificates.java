package dev.trunkline.system.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Certificates for SIP by TLS, as PEM files that every phone reads: a CA of the tests, and the certificates that it signs. */
public final class Certificates {
    private static final String PASSWORD = "certificates-of-tests";
    private static final Duration KEPT = Duration.ofDays(1);
    private static final String AUTHORITY = "authority";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private static final int DAYS = 3;

    private final Path folder;
    private final int days;

    private Certificates(Path folder, int days) {
        this.folder = folder;
        this.days = days;
    }

    /** Returns those of a folder: a CA, and a certificate for each of these addresses. They are renewed before they expire. */
    static Certificates in(Path folder, String... addresses) throws IOException, InterruptedException {
        return in(folder, DAYS, addresses);
    }

    /** Returns the same, made to be valid for so many days. */
    public static Certificates in(Path folder, int days, String... addresses) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var certificates = new Certificates(folder, days);
        if (!certificates.areGood(addresses)) {
            certificates.make(addresses);
        }
        return certificates;
    }

    private boolean areGood(String... addresses) throws IOException {
        return Files.exists(authority())
                && Files.getLastModifiedTime(authority()).toInstant().isAfter(Instant.now().minus(KEPT))
                && Stream.of(addresses).allMatch(address -> Files.exists(certificate(address)));
    }

    /** Makes them. The address is also a name, because some clients ignore addresses in a subjectAltName (Mbed TLS 2). */
    private void make(String... addresses) throws IOException, InterruptedException {
        Files.deleteIfExists(authority());
        Path store = folder.resolve("store.p12");
        Files.deleteIfExists(store);
        keytool("-genkeypair", "-alias", AUTHORITY, "-dname", "CN=Authority of the tests", "-ext", "bc:critical=ca:true");
        for (String address : addresses) {
            keytool("-genkeypair", "-alias", address, "-dname", "CN=" + address, "-ext", "san=ip:%1$s,dns:%1$s".formatted(address), "-signer", AUTHORITY);
        }
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            for (String address : addresses) {
                Key key = keys.getKey(address, PASSWORD.toCharArray());
                Files.writeString(key(address), block("PRIVATE KEY", key.getEncoded()));
                Files.writeString(certificate(address), pem(keys.getCertificate(address)));
            }
            Files.writeString(authority(), pem(keys.getCertificate(AUTHORITY)));
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates of " + store + " cannot be read", e);
        }
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", Integer.toString(days), "-storetype", "PKCS12",
                "-keystore", folder.resolve("store.p12").toString(), "-storepass", PASSWORD));
        Command.run("keytool made no certificate", folder.resolve("keytool.log"), command);
    }

    private static String pem(Certificate certificate) throws GeneralSecurityException {
        return block("CERTIFICATE", certificate.getEncoded());
    }

    private static String block(String what, byte[] octets) {
        return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(what, LINES.encodeToString(octets));
    }

    /** Returns the CA certificate: a client that trusts it accepts all of these certificates. */
    Path authority() {
        return folder.resolve("authority.pem");
    }

    public Path certificate(String address) {
        return folder.resolve(address + ".pem");
    }

    /** Returns a private key, as PKCS #8. */
    public Path key(String address) {
        return folder.resolve(address + ".key");
    }
}
