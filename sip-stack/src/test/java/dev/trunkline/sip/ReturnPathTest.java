package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where responses over UDP go. */
class ReturnPathTest {
    private static final int PORT = 22647;

    private LoopbackStack stack;
    private UdpPeer peer;
    private UdpPeer victim;

    @BeforeEach
    void open() throws IOException {
        stack = new LoopbackStack(LoopbackStack.LIMITS, Optional.empty(), "udp:127.0.0.1:" + PORT);
        peer = new UdpPeer("127.0.0.1", PORT);
        victim = new UdpPeer("127.0.0.2", PORT);
    }

    @AfterEach
    void close() {
        peer.close();
        victim.close();
        stack.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {";maddr=127.0.0.2", ";received=127.0.0.2", ";maddr=127.0.0.2;received=127.0.0.2", ";maddr=nobody.invalid", ";maddr=[::1]"})
    void neverWhereTheSenderSays(String parameters) throws Exception {
        for (String method : new String[] {"OPTIONS", "INVITE"}) {
            String more = parameters + ";rport";
            peer.send(peer.request(method, method + parameters.hashCode(), method, more, "", ""));
            assertThat(peer.next()).startsWith("SIP/2.0 200");
        }
        assertThat(victim.within(100)).isEmpty();
    }

    @Test
    void withRportToThePacketsPortElseToThatOfTheVia() throws Exception {
        try (var other = new UdpPeer("127.0.0.1", PORT)) {
            String request = peer.request("OPTIONS", "port", "port", ";rport", "", "");
            // As behind a NAT, the Via names a port other than the packet's source port.
            other.send(request);
            assertThat(other.next()).contains(";rport=" + other.port()).contains("received=127.0.0.1");
            assertThat(peer.within(100)).isEmpty();
            other.send(request.replace(";rport", "").replace("port", "plain"));
            assertThat(peer.next()).startsWith("SIP/2.0 200");
            assertThat(other.within(100)).isEmpty();
        }
    }

    @Test
    void aNameInTheViaIsNeverLookedUp() throws Exception {
        String request = peer.request("OPTIONS", "name", "name", ";rport", "", "")
                .replace("Via: SIP/2.0/UDP 127.0.0.1:", "Via: SIP/2.0/UDP nobody.invalid:");
        peer.send(request);
        assertThat(peer.next()).startsWith("SIP/2.0 200");
    }

    @Test
    void whatCannotBeTakenIsRefusedToWhereItCameFrom() throws Exception {
        peer.send(peer.request("OPTIONS", "bad", "bad", ";maddr=127.0.0.2", "", "").replace("CSeq: 1", "CSeq: one"));
        assertThat(peer.next()).startsWith("SIP/2.0 400").contains("Warning: 399");
        assertThat(stack.malformed).hasValue(1);
        assertThat(victim.within(100)).isEmpty();
    }

    @Test
    void datagramsMayBeAsLongAsThereAre() throws Exception {
        peer.send(peer.request("MESSAGE", "long", "long", ";rport", "", "x".repeat(65_000)));
        assertThat(peer.next()).startsWith("SIP/2.0 200");
        assertThat(stack.await().body()).hasSize(65_000);
    }

    @Test
    void whatIsNoSipIsPassedOver() throws Exception {
        for (String nothing : new String[] {"\r\n\r\n", "\u0000\u0001", "\u0080\u0000", "", "x", "\r\n"}) {
            peer.send(nothing);
        }
        peer.send("OPTIONS", "after");
        assertThat(peer.next()).contains("after");
        assertThat(stack.requests).hasSize(1);
    }

    @Test
    void aDoubleStackTakesBothFamilies() throws Exception {
        try (var both = new LoopbackStack(LoopbackStack.LIMITS, Optional.empty(), "udp:[::]:22648", "tcp:[::]:22648");
                var old = new UdpPeer("127.0.0.1", 22648);
                var fresh = new UdpPeer("::1", 22648);
                var phone = StreamPhone.tcp("::1", 22648)) {
            assertThat(old.send("OPTIONS", "v4").next()).startsWith("SIP/2.0 200");
            assertThat(both.await().source().address().getHostAddress()).isEqualTo("127.0.0.1");
            assertThat(fresh.send("OPTIONS", "v6").next()).startsWith("SIP/2.0 200");
            assertThat(both.await().source().address().getAddress()).hasSize(16);
            phone.write(phone.request("OPTIONS", "sip:1@[::1]", "", "")).await("SIP/2.0 200");
        }
    }
}
