package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.sip.auth.Account;
import dev.trunkline.sip.auth.DigestClient;
import dev.trunkline.sip.auth.DigestSession;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.SipTransportKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnsweringClientTest {
    private static final String SERVER = "WWW-Authenticate: Digest realm=\"s\", nonce=\"n\", qop=\"auth\"";
    private static final String PROXY = "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\", qop=\"auth\"";

    private final PlayedPeers peers = new PlayedPeers();
    private final List<String> told = new ArrayList<>();
    private final AnsweringClient client = new AnsweringClient(peers, new DigestSession(
            new DigestClient(new Account("anna", "secret", Optional.empty()), () -> "c")));

    private ClientTransaction invite() {
        var request = new OutgoingRequest("INVITE", "sip:+32@carrier.example", List.of(), "call", "sip:us@b", "us",
                "sip:+32@carrier.example", "", 7, List.of(new SipHeader("Allow", "INVITE")), SipTransportKind.UDP, Optional.empty());
        return client.send(request, new ResponseHandler() {
            @Override
            public void answered(SipResponse response) {
                told.add("answered " + response.status() + " to " + response.cseq());
            }

            @Override
            public void progressed(SipResponse response) {
                told.add("progressed " + response.status());
            }

            @Override
            public void forked(SipResponse response) {
                told.add("forked " + response.status());
            }
        }, told::add);
    }

    @Test
    void proxyAndServerAreAnsweredOneAfterTheOther() {
        invite();
        peers.last().answer(100);
        peers.last().answer(407, PROXY);
        assertThat(peers.last().header("Proxy-Authorization")).contains("realm=\"p\"");
        peers.last().answer(401, SERVER);
        assertThat(peers.last().header("Authorization")).contains("realm=\"s\"");
        assertThat(peers.last().header("Proxy-Authorization")).contains("nc=00000002");
        assertThat(peers.last().header("Allow")).isEqualTo("INVITE");
        peers.last().answer(180);
        peers.last().answer(200);
        assertThat(told).containsExactly("progressed 100", "progressed 180", "answered 200 to 9");
        assertThat(peers.sent).extracting(sent -> sent.request.cseq()).containsExactly(7L, 8L, 9L);
    }

    @Test
    void whatCannotBeAnsweredIsToldWithItsReason() {
        invite();
        peers.last().answer(401, "WWW-Authenticate: Basic realm=\"s\"");
        assertThat(told).containsExactly(
                "it asks for credentials in an unsupported way; Digest with MD5 or SHA-256 is supported", "answered 401 to 7");
    }

    @Test
    void whoIsCancelledWhileItIsAskedIsNotSentAgain() {
        ClientTransaction call = invite();
        call.cancel();
        assertThat(peers.last().cancelled).isTrue();
        peers.last().answer(401, SERVER);
        assertThat(peers.sent).hasSize(1);
        assertThat(told).containsExactly("answered 487 to 7");
    }

    @Test
    void whoIsCancelledAfterItWasAskedIsTakenBackThere() {
        ClientTransaction call = invite();
        peers.last().answer(401, SERVER);
        call.cancel();
        assertThat(peers.last().cancelled).isTrue();
        peers.last().answer(487);
        assertThat(told).containsExactly("answered 487 to 8");
    }
}
