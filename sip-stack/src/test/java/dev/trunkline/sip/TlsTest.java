package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.sip.certificates.Authority;
import dev.trunkline.sip.locate.Candidate;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.ConnectionLimits;
import dev.trunkline.sip.net.Listener;
import dev.trunkline.sip.net.PacketMark;
import dev.trunkline.sip.net.SipBindException;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.net.TransportWatch.Ending;
import dev.trunkline.sip.transport.tls.TlsSettings;
import dev.trunkline.sip.transport.tls.TlsSettings.ClientCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SIP over TLS on one loopback port. */
class TlsTest {
    private static final int PORT = 22621;
    private static final String LISTENER = "tls:127.0.0.1:" + PORT;
    private static final String URI = "sip:+3225550100@127.0.0.1:" + PORT;

    @TempDir
    Path folder;

    private Authority authority;
    private Path chain;
    private Path key;

    @BeforeEach
    void certificate() throws Exception {
        authority = new Authority("Test CA");
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
        authority.write(folder.resolve("ca.pem"));
        authority.issue("edge", Duration.ofDays(1), "127.0.0.1").write(chain, key);
    }

    private Optional<TlsSettings> tls(ClientCertificates clients) {
        return Optional.of(new TlsSettings(
                chain, key, Optional.of(folder.resolve("ca.pem")), clients, Duration.ofMillis(100)));
    }

    private LoopbackStack open(ClientCertificates clients) {
        return new LoopbackStack(LoopbackStack.LIMITS, tls(clients), LISTENER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void takesRequestsByBothVersions(String version) throws Exception {
        try (var edge = open(ClientCertificates.NONE);
                var phone = StreamPhone.tls(PORT, authority, Optional.empty(), version)) {
            String reply = phone.write(phone.request("OPTIONS", URI, "", "")).await("SIP/2.0 200");
            assertThat(reply).contains("Contact: <sip:stack@127.0.0.1:" + PORT + ";transport=tls>");
            assertThat(edge.await().source().transport()).isEqualTo(SipTransportKind.TLS);
            assertThat(((SSLSocket) phone.socket).getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void aSipsRequestGetsASipsContact() throws Exception {
        try (var edge = open(ClientCertificates.NONE);
                var phone = StreamPhone.tls(PORT, authority, Optional.empty())) {
            assertThat(phone.write(phone.request("OPTIONS", "sips:+3225550100@127.0.0.1", "", "")).await("SIP/2.0 200"))
                    .contains("Contact: <sips:stack@127.0.0.1:" + PORT + ">");
            assertThat(phone.write(phone.request("OPTIONS", URI, "Record-Route: <sips:proxy.example;lr>\r\n", ""))
                            .await("SIP/2.0 200"))
                    .contains("Contact: <sips:stack@");
        }
    }

    @Test
    void requestsOfOursGoBackOnTheConnection() throws Exception {
        try (var edge = open(ClientCertificates.NONE);
                var phone = StreamPhone.tls(PORT, authority, Optional.empty())) {
            phone.write(phone.request("OPTIONS", URI, "", "")).await("SIP/2.0 200");
            int port = phone.socket.getLocalPort();
            var outcome = new CompletableFuture<Integer>();
            edge.transport.send(
                    new OutgoingRequest("BYE", "sip:anna@127.0.0.1:" + port, List.of(), "c", "sip:a@b", "1", "sip:c@d",
                            "2", 1, List.of(), Optional.empty(), false, SipTransportKind.TLS, Optional.empty()),
                    answer -> outcome.complete(answer.status()));
            String bye = phone.await("BYE");
            assertThat(bye).contains("Via: SIP/2.0/TLS 127.0.0.1:" + PORT);
            phone.write("SIP/2.0 200 OK\r\n" + bye.lines()
                    .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq): .*"))
                    .map(line -> line + "\r\n")
                    .reduce("", String::concat) + "Content-Length: 0\r\n\r\n");
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(edge.open).hasValue(1);
        }
    }

    @Test
    void aNewCertificateIsTakenWithoutLosingAConnection() throws Exception {
        try (var edge = open(ClientCertificates.NONE);
                var before = StreamPhone.tls(PORT, authority, Optional.empty())) {
            before.write(before.request("OPTIONS", URI, "", "")).await("SIP/2.0 200");
            var renewed = authority.issue("renewed", Duration.ofDays(1), "127.0.0.1");
            renewed.write(chain, key);
            LoopbackStack.until(() -> showsItself(renewed));
            before.write(before.request("OPTIONS", URI, "", "")).await("SIP/2.0 200");
        }
    }

    private boolean showsItself(Authority.Pair expected) {
        try (var phone = StreamPhone.tls(PORT, authority, Optional.empty())) {
            return ((SSLSocket) phone.socket).getSession().getPeerCertificates()[0].equals(expected.certificate());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoeverMustShowACertificateAndHasNoneIsNotHeard() throws Exception {
        try (var edge = open(ClientCertificates.REQUIRED)) {
            assertThatThrownBy(() -> {
                        // In TLS 1.3 a client learns of the rejection at its first read.
                        try (var phone = StreamPhone.tls(PORT, authority, Optional.empty())) {
                            phone.write(phone.request("OPTIONS", URI, "", "")).read();
                        }
                    })
                    .isInstanceOf(IOException.class);
            LoopbackStack.until(() -> edge.over(Ending.HANDSHAKE_FAILED) == 1);
            assertThat(edge.requests).isEmpty();
        }
    }

    @Test
    void namesOfAVerifiedCertificateAreTold() throws Exception {
        var carrier = authority.issue("carrier", Duration.ofDays(1), "sip:carrier.example", "sbc.carrier.example");
        try (var edge = open(ClientCertificates.WANTED);
                var with = StreamPhone.tls(PORT, authority, Optional.of(carrier));
                var without = StreamPhone.tls(PORT, authority, Optional.empty())) {
            with.write(with.request("OPTIONS", URI, "", "")).await("SIP/2.0 200");
            assertThat(edge.await().source().peerNames())
                    .containsExactlyInAnyOrder("carrier.example", "sbc.carrier.example");
            without.write(without.request("OPTIONS", URI, "", "")).await("SIP/2.0 200");
            assertThat(edge.await().source().peerNames()).isEmpty();
        }
    }

    @Test
    void aCertificateThatSomebodyElseSignedIsRefused() throws Exception {
        var forged = new Authority("Test CA").issue("carrier", Duration.ofDays(1), "sip:carrier.example");
        try (var edge = open(ClientCertificates.WANTED)) {
            assertThatThrownBy(() -> {
                        try (var phone = StreamPhone.tls(PORT, authority, Optional.of(forged))) {
                            phone.write(phone.request("OPTIONS", URI, "", "")).read();
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(edge.requests).isEmpty();
        }
    }

    @Test
    void aStrangerIsResetBeforeTheHandshake() throws Exception {
        try (var edge = open(ClientCertificates.NONE)) {
            edge.trusted = source -> false;
            assertThatThrownBy(() -> StreamPhone.tls(PORT, authority, Optional.empty())).isInstanceOf(IOException.class);
            assertThat(edge.over).isEmpty();
            edge.trusted = source -> true;
            try (var phone = StreamPhone.tls(PORT, authority, Optional.empty())) {
                phone.write(phone.request("OPTIONS", URI, "", "")).await("SIP/2.0 200");
            }
        }
    }

    @Test
    void aHandshakeThatTakesTooLongIsCutOffAndHoldsUpNobody() throws Exception {
        var limits = new ConnectionLimits(100, 50, Duration.ofMillis(300), Duration.ofSeconds(5), Duration.ofMinutes(1));
        try (var edge = new LoopbackStack(limits, tls(ClientCertificates.NONE), LISTENER);
                var silent = new Socket("127.0.0.1", PORT);
                var half = new Socket("127.0.0.1", PORT)) {
            half.getOutputStream().write(new byte[] {0x16, 3, 1});
            try (var phone = StreamPhone.tls(PORT, authority, Optional.empty())) {
                phone.write(phone.request("OPTIONS", URI, "", "")).await("SIP/2.0 200");
            }
            LoopbackStack.until(() -> edge.over(Ending.HANDSHAKE_SLOW) == 2);
        }
    }

    @Test
    void whatIsNoTlsIsCutOff() throws Exception {
        try (var edge = open(ClientCertificates.NONE);
                var plain = StreamPhone.tcp("127.0.0.1", PORT)) {
            plain.write(plain.request("OPTIONS", URI, "", ""));
            assertThat(plain.isClosed()).isTrue();
            LoopbackStack.until(() -> edge.over(Ending.HANDSHAKE_FAILED) == 1);
        }
    }

    @Test
    void aServerThatWeConnectToIsHeldToTheNameThatWasAskedFor() throws Exception {
        var named = authority.issue("them", Duration.ofDays(1), "127.0.0.1", "sip:them.example", "sbc.them.example");
        try (var edge = open(ClientCertificates.NONE);
                var them = new TlsServer(named, 22623)) {
            assertThat(sent(edge, "sip:a@127.0.0.1:22623;transport=tls")).isEqualTo(200);
            assertThat(edge.over(Ending.WRONG_NAME)).isZero();
        }
        // The server's certificate does not contain an IP address.
        var other = authority.issue("them", Duration.ofDays(1), "sip:them.example");
        try (var edge = open(ClientCertificates.NONE);
                var them = new TlsServer(other, 22623)) {
            assertThat(sent(edge, "sip:a@127.0.0.1:22623;transport=tls")).isEqualTo(503);
            LoopbackStack.until(() -> edge.over(Ending.WRONG_NAME) == 1);
            assertThat(them.heard).isEmpty();
        }
    }

    private static int sent(LoopbackStack edge, String uri) throws Exception {
        var outcome = new CompletableFuture<Integer>();
        edge.transport.send(
                new OutgoingRequest("OPTIONS", uri, List.of(), "c", "sip:a@b", "1", "sip:c@d", "", 1, List.of(),
                        SipTransportKind.TLS, Optional.empty()),
                answer -> outcome.complete(answer.status()));
        return outcome.get(10, TimeUnit.SECONDS);
    }

    @Test
    void withoutAUsableCertificateNothingIsOpened() {
        var missing = Optional.of(new TlsSettings(
                folder.resolve("none.pem"), key, Optional.empty(), ClientCertificates.NONE, Duration.ofSeconds(1)));
        assertThatThrownBy(() -> new LoopbackStack(LoopbackStack.LIMITS, missing, LISTENER))
                .isInstanceOf(SipBindException.class)
                .hasMessageContaining("the file with the certificate").hasMessageContaining("none.pem");
        assertThatThrownBy(() -> new LoopbackStack(LoopbackStack.LIMITS, Optional.empty(), LISTENER))
                .hasMessageContaining("there is no certificate");
        assertThatThrownBy(() -> new Socket("127.0.0.1", PORT).close()).isInstanceOf(IOException.class);
    }

    /** Names in a certificate, the name requested, and the status that results (RFC 5922 section 7.2). */
    @ParameterizedTest
    @CsvSource({
        "sip:them.example, them.example, 200",
        "sip:them.example, THEM.Example, 200",
        "sbc.them.example, sbc.them.example, 200",
        "sip:them.example, sbc.them.example, 503",
        "sip:them.example, other.example, 503",
        "*.them.example, sbc.them.example, 503",
        "sip:anna@them.example, them.example, 503",
    })
    void aServerIsHeldToTheDomainThatWasAskedFor(String name, String asked, int status) throws Exception {
        var settings = new ListenSettings(List.of(Listener.parse(LISTENER)), List.of(), 1 << 20, 1_000, LoopbackStack.LIMITS, PacketMark.NONE,
                tls(ClientCertificates.NONE));
        var place = new Candidate(InetAddress.ofLiteral("127.0.0.1"), 22623, SipTransportKind.TLS, Optional.of(asked));
        try (var stack = SipStack.builder(settings)
                        .locatedBy(target -> CompletableFuture.completedFuture(List.of(place)))
                        .build();
                var them = new TlsServer(authority.issue("somebody", Duration.ofDays(1), name), 22623)) {
            stack.start(new SipHandler() {
                @Override
                public void request(ServerTransaction transaction) {}

                @Override
                public void ack(SipRequest ack) {}
            });
            var outcome = new CompletableFuture<Integer>();
            stack.send(new OutgoingRequest("OPTIONS", "sips:a@" + asked, List.of(), "c", "sip:a@b", "1", "sip:c@d", "", 1, List.of(),
                    SipTransportKind.TLS, Optional.empty()), answer -> outcome.complete(answer.status()));
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(status);
            assertThat(them.heard).hasSize(status == 200 ? 1 : 0);
        }
    }
}
