package dev.trunkline.rtc.dtls;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;

/** Our side of the handshake: DTLS 1.2, ECDHE with P-256 certificates on both sides, {@code use_srtp}. */
final class DtlsClient extends DefaultTlsClient {

    private final DtlsIdentity identity;
    private final String peerFingerprint;
    private final int timeoutMillis;
    private Optional<SrtpKeys.Profile> profile = Optional.empty();
    private Optional<SrtpKeys> keys = Optional.empty();

    DtlsClient(DtlsIdentity identity, String peerFingerprint, Duration timeout) {
        super(identity.crypto());
        this.identity = identity;
        this.peerFingerprint = peerFingerprint;
        this.timeoutMillis = (int) timeout.toMillis();
    }

    Optional<SrtpKeys> keys() {
        return keys;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        };
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return timeoutMillis;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        // A lost flight costs the caller this much silence; RFC 6347 section 4.2.4.1 permits less than its default of one second.
        return 100;
    }

    @Override
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
        @SuppressWarnings("unchecked")
        Hashtable<Integer, byte[]> extensions =
                TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
        int[] profiles = Arrays.stream(SrtpKeys.Profile.values()).mapToInt(SrtpKeys.Profile::code).toArray();
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profiles, TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (chosen == null || chosen.getProtectionProfiles().length != 1) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "the server chose no SRTP profile");
        }
        int code = chosen.getProtectionProfiles()[0];
        profile = Arrays.stream(SrtpKeys.Profile.values()).filter(p -> p.code() == code).findFirst();
        if (profile.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.illegal_parameter, "the server chose an SRTP profile that was not offered");
        }
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate server) throws IOException {
                // RFC 8122 section 6.2: the fingerprint from signalling counts, not the issuer of the certificate.
                byte[] certificate = server.getCertificate().getCertificateAt(0).getEncoded();
                if (!DtlsIdentity.fingerprint(certificate).equals(peerFingerprint)) {
                    throw new TlsFatalAlert(
                            AlertDescription.bad_certificate, "the certificate does not have the announced fingerprint");
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return identity.credentials(context);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        SrtpKeys.Profile chosen = profile.orElseThrow();
        byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, chosen.materialLength());
        keys = Optional.of(SrtpKeys.split(chosen, material, true));
    }
}
