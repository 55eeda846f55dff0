package dev.trunkline.edge.sip.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.edge.certificates.Authority;
import dev.trunkline.edge.sip.DropReason;
import dev.trunkline.edge.sip.SipTransportKind;
import dev.trunkline.edge.sip.TlsSettings;
import dev.trunkline.edge.sip.TlsSettings.ClientCertificates;
import dev.trunkline.edge.sip.TransportWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsFilesTest {
    @TempDir
    Path folder;

    private Path chain;
    private Path key;
    private Authority authority;
    private final List<Instant> ends = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @BeforeEach
    void paths() throws Exception {
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
        authority = new Authority("Test CA");
    }

    private TlsSettings settings() {
        return new TlsSettings(chain, key, Optional.empty(), ClientCertificates.NONE, Duration.ofSeconds(1));
    }

    private ReloadedTls open() throws UnusableCertificateException {
        return new ReloadedTls(settings(), Clock.systemUTC(), new TransportWatch() {
            @Override
            public void opened(SipTransportKind transport) {}

            @Override
            public void closed(SipTransportKind transport, Ending why) {}

            @Override
            public void refused(Ending why) {}

            @Override
            public void dropped(DropReason why) {}

            @Override
            public void malformed(boolean answered) {}

            @Override
            public void certificate(Instant notAfter) {
                ends.add(notAfter);
            }

            @Override
            public void certificateRefused() {
                refused.add("refused");
            }
        });
    }

    @Test
    void aFileThatIsMissingIsNamedWithItsSetting() {
        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("TRUNKLINE_SIP_TLS_CERTIFICATE")
                .hasMessageContaining("chain.pem");
    }

    @Test
    void aFileThatHoldsNothingOfTheKindIsRefused() throws Exception {
        Files.writeString(chain, "hello");
        Files.writeString(key, "hello");
        assertThatThrownBy(this::open).hasMessageContaining("BEGIN CERTIFICATE");
    }

    @Test
    void aDamagedCertificateIsRefused() throws Exception {
        authority.issue("edge", Duration.ofDays(1)).write(chain, key);
        Files.writeString(chain, Files.readString(chain).replaceFirst("M", "AAAA"));
        assertThatThrownBy(this::open).isInstanceOf(UnusableCertificateException.class).hasMessageContaining("damaged");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        authority.issue("edge", Duration.ofDays(1)).write(chain, key);
        Files.writeString(key, authority.issue("other", Duration.ofDays(1)).keyPem());
        assertThatThrownBy(this::open).hasMessageContaining("is not the key of the first certificate");
    }

    @Test
    void aKeyInAnOlderFormIsRefusedWithTheCommandThatTurnsIt() throws Exception {
        var pair = authority.issue("edge", Duration.ofDays(1));
        pair.write(chain, key);
        Files.writeString(key, pair.sec1Pem());
        assertThatThrownBy(this::open).hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void aCertificateThatEndedIsRefused() throws Exception {
        authority.issue("edge", Duration.ofDays(-1)).write(chain, key);
        assertThatThrownBy(this::open).hasMessageContaining("ended on");
    }

    @Test
    void clientsNeedSomebodyWhoSigns() {
        assertThatThrownBy(() -> new TlsSettings(chain, key, Optional.empty(), ClientCertificates.REQUIRED, Duration.ZERO))
                .hasMessageContaining("TRUNKLINE_SIP_TLS_AUTHORITIES");
        assertThatThrownBy(() -> ClientCertificates.of("maybe")).hasMessageContaining("none, wanted or required");
    }

    @Test
    void aChangeIsTakenAndABadOneIsNot() throws Exception {
        authority.issue("edge", Duration.ofDays(1)).write(chain, key);
        ReloadedTls tls = open();
        tls.look();
        assertThat(ends).hasSize(1);
        authority.issue("edge", Duration.ofDays(10)).write(chain, key);
        tls.look();
        assertThat(ends).hasSize(2);
        assertThat(ends.get(1)).isAfter(ends.get(0));
        Files.writeString(chain, "half a fi");
        tls.look();
        tls.look();
        assertThat(ends).hasSize(2);
        assertThat(refused).hasSize(1);
        authority.issue("edge", Duration.ofDays(20)).write(chain, key);
        tls.look();
        assertThat(ends).hasSize(3);
    }

    @Test
    void theNamesOfACertificateAreThoseOfRfc5922() throws Exception {
        var sip = authority.issue("cn.example", Duration.ofDays(1), "sip:Carrier.example", "edge.carrier.example", "sip:x@y.example");
        assertThat(PeerNames.of(sip.certificate())).containsExactly("carrier.example", "edge.carrier.example");
        assertThat(PeerNames.of(authority.issue("CN.example", Duration.ofDays(1)).certificate()))
                .containsExactly("cn.example");
        assertThat(PeerNames.of(authority.issue("cn.example", Duration.ofDays(1), "dns.example").certificate()))
                .containsExactly("dns.example");
    }
}
