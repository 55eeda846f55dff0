package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.edge.auth.DigestServer;
import dev.trunkline.edge.auth.Guesses;
import dev.trunkline.edge.auth.NonceCounts;
import dev.trunkline.edge.auth.Nonces;
import dev.trunkline.edge.auth.WrongAnswers;
import dev.trunkline.edge.dialog.SealedHeads;
import dev.trunkline.edge.trunks.Doorman;
import dev.trunkline.edge.trunks.FirstLook;
import dev.trunkline.edge.trunks.Gate;
import dev.trunkline.edge.trunks.KnownTrunk;
import dev.trunkline.edge.trunks.Quotas;
import dev.trunkline.edge.trunks.StrangerRate;
import dev.trunkline.edge.trunks.TrunkTable;
import dev.trunkline.edge.trunks.With;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.Pseudonyms;
import dev.trunkline.events.privacy.SealedCallers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.events.privacy.TrunkUser;
import dev.trunkline.sip.Door;
import dev.trunkline.sip.auth.Account;
import dev.trunkline.sip.auth.DigestClient;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** OPTIONS outside of calls: answered without keeping state. */
class OptionsTest {
    private static final String TRUNK = "10.0.0.1";
    private static final String WITH_USERS = "10.0.0.2";
    private static final String STRANGER = "192.0.2.9";

    private final AtomicLong nanos = new AtomicLong();
    private final CallsOfTests edge = new CallsOfTests();
    private final FrontDoor front = front();

    @AfterEach
    void close() {
        edge.close();
    }

    private FrontDoor front() {
        Clock clock = Clock.systemUTC();
        var user = new TrunkUser("anna", "pbx", Optional.empty(), Optional.of("00".repeat(32)));
        var table = new TrunkTable(
                List.of(KnownTrunk.of(new Trunk("t1", "t1", List.of(TRUNK), Optional.of("BE"), List.of())),
                        new KnownTrunk(With.users(new Trunk("t2", "t2", List.of(WITH_USERS), Optional.of("BE"), List.of()), "v1.x"),
                                List.of(user))),
                Map.of());
        var random = new SecureRandom();
        var digest = new DigestServer(
                new Nonces(new byte[32], random::nextBytes, clock, Duration.ofSeconds(60)), new NonceCounts(100),
                new WrongAnswers(clock, 3, Duration.ofSeconds(1), Duration.ofMinutes(5), 100),
                new Guesses(clock, 20, Duration.ofSeconds(1), Duration.ofMinutes(5), 100), clock);
        var doorman = new Doorman(() -> table, new FirstLook(List.of()), new StrangerRate(System::nanoTime, 1, 8, 500), clock,
                edge.parts.metrics()::dropped);
        var reader = new InviteReader("edge-1", Duration.ofSeconds(2), new Pseudonyms(new byte[32]),
                new SealedCallers(new Sealer(new byte[32], random)), new SealedHeads(new Sealer(new byte[32], random)), clock, UUID::randomUUID, false);
        return new FrontDoor(edge.parts, edge.calls, reader, doorman, new Gate(() -> table, digest, false),
                new Quotas(nanos::get, new Quotas.Defaults(0, 0, 2)), new DecisionWindow(nanos::get, Duration.ofSeconds(2)));
    }

    private Door ask(String from, String uri, boolean draining) {
        return ask(from, uri, draining, Map.of());
    }

    private Door ask(String from, String uri, boolean draining, Map<String, List<String>> headers) {
        SipRequest options = Requests.request("OPTIONS", uri, Requests.from("a", "b", ""), headers,
                new PacketSource(InetAddress.ofLiteral(from), 5060, SipTransportKind.UDP));
        return front.judge(options, draining, (transaction, trunk) -> {
            throw new AssertionError("OPTIONS have no transaction");
        });
    }

    private static int status(Door door) {
        return ((Door.Turned) door).reply().status();
    }

    @Test
    void areAnsweredWithoutATransaction() {
        assertThat(status(ask(TRUNK, "sip:edge", false))).isEqualTo(200);
        assertThat(status(ask(TRUNK, "http://edge", false))).isEqualTo(416);
    }

    @Test
    void overTheTrunksQuotaGetNoAnswerAlsoWhileDraining() {
        for (boolean draining : new boolean[] {false, true}) {
            int status = draining ? 503 : 200;
            assertThat(status(ask(TRUNK, "sip:edge", draining))).isEqualTo(status);
            assertThat(status(ask(TRUNK, "sip:edge", draining))).isEqualTo(status);
            assertThat(ask(TRUNK, "sip:edge", draining)).isEqualTo(new Door.Closed());
            nanos.addAndGet(2_000_000_000L);
        }
        assertThat(edge.metrics.counter("trunkline_edge_quota_refusals", "trunk", "t1", "quota", "options-per-second").count())
                .isEqualTo(2);
    }

    @Test
    void areChallengedWhereTheTrunkHasUsersButNotWhileDraining() {
        assertThat(status(ask(WITH_USERS, "sip:edge", false))).isEqualTo(401);
        assertThat(status(ask(WITH_USERS, "sip:edge", true))).isEqualTo(503);
    }

    @Test
    void withCredentialsThatAreWorthNothingAreRefusedWithoutATransaction() {
        Door challenged = ask(WITH_USERS, "sip:edge", false);
        String challenge = ((Door.Turned) challenged).reply().headers().stream()
                .filter(header -> header.name().equals("WWW-Authenticate")).findFirst().orElseThrow().value();
        var client = new DigestClient(new Account("anna", "guessed", Optional.empty()), () -> "cnonce");
        String guess = client.answer(List.of(challenge), "OPTIONS", "sip:edge", false).orElseThrow();
        assertThat(status(ask(WITH_USERS, "sip:edge", false, Map.of("Authorization", List.of(guess))))).isEqualTo(403);
        String without = guess.replace("uri=", "x-uri=");
        assertThat(status(ask(WITH_USERS, "sip:edge", false, Map.of("Authorization", List.of(without))))).isEqualTo(400);
    }

    @Test
    void ofStrangersGetNothing() {
        assertThat(ask(STRANGER, "sip:edge", false)).isEqualTo(new Door.Closed());
        assertThat(ask(STRANGER, "sip:edge", true)).isEqualTo(new Door.Closed());
    }
}
