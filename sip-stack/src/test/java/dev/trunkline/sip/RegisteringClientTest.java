package dev.trunkline.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.sip.auth.Account;
import dev.trunkline.sip.auth.DigestClient;
import dev.trunkline.sip.auth.DigestSession;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.net.SipTransportKind;
import dev.trunkline.sip.register.RegisterTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RegisteringClientTest {
    private static final String CHALLENGE = "WWW-Authenticate: Digest realm=\"a\", nonce=\"n\", qop=\"auth\"";
    private static final String GRANTED = "Contact: <sip:+32@us.example:5060>;expires=100";

    private final ManualDelays time = new ManualDelays();
    private final PlayedPeers peers = new PlayedPeers();
    private final List<RegisteringClient.Standing> told = new ArrayList<>();
    private String registrar = "sip:one.example";
    private boolean refusing;
    private boolean deaf;
    private final RegisteringClient client = new RegisteringClient(
            peers,
            new DigestSession(new DigestClient(new Account("anna", "secret", Optional.empty()), () -> "c")),
            this::binding, RegisterTimes.of(Duration.ofSeconds(300)), time, time, new Random(1), this::tell);

    private RegisteringClient.Binding binding() {
        if (refusing) {
            throw new IllegalStateException("no registrar is known");
        }
        return new RegisteringClient.Binding(registrar, List.of(), "sip:anna@one.example", "+32", SipTransportKind.UDP);
    }

    private void tell(RegisteringClient.Standing standing) {
        if (deaf) {
            throw new AssertionError("the listener cannot take it");
        }
        told.add(standing);
    }

    private OutgoingRequest start() {
        client.start();
        time.settle();
        return peers.last().request;
    }

    private OutgoingRequest answer(int status, String... headers) {
        peers.last().answer(status, headers);
        time.settle();
        return peers.last().request;
    }

    @Test
    void itRegistersWithItsPasswordAndIsRefreshed() {
        OutgoingRequest first = start();
        assertThat(first.requestUri()).isEqualTo("sip:one.example");
        assertThat(first.fromUri()).isEqualTo("sip:anna@one.example");
        assertThat(first.contactUser()).contains("+32");
        assertThat(peers.last().header("Expires")).isEqualTo("300");
        assertThat(peers.last().header("Authorization")).isEmpty();
        OutgoingRequest second = answer(401, CHALLENGE);
        assertThat(second.cseq()).isEqualTo(2);
        assertThat(second.callId()).isEqualTo(first.callId());
        assertThat(peers.last().header("Authorization")).contains("username=\"anna\"").doesNotContain("secret");
        answer(200, GRANTED, "Service-Route: <sip:edge.one.example;lr>");
        assertThat(told).containsExactly(new RegisteringClient.Standing(
                Optional.of(time.instant().plusSeconds(100)), 200, "", List.of("<sip:edge.one.example;lr>")));
        time.pass(Duration.ofSeconds(69));
        assertThat(peers.sent).hasSize(2);
        time.pass(Duration.ofSeconds(16));
        assertThat(peers.sent).hasSize(3);
        assertThat(peers.last().request.cseq()).isEqualTo(3);
        assertThat(peers.last().header("Authorization")).as("before it is asked").contains("nc=00000002");
    }

    @Test
    void theRegistrarsIntervalIsTaken() {
        start();
        answer(423, "Min-Expires: 900");
        assertThat(peers.last().header("Expires")).isEqualTo("900");
        assertThat(told).as("nobody needs to know").isEmpty();
    }

    @Test
    void aWrongPasswordIsSaidInWordsAndNotTriedForAWhile() {
        start();
        answer(401, CHALLENGE);
        answer(401, CHALLENGE);
        assertThat(told).singleElement().satisfies(standing -> {
            assertThat(standing.registered()).isFalse();
            assertThat(standing.why()).isEqualTo("user name or password are wrong");
            assertThat(standing.status()).isEqualTo(401);
        });
        time.pass(Duration.ofSeconds(299));
        assertThat(peers.sent).hasSize(2);
        time.pass(Duration.ofSeconds(1));
        assertThat(peers.sent).hasSize(3);
    }

    @Test
    void aRegistrarThatIsGoneAndBackIsFoundAgainAlsoElsewhere() {
        start();
        answer(200, GRANTED);
        time.pass(Duration.ofSeconds(90));
        registrar = "sip:two.example";
        answer(408);
        assertThat(told.getLast().registered()).as("the binding is still there").isTrue();
        assertThat(told.getLast().why()).isEqualTo("no answer arrived in time");
        time.pass(Duration.ofSeconds(2));
        assertThat(peers.last().request.requestUri()).isEqualTo("sip:two.example");
        time.pass(Duration.ofSeconds(10));
        answer(503);
        assertThat(told.getLast().registered()).isFalse();
        time.pass(Duration.ofSeconds(4));
        answer(200, GRANTED);
        assertThat(told.getLast().registered()).isTrue();
    }

    @Test
    void theEndTakesTheBindingBackWhereItIs() {
        start();
        answer(200, GRANTED);
        registrar = "sip:two.example";
        CompletionStage<Void> ended = client.end();
        time.settle();
        assertThat(peers.last().header("Expires")).isEqualTo("0");
        assertThat(peers.last().request.requestUri()).isEqualTo("sip:one.example");
        assertThat(ended.toCompletableFuture()).isNotDone();
        answer(200);
        assertThat(ended.toCompletableFuture()).isDone();
        time.pass(Duration.ofDays(1));
        assertThat(peers.sent).hasSize(2);
    }

    @Test
    void anEndThatNobodyAnswersEndsAllTheSame() {
        start();
        answer(200, GRANTED);
        CompletionStage<Void> ended = client.end();
        time.pass(Duration.ofSeconds(4));
        assertThat(ended.toCompletableFuture()).isDone();
    }

    @Test
    void whatCannotBeSentIsTriedAgain() {
        refusing = true;
        client.start();
        assertThatThrownBy(time::settle).hasMessage("no registrar is known");
        refusing = false;
        time.settle();
        assertThat(told.getLast().status()).isEqualTo(503);
        time.pass(Duration.ofSeconds(2));
        answer(200, GRANTED);
        assertThat(told.getLast().registered()).isTrue();
    }

    @Test
    void aListenerThatThrowsKeepsNoRefreshFromComing() {
        start();
        deaf = true;
        peers.last().answer(200, GRANTED);
        assertThatThrownBy(time::settle).hasMessage("the listener cannot take it");
        deaf = false;
        time.pass(Duration.ofSeconds(86));
        assertThat(peers.sent).hasSize(2);
    }

    @Test
    void anAnswerThatComesTwiceChangesNothing() {
        start();
        answer(200, GRANTED);
        peers.sent.getFirst().answer(403);
        time.settle();
        assertThat(told).hasSize(1);
    }
}
