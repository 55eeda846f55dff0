package dev.trunkline.rtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The agent against a server implemented by the test, in simulated time. */
class IceAgentTest {

    private static final InetSocketAddress GOOD = new InetSocketAddress("192.0.2.1", 1000);
    private static final InetSocketAddress BETTER = new InetSocketAddress("192.0.2.2", 1000);
    private static final InetSocketAddress STRANGER = new InetSocketAddress("198.51.100.9", 9);

    private record Packet(InetSocketAddress to, byte[] bytes) {
    }

    private final Random random = new Random(1);
    private final IceCredentials ours = new IceCredentials("ours", "our-password-of-22-chars");
    private final IceCredentials theirs = new IceCredentials("them", "their-password-of-22-char");
    private final List<Packet> sent = new ArrayList<>();
    private final Queue<Packet> wire = new ArrayDeque<>();
    private final List<InetSocketAddress> selected = new ArrayList<>();
    private final Set<InetSocketAddress> answering = new HashSet<>();
    private final List<InetSocketAddress> nominated = new ArrayList<>();
    private long now = 1_000_000_000L;
    private int lost;

    private final IceAgent agent = new IceAgent(ours, () -> now, random, Duration.ofSeconds(10),
            address -> !address.equals(STRANGER), new IceOutput() {
                @Override
                public void send(InetSocketAddress to, byte[] packet) {
                    sent.add(new Packet(to, packet));
                    wire.add(new Packet(to, packet));
                }

                @Override
                public void selected(InetSocketAddress remote) {
                    selected.add(remote);
                }

                @Override
                public void consentLost() {
                    lost++;
                }
            });

    @Test
    void theOnlyCandidateIsNominatedByTheFirstCheck() {
        answering.add(GOOD);
        begin(candidate(GOOD, 100));
        run(Duration.ofMillis(1));
        assertThat(selected).containsExactly(GOOD);
        assertThat(nominated).containsExactly(GOOD);
        assertThat(agent.knows(GOOD)).isTrue();
        assertThat(agent.knows(STRANGER)).isFalse();
        assertThat(agent.roundTrip()).contains(Duration.ZERO);
    }

    @Test
    void nothingIsSentBeforeTheServersCredentialsAreKnown() {
        agent.add(candidate(GOOD, 100));
        assertThat(sent).isEmpty();
        assertThat(agent.nextTimeout()).isEmpty();
    }

    @Test
    void aLateServerIsFoundByAResentCheck() {
        begin(candidate(GOOD, 100));
        run(Duration.ofMillis(500));
        assertThat(selected).isEmpty();
        answering.add(GOOD);
        run(Duration.ofSeconds(1));
        assertThat(selected).containsExactly(GOOD);
    }

    @Test
    void theBestThatAnswersIsSelected() {
        answering.add(GOOD);
        answering.add(BETTER);
        begin(candidate(GOOD, 100), candidate(BETTER, 200));
        run(Duration.ofSeconds(1));
        assertThat(selected).last().isEqualTo(BETTER);
        assertThat(agent.selected()).contains(BETTER);
    }

    @Test
    void theWorseIsSelectedWhenTheBestIsSilent() {
        answering.add(GOOD);
        begin(candidate(BETTER, 200), candidate(GOOD, 100));
        run(Duration.ofMillis(200));
        assertThat(selected).containsExactly(GOOD);
        assertThat(nominated).contains(GOOD);
    }

    @Test
    void aBetterOneThatAnswersLaterTakesOver() {
        answering.add(GOOD);
        begin(candidate(BETTER, 200), candidate(GOOD, 100));
        run(Duration.ofMillis(200));
        answering.add(BETTER);
        run(Duration.ofSeconds(2));
        assertThat(selected).containsExactly(GOOD, BETTER);
    }

    @Test
    void aTrickledCandidateIsCheckedToo() {
        answering.add(GOOD);
        begin();
        run(Duration.ofSeconds(1));
        assertThat(sent).isEmpty();
        agent.add(candidate(GOOD, 100));
        run(Duration.ofMillis(1));
        assertThat(selected).containsExactly(GOOD);
    }

    @Test
    void checksOfASilentServerEndAndAreFew() {
        begin(candidate(GOOD, 100));
        run(Duration.ofMinutes(1));
        assertThat(selected).isEmpty();
        assertThat(sent).hasSizeBetween(10, 30);
        assertThat(agent.nextTimeout()).isEmpty();
    }

    @Test
    void unreachableAddressesAreNotChecked() {
        begin(candidate(STRANGER, 100));
        run(Duration.ofSeconds(1));
        assertThat(sent).isEmpty();
    }

    @Test
    void otherCredentialsOfTheServerMakeItPast() {
        assertThat(agent.isChecking()).isFalse();
        assertThat(agent.isPast(theirs)).isFalse();
        begin();
        assertThat(agent.isChecking()).isTrue();
        assertThat(agent.isPast(theirs)).isFalse();
        assertThat(agent.isPast(new IceCredentials("then", theirs.password()))).isTrue();
    }

    @Test
    void itTellsHowFarItHasCome() {
        assertThat(agent).hasToString("no answer, 0 candidates, 0 checks sent, 0 of the server's received, none selected");
        answering.add(GOOD);
        begin(candidate(GOOD, 100));
        assertThat(agent).hasToString("1 candidates, 1 checks sent, 0 of the server's received, one selected");
    }

    @Test
    void consentIsAskedForAndKept() {
        answering.add(GOOD);
        begin(candidate(GOOD, 100));
        run(Duration.ofMinutes(2));
        assertThat(lost).isZero();
        // 2 minutes at 3.3 s, randomised by a fifth.
        assertThat(sent).hasSizeBetween(28, 50);
    }

    @Test
    void consentIsLostOnceWhenTheServerIsSilentForTheTime() {
        answering.add(GOOD);
        begin(candidate(GOOD, 100));
        run(Duration.ofSeconds(30));
        answering.clear();
        run(Duration.ofSeconds(5));
        assertThat(lost).isZero();
        run(Duration.ofSeconds(30));
        assertThat(lost).isEqualTo(1);
        int before = sent.size();
        run(Duration.ofSeconds(30));
        assertThat(sent).hasSize(before);
    }

    @Test
    void aShortSilenceIsForgiven() {
        answering.add(GOOD);
        begin(candidate(GOOD, 100));
        for (int i = 0; i < 10; i++) {
            run(Duration.ofSeconds(10));
            answering.clear();
            run(Duration.ofSeconds(5));
            answering.add(GOOD);
        }
        run(Duration.ofSeconds(10));
        assertThat(lost).isZero();
    }

    @Test
    void anAnswerFromElsewhereCountsForNothing() {
        begin(candidate(GOOD, 100));
        StunMessage request = StunMessage.parse(sent.getFirst().bytes(), sent.getFirst().bytes().length).orElseThrow();
        byte[] answer = StunWriter.bindingSuccess(request.transactionId(), GOOD, theirs.key());
        agent.onPacket(BETTER, answer, answer.length);
        assertThat(selected).isEmpty();
    }

    @Test
    void aForgedAnswerCountsForNothing() {
        begin(candidate(GOOD, 100));
        StunMessage request = StunMessage.parse(sent.getFirst().bytes(), sent.getFirst().bytes().length).orElseThrow();
        byte[] answer = StunWriter.bindingSuccess(request.transactionId(), GOOD, "wrong password of theirs".getBytes());
        agent.onPacket(GOOD, answer, answer.length);
        assertThat(selected).isEmpty();
    }

    @Test
    void theServersChecksAreAnsweredAndMakeACandidate() {
        answering.add(BETTER);
        begin();
        byte[] check = request(BETTER, "ours:them", ours, false);
        agent.onPacket(BETTER, check, check.length);
        StunMessage answer = StunMessage.parse(sent.getFirst().bytes(), sent.getFirst().bytes().length).orElseThrow();
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.mappedAddress()).contains(BETTER);
        run(Duration.ofMillis(10));
        assertThat(selected).containsExactly(BETTER);
    }

    @Test
    void aServerThatBelievesToBeInControlIsTold() {
        begin();
        byte[] check = request(GOOD, "ours:them", ours, true);
        agent.onPacket(GOOD, check, check.length);
        StunMessage answer = StunMessage.parse(sent.getFirst().bytes(), sent.getFirst().bytes().length).orElseThrow();
        assertThat(answer.errorCode()).hasValue(487);
    }

    @Test
    void checksOfStrangersAreNotAnswered() {
        begin();
        byte[] wrongName = request(GOOD, "other:them", ours, false);
        agent.onPacket(GOOD, wrongName, wrongName.length);
        byte[] wrongKey = request(GOOD, "ours:them", theirs, false);
        agent.onPacket(GOOD, wrongKey, wrongKey.length);
        assertThat(sent).isEmpty();
    }

    @Test
    void aFloodOfCandidatesIsBounded() {
        begin();
        for (int i = 1; i < 5000; i++) {
            agent.add(candidate(new InetSocketAddress("203.0.113.1", i), i));
        }
        run(Duration.ofMinutes(1));
        assertThat(sent.stream().map(Packet::to).distinct()).hasSizeLessThanOrEqualTo(64);
    }

    private void begin(IceCandidate... candidates) {
        agent.remote(theirs);
        for (IceCandidate candidate : candidates) {
            agent.add(candidate);
        }
        deliver();
    }

    /** Advances time, timer by timer. */
    private void run(Duration time) {
        long end = now + time.toNanos();
        deliver();
        while (agent.nextTimeout().isPresent() && agent.nextTimeout().getAsLong() <= end) {
            now = Math.max(now, agent.nextTimeout().getAsLong());
            agent.onTimer();
            deliver();
        }
        now = end;
    }

    private void deliver() {
        for (Packet packet = wire.poll(); packet != null; packet = wire.poll()) {
            StunMessage message = StunMessage.parse(packet.bytes(), packet.bytes().length).orElseThrow();
            if (message.isRequest() && answering.contains(packet.to())) {
                assertThat(message.username()).contains("them:ours");
                assertThat(message.authentic(theirs.key())).isTrue();
                if (message.useCandidate()) {
                    nominated.add(packet.to());
                }
                byte[] answer = StunWriter.bindingSuccess(message.transactionId(), GOOD, theirs.key());
                agent.onPacket(packet.to(), answer, answer.length);
            }
        }
    }

    private byte[] request(InetSocketAddress from, String name, IceCredentials key, boolean controlling) {
        byte[] transaction = new byte[12];
        random.nextBytes(transaction);
        byte[] request = StunWriter.bindingRequest(transaction, name, 1, 1, false, key.key());
        if (controlling) {
            return request;
        }
        return StunRequests.controlled(transaction, name, key.key());
    }

    private static IceCandidate candidate(InetSocketAddress address, long priority) {
        return new IceCandidate("1", priority, address, "host");
    }
}
