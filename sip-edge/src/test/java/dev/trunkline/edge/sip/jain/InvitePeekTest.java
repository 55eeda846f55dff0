package dev.trunkline.edge.sip.jain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.sip.jain.InvitePeek.Via;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitePeekTest {
    private static final String START = "INVITE sip:1@host SIP/2.0\r\n";

    private static Optional<Via> via(String message) {
        byte[] bytes = ("padding" + message).getBytes(StandardCharsets.ISO_8859_1);
        return InvitePeek.via(bytes, "padding".length(), bytes.length - "padding".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Via: SIP/2.0/UDP host:5060;branch=z9hG4bK-1-2\r\n",
        "v: SIP/2.0/UDP host:5060;rport;branch=z9hG4bK-1-2;received=1.2.3.4\r\n",
        "VIA : SIP/2.0/udp  host:5060;branch=z9hG4bK-1-2 ;rport\r\n",
        "via: SIP/2.0/UDP host:5060;branch=z9hG4bK-1-2, SIP/2.0/UDP other;branch=z9hG4bK-9\r\n",
        "Max-Forwards: 70\r\nSubject: Via: SIP/2.0/UDP x;branch=z9hG4bK-7\r\nVia: SIP/2.0/UDP host:5060;branch=z9hG4bK-1-2\r\n",
        "Via: SIP/2.0/UDP host:5060;branch=z9hG4bK-1-2\r\nVia: SIP/2.0/UDP other;branch=z9hG4bK-9\r\n",
        "Via: SIP/2.0/UDP host:5060;branch=z9hG4bK-1-2\nFrom: x\n",
        "Via: SIP/2.0/UDP host:5060;branch=z9hG4bK-1-2"
    })
    void findsTheTopmostVia(String headers) {
        assertThat(via(START + headers)).contains(new Via("host:5060", "z9hG4bK-1-2"));
        assertThat(via("SIP/2.0 100 Trying\r\n" + headers)).contains(new Via("host:5060", "z9hG4bK-1-2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "Via: SIP/2.0/UDP host\r\n",
        "Via: SIP/2.0/UDP host:5060;branch=1-2\r\n",
        "Via: SIP/2.0/UDP host, SIP/2.0/UDP other;branch=z9hG4bK-9\r\n",
        "Via: SIP/2.0/UDP host\r\nVia: SIP/2.0/UDP other;branch=z9hG4bK-9\r\n",
        "Violet: SIP/2.0/UDP host:5060;branch=z9hG4bK-1-2\r\n",
        "Via: SIP / 2.0 / UDP host:5060;branch=z9hG4bK-1-2\r\n",
        "Via: SIP/2.0/UDP host:5060;x=\";branch=z9hG4bK-7\";branch=z9hG4bK-1-2\r\n",
        "Via: SIP/2.0/TCP host:5060;branch=z9hG4bK-1-2\r\n",
        "X-Via: SIP/2.0/UDP host:5060;branch=z9hG4bK-1-2\r\n"
    })
    void leavesAllElseToTheParser(String headers) {
        assertThat(via(START + headers)).isEmpty();
    }

    @Test
    void looksOnlyAtTheStartOfTheFirstLine() {
        byte[] invite = START.getBytes(StandardCharsets.US_ASCII);
        assertThat(InvitePeek.isInvite(invite, 0, invite.length)).isTrue();
        assertThat(InvitePeek.isInvite(invite, 0, 3)).isFalse();
        assertThat(InvitePeek.isInvite(invite, 1, invite.length - 1)).isFalse();
        assertThat(InvitePeek.isResponse(invite, 0, invite.length)).isFalse();
        byte[] ok = "SIP/2.0 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(InvitePeek.isResponse(ok, 0, ok.length)).isTrue();
        assertThat(InvitePeek.isInvite(ok, 0, ok.length)).isFalse();
        assertThat(InvitePeek.isInvite(new byte[0], 0, 0)).isFalse();
    }
}
