package dev.trunkline.edge.trunks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.edge.auth.DigestServer;
import dev.trunkline.edge.auth.DigestVerdict.Why;
import dev.trunkline.edge.auth.Guesses;
import dev.trunkline.edge.auth.ManualClock;
import dev.trunkline.edge.auth.NonceCounts;
import dev.trunkline.edge.auth.Nonces;
import dev.trunkline.edge.auth.WrongAnswers;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.TrunkUser;
import dev.trunkline.sip.auth.Account;
import dev.trunkline.sip.auth.DigestClient;
import dev.trunkline.sip.message.SipRequest;
import dev.trunkline.sip.net.PacketSource;
import dev.trunkline.sip.net.SipTransportKind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
    private static final String HOME = "10.0.0.1";
    private static final String AWAY = "198.51.100.7";

    private final ManualClock clock = new ManualClock();
    private final DigestServer digest = new DigestServer(
            new Nonces(new byte[32], new SecureRandom()::nextBytes, clock, Duration.ofSeconds(60)), new NonceCounts(100),
            new WrongAnswers(clock, 3, Duration.ofSeconds(1), Duration.ofMinutes(5), 100),
                new Guesses(clock, 20, Duration.ofSeconds(1), Duration.ofMinutes(5), 1_000), clock);

    private static KnownTrunk trunk(String id, String... addresses) {
        return KnownTrunk.of(new Trunk(id, id, Arrays.asList(addresses), Optional.of("BE"), List.of()));
    }

    private static KnownTrunk with(KnownTrunk trunk, TrunkUser... users) {
        return new KnownTrunk(With.users(trunk.trunk(), "v1.sealed"), List.of(users));
    }

    private static KnownTrunk numbers(KnownTrunk trunk, String... numbers) {
        return new KnownTrunk(With.numbers(trunk.trunk(), numbers), trunk.users());
    }

    private static TrunkUser user(String name, String realm, String password) {
        try {
            byte[] text = (name + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8);
            return new TrunkUser(name, realm, Optional.empty(),
                    Optional.of(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Gate gate(KnownTrunk... trunks) {
        return gate(false, trunks);
    }

    private Gate gate(boolean inDialog, KnownTrunk... trunks) {
        var table = new TrunkTable(List.of(trunks), Map.of());
        return new Gate(() -> table, digest, inDialog);
    }

    private static SipRequest invite(String from, String... authorization) {
        return calling("+3225550100", from, authorization);
    }

    private static SipRequest calling(String called, String from, String... authorization) {
        return Requests.request("INVITE", "sip:" + called + "@edge", Requests.from("a", "b", ""),
                Map.of("authorization", List.of(authorization)), new PacketSource(InetAddress.ofLiteral(from), 5060, SipTransportKind.UDP));
    }

    /** Sends a request without credentials and answers the challenge. */
    private SipRequest answered(Gate gate, String from, String name, String password) {
        var challenged = (Entry.Challenged) gate.judge(invite(from));
        return answered(challenged, from, name, password);
    }

    private static SipRequest answered(Entry.Challenged challenged, String from, String name, String password) {
        var client = new DigestClient(new Account(name, password, Optional.empty()), () -> UUID.randomUUID().toString());
        SipRequest bare = invite(from);
        return invite(from, client.answer(challenged.challenges(), bare.method(), bare.requestUri(), false).orElseThrow());
    }

    private static Optional<String> admitted(Entry entry) {
        return entry instanceof Entry.Admitted(var trunk, var proven) ? Optional.of(trunk.id()) : Optional.empty();
    }

    private static final TrunkUser ANNA = user("anna", "trunkline", "secret");
    private static final TrunkUser BOB = user("bob", "trunkline", "hidden");

    @Test
    void anAddressIsEnoughForATrunkWithoutUsers() {
        Gate gate = gate(trunk("t1", HOME));
        assertThat(gate.judge(invite(HOME))).isEqualTo(new Entry.Admitted(trunk("t1", HOME).trunk(), false));
        assertThat(gate.judge(invite(AWAY))).isEqualTo(new Entry.Stranger());
    }

    @Test
    void aTrunkWithBothNeedsBoth() {
        Gate gate = gate(with(trunk("t1", HOME), ANNA));
        assertThat(gate.judge(invite(HOME))).isInstanceOf(Entry.Challenged.class);
        SipRequest right = answered(gate, HOME, "anna", "secret");
        assertThat(admitted(gate.judge(right))).contains("t1");
        assertThat(gate.judge(answered(gate, HOME, "anna", "guess"))).isEqualTo(
                new Entry.Refused(Optional.of(with(trunk("t1", HOME), ANNA).trunk()), true));
        assertThat(gate.judge(invite(AWAY))).as("the right credentials from elsewhere do not help").isEqualTo(new Entry.Stranger());
    }

    @Test
    void credentialsAreEnoughForATrunkWithoutAddresses() {
        Gate gate = gate(with(trunk("t1"), ANNA), trunk("t2", HOME));
        SipRequest right = answered(gate, AWAY, "anna", "secret");
        assertThat(gate.judge(right)).isEqualTo(new Entry.Admitted(with(trunk("t1"), ANNA).trunk(), true));
        assertThat(admitted(gate.judge(invite(HOME)))).contains("t2");
    }

    @Test
    void aStrangerWhoNamesNobodyBelongsToNoTrunk() {
        Gate gate = gate(with(trunk("t1"), ANNA));
        assertThat(gate.judge(answered(gate, AWAY, "guess", "x"))).isEqualTo(new Entry.Refused(Optional.empty(), true));
        for (int i = 0; i < 4; i++) {
            assertThat(gate.judge(answered(gate, AWAY, "anna", "x"))).isInstanceOfSatisfying(Entry.Refused.class,
                    refused -> assertThat(refused.trunk().map(Trunk::id)).contains("t1"));
        }
        assertThat(gate.judge(answered(gate, AWAY, "anna", "secret"))).as("must wait").isInstanceOfSatisfying(Entry.Refused.class,
                refused -> assertThat(refused.looked()).isFalse());
        clock.pass(Duration.ofSeconds(1));
        assertThat(admitted(gate.judge(answered(gate, AWAY, "anna", "secret")))).contains("t1");
    }

    @Test
    void trunksOfOneAddressAreToldApartByTheirUsers() {
        Gate gate = gate(with(trunk("t1", HOME), ANNA), with(trunk("t2", HOME), BOB), trunk("t3", HOME));
        assertThat(admitted(gate.judge(invite(HOME)))).as("nobody in particular").contains("t3");
        Gate gated = gate(with(trunk("t1", HOME), ANNA), with(trunk("t2", HOME), BOB));
        SipRequest bobs = answered(gated, HOME, "bob", "hidden");
        assertThat(admitted(gated.judge(bobs))).contains("t2");
        assertThat(admitted(gated.judge(answered(gated, HOME, "anna", "secret")))).contains("t1");
    }

    @Test
    void anOpenTrunkDoesNotHideALie() {
        Gate gated = gate(with(trunk("t1", HOME), ANNA));
        Gate gate = gate(with(trunk("t1", HOME), ANNA), trunk("t2", HOME));
        assertThat(gate.judge(answered(gated, HOME, "anna", "guess"))).isInstanceOf(Entry.Refused.class);
        assertThat(admitted(gate.judge(invite(HOME, "Digest realm=\"other.example\", username=\"x\"")))).contains("t2");
    }

    @Test
    void aChallengeMayBeAnsweredFromAnotherAddressOfTheTrunkButByNobodyElse() {
        Gate gate = gate(with(trunk("t1", HOME, "10.0.0.2"), ANNA), with(trunk("t9"), BOB));
        var challenged = (Entry.Challenged) gate.judge(invite(HOME));
        assertThat(admitted(gate.judge(answered(challenged, "10.0.0.2", "anna", "secret")))).contains("t1");
        var theirs = (Entry.Challenged) gate.judge(invite(AWAY));
        assertThat(gate.judge(answered(theirs, "203.0.113.9", "bob", "hidden"))).isInstanceOfSatisfying(
                Entry.Challenged.class, again -> assertThat(again.why()).isEqualTo(Why.STALE));
        assertThat(admitted(gate.judge(answered(theirs, AWAY, "bob", "hidden")))).contains("t9");
    }

    @Test
    void aSealThatDoesNotOpenLetsNobodyIn() {
        Gate gate = gate(with(trunk("t1", HOME)));
        assertThat(gate.judge(invite(HOME))).isEqualTo(new Entry.Refused(Optional.of(with(trunk("t1", HOME)).trunk()), false));
        assertThat(gate(with(trunk("t1"))).judge(invite(AWAY))).isEqualTo(new Entry.Stranger());
    }

    @ParameterizedTest
    @CsvSource({
        "+3225550100, exact", "025550100, exact", "+3225550199, beginning", "+3225559999, any", "+4989123456, any",
    })
    void trunksOfOneAddressAreToldApartByTheDialledNumber(String called, String trunk) {
        Gate gate = gate(trunk("any", HOME), numbers(trunk("beginning", HOME), "+32255501*", "+49301*"),
                numbers(trunk("exact", HOME), "02 555 01 00"), trunk("zzz", HOME));
        assertThat(admitted(gate.judge(calling(called, HOME)))).contains(trunk);
    }

    @Test
    void withoutANumberThatFitsItIsTheFirst() {
        Gate gate = gate(numbers(trunk("a", HOME), "+3225550101"), numbers(trunk("b", HOME), "+3225550102"));
        assertThat(admitted(gate.judge(invite(HOME)))).contains("a");
        assertThat(admitted(gate(numbers(trunk("a", HOME), "+49*")).judge(invite(HOME))))
                .as("whether it may bring it the router says").contains("a");
    }

    private Optional<Entry> inDialog(Gate gate, String source, String trunk) {
        return gate.judge(invite(source), Optional.ofNullable(trunk), InetAddress.ofLiteral(HOME));
    }

    @Test
    void withinADialogItsSourceIsBelieved() {
        Gate gate = gate(with(trunk("t1", HOME, "10.0.0.2"), ANNA), trunk("t2", "10.0.0.3"), with(trunk("t9"), BOB));
        assertThat(inDialog(gate, HOME, "t1")).isEmpty();
        assertThat(inDialog(gate, "10.0.0.2", "t1")).isEmpty();
        assertThat(inDialog(gate, "10.0.0.3", "t1").orElseThrow()).isInstanceOf(Entry.Challenged.class);
        assertThat(inDialog(gate, HOME, "t9")).isEmpty();
        assertThat(inDialog(gate, AWAY, "t9").orElseThrow()).isInstanceOf(Entry.Challenged.class);
        assertThat(inDialog(gate, "10.0.0.3", "t2")).isEmpty();
        assertThat(inDialog(gate, AWAY, "t2").orElseThrow()).isInstanceOf(Entry.Stranger.class);
        assertThat(inDialog(gate, HOME, "t2")).as("where its INVITE came from").isEmpty();
        assertThat(inDialog(gate, "10.0.0.2", null)).as("of an older edge: an address of the trunk that it came from").isEmpty();
        assertThat(inDialog(gate, "10.0.0.2", "removed")).isEmpty();
        assertThat(inDialog(gate, "10.0.0.3", null)).contains(new Entry.Foreign());
        assertThat(inDialog(gate, "10.0.0.3", "removed")).contains(new Entry.Foreign());
        assertThat(inDialog(gate, AWAY, null).orElseThrow()).isInstanceOf(Entry.Stranger.class);
    }

    @Test
    void anotherTrunksCallIsNoneOfItsBusiness() {
        Gate gate = gate(trunk("t1", HOME), trunk("t2", "10.0.0.3"));
        assertThat(inDialog(gate, HOME, "t1")).isEmpty();
        assertThat(inDialog(gate, "10.0.0.3", "t1")).contains(new Entry.Foreign());
        assertThat(inDialog(gate, AWAY, "t1")).contains(new Entry.Stranger());
    }

    @Test
    void withinADialogCredentialsOpenTheWayFromElsewhere() {
        Gate gate = gate(with(trunk("t1"), ANNA));
        var challenged = (Entry.Challenged) inDialog(gate, AWAY, "t1").orElseThrow();
        SipRequest right = answered(challenged, AWAY, "anna", "secret");
        assertThat(gate.judge(right, Optional.of("t1"), InetAddress.ofLiteral(HOME))).isEmpty();
    }

    @Test
    void aSettingChallengesWithinDialogsToo() {
        Gate gate = gate(true, with(trunk("t1", HOME), ANNA), trunk("t2", "10.0.0.3"));
        var challenged = (Entry.Challenged) inDialog(gate, HOME, "t1").orElseThrow();
        assertThat(gate.judge(answered(challenged, HOME, "anna", "secret"), Optional.of("t1"), InetAddress.ofLiteral(HOME))).isEmpty();
        assertThat(inDialog(gate, "10.0.0.3", "t2")).isEmpty();
    }
}
