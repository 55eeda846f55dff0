package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.sip.auth.Account;
import dev.trunkline.sip.auth.DigestClient;
import dev.trunkline.sip.auth.DigestSession;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.net.SipTransportKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayCallTest {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final ManualDelays time = new ManualDelays();
    private final PlayedPeers peers = new PlayedPeers();
    private final List<String> told = new ArrayList<>();

    private static OutgoingRequest at(String host) {
        return new OutgoingRequest("INVITE", "sip:+32@" + host, List.of(), "call", "sip:us@b", "us", "sip:+32@" + host, "", 1,
                List.of(), SipTransportKind.UDP, Optional.empty());
    }

    private ClientTransaction call(String... hosts) {
        return GatewayCall.send(peers, List.of(hosts).stream().map(GatewayCallTest::at).toList(), PATIENCE, time, new GatewayCall.Outcome() {
            @Override
            public void answered(OutgoingRequest sent, SipResponse response) {
                told.add("answered " + response.status());
            }

            @Override
            public void progressed(OutgoingRequest sent, SipResponse response) {
                told.add("progressed " + response.status());
            }

            @Override
            public void forked(OutgoingRequest sent, SipResponse response) {
                told.add("forked " + response.status());
            }
        });
    }

    private List<String> tried() {
        return peers.sent.stream().map(sent -> sent.request.requestUri().replace("sip:+32@", "")).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {503, 408, 502, 504})
    void whoCannotIsLeftForTheNext(int status) {
        call("a", "b");
        peers.last().answer(status);
        assertThat(tried()).containsExactly("a", "b");
        peers.last().answer(200);
        assertThat(told).containsExactly("answered 200");
        assertThat(time.waiting()).as("nothing is left behind").isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {486, 404, 403, 500, 603, 302})
    void whoRefusesIsBelieved(int status) {
        call("a", "b");
        peers.last().answer(status);
        assertThat(tried()).containsExactly("a");
        assertThat(told).containsExactly("answered " + status);
    }

    @Test
    void whoSaysNothingIsLeftAndTakenBack() {
        call("a", "b");
        time.pass(PATIENCE);
        assertThat(tried()).containsExactly("a", "b");
        assertThat(peers.sent.getFirst().cancelled).isTrue();
        peers.last().answer(180);
        time.pass(Duration.ofMinutes(1));
        assertThat(peers.last().cancelled).as("it rings").isFalse();
        peers.sent.getFirst().answer(487);
        peers.last().answer(200);
        assertThat(told).containsExactly("progressed 180", "answered 200");
    }

    @Test
    void whoRingsIsGivenTheTimeOfItsTransaction() {
        call("a", "b");
        peers.last().answer(100);
        time.pass(Duration.ofMinutes(1));
        assertThat(tried()).containsExactly("a");
    }

    @Test
    void theLastOneIsWaitedFor() {
        call("a");
        time.pass(Duration.ofSeconds(31));
        assertThat(peers.last().cancelled).isFalse();
        peers.last().answer(408);
        assertThat(told).containsExactly("answered 408");
    }

    @Test
    void aCallThatWasLeftAndIsTakenAllTheSameIsToldAsAFork() {
        call("a", "b");
        time.pass(PATIENCE);
        peers.sent.getFirst().answer(180);
        peers.sent.getFirst().answer(200);
        assertThat(told).as("to be acknowledged, and ended").containsExactly("forked 200");
        peers.last().answer(486);
        assertThat(told).containsExactly("forked 200", "answered 486");
    }

    @Test
    void whoIsCancelledIsTriedNowhereElse() {
        ClientTransaction call = call("a", "b");
        call.cancel();
        assertThat(peers.last().cancelled).isTrue();
        peers.last().answer(503);
        time.pass(Duration.ofMinutes(1));
        assertThat(tried()).containsExactly("a");
        assertThat(told).containsExactly("answered 503");
    }

    @Test
    void withoutAGatewayNobodyCanBeCalled() {
        assertThatThrownBy(this::call).hasMessageContaining("needs a gateway");
    }

    @Test
    void whatAnswersIsToldWithTheCredentialsThatItGot() {
        var client = new AnsweringClient(peers, new DigestSession(
                new DigestClient(new Account("anna", "secret", Optional.empty()), () -> "c")));
        var accepted = new ArrayList<OutgoingRequest>();
        GatewayCall.send(client, List.of(at("a"), at("b")), PATIENCE, time, new GatewayCall.Outcome() {
            @Override
            public void progressed(OutgoingRequest sent, SipResponse response) {
                told.add("progressed " + response.status());
            }

            @Override
            public void answered(OutgoingRequest sent, SipResponse response) {
                accepted.add(sent);
            }

            @Override
            public void forked(OutgoingRequest sent, SipResponse response) {
                told.add("forked " + response.status());
            }
        });
        peers.last().answer(503);
        peers.last().answer(401, "WWW-Authenticate: Digest realm=\"s\", nonce=\"n\", qop=\"auth\"");
        peers.last().answer(200);
        assertThat(accepted).singleElement().satisfies(sent -> {
            assertThat(sent.requestUri()).isEqualTo("sip:+32@b");
            assertThat(sent.cseq()).isEqualTo(2);
            assertThat(sent.headers()).extracting(SipHeader::name).contains("Authorization");
        });
    }
}
