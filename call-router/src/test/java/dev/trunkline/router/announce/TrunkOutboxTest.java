package dev.trunkline.router.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.events.Trunk;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealBrokenException;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.Ha1;
import dev.trunkline.router.apply.Removals;
import dev.trunkline.router.snapshot.DirectoryReader;
import dev.trunkline.router.store.FreshDatabase;
import dev.trunkline.router.store.Transactions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The outbox in a real Postgres, with Kafka simulated by the test. */
class TrunkOutboxTest {
    private static final SealedTrunkUsers SEALS =
            new SealedTrunkUsers(new Sealer(new byte[32], new SecureRandom()));
    private static final String GONE = "00000000-0000-4000-8000-000000000001";

    @RegisterExtension
    private static final FreshDatabase DATABASE = new FreshDatabase();

    private final Transactions transactions = new Transactions(DATABASE.owner());
    private final TrunkOutbox outbox = new TrunkOutbox(transactions, SEALS);
    private final List<String> ids = new ArrayList<>();
    private final List<String> present = new ArrayList<>();
    /** Headers of the trunk that was published last. */
    private List<String> headers = List.of();
    private List<Trunk> trunks = List.of();

    @BeforeEach
    void aTrunkThatKafkaKnows() throws Exception {
        apply("trunks: [{name: pbx, addresses: ['203.0.113.7']}]");
        outbox.relay(this::publish);
        ids.clear();
        present.clear();
    }

    @Test
    void relaysAChangeOnceAndInItsLastState() throws Exception {
        apply("trunks: [{name: pbx, addresses: ['203.0.113.8']}]");
        apply("trunks: [{name: pbx, addresses: ['203.0.113.7']}]");

        assertThat(outbox.relay(this::publish)).isEqualTo(1);
        assertThat(outbox.relay(this::publish)).isZero();

        assertThat(present).containsExactly("pbx [203.0.113.7/32]");
    }

    @Test
    void relaysNothingWhenNothingChanged() throws Exception {
        apply("trunks: [{name: pbx, addresses: ['203.0.113.7']}]");

        assertThat(outbox.relay(this::publish)).isZero();
    }

    @Test
    void aTrunkThatIsRemovedIsRelayedAsGone() throws Exception {
        apply("trunks: [{name: short-lived, addresses: ['203.0.113.9']}]");
        outbox.relay(this::publish);
        String id = ids.getFirst();
        present.clear();
        ids.clear();

        new Removals(transactions).remove("trunks", "short-lived", "tests");
        outbox.relay(this::publish);

        assertThat(ids).containsExactly(id);
        assertThat(present).isEmpty();
    }

    @Test
    void aTrunkTravelsWithTheHeadersThatItsRulesNameRoomsBy() throws Exception {
        apply("rules: [{name: store, trunks: [pbx], type: named, header: X-Store, template: 'store-{}'}]");
        assertThat(outbox.relay(this::publish)).isEqualTo(1);
        assertThat(headers).containsExactly("X-Store");

        apply("rules: [{name: store, wildcard: true, type: named, header: X-Till, template: '{}'}]");
        outbox.relay(this::publish);
        assertThat(headers).containsExactly("X-Till");

        new Removals(transactions).remove("rules", "store", "tests");
        outbox.relay(this::publish);
        assertThat(headers).isEmpty();
    }

    @Test
    void usersTravelSealedAndForTheirTrunkAlone() throws Exception {
        apply("trunks: [{name: login, addresses: [sip.carrier.example], numbers: ['+32255501*'], users: [{username: alice,"
                + " password: wonderland}], max_early_calls: 7}]");
        outbox.relay(this::publish);

        Trunk login = trunks.getFirst();
        assertThat(login.addresses()).containsExactly("sip.carrier.example");
        assertThat(login.numbers()).containsExactly("+32255501*");
        assertThat(login.earlyCalls()).hasValue(7);
        assertThat(login.invitesPerSecond()).isEmpty();
        assertThat(EventJson.MAPPER.writeValueAsString(login)).doesNotContain("alice").doesNotContain("wonderland");
        assertThat(SEALS.open(login.id(), login.sealedUsers().orElseThrow())).singleElement().satisfies(user -> {
            assertThat(user.username()).isEqualTo("alice");
            assertThat(user.ha1Md5()).contains(Ha1.of("MD5", "alice", "trunkline", "wonderland"));
            assertThat(user.ha1Sha256()).contains(Ha1.of("SHA-256", "alice", "trunkline", "wonderland"));
        });
        assertThatThrownBy(() -> SEALS.open("other", login.sealedUsers().orElseThrow())).isInstanceOf(SealBrokenException.class);

        apply("trunks: [{name: login, addresses: [sip.carrier.example]}]");
        outbox.relay(this::publish);
        assertThat(trunks.getFirst().sealedUsers()).isEmpty();
        assertThat(trunks.getFirst().earlyCalls()).isEmpty();
        new Removals(transactions).remove("trunks", "login", "tests");
        outbox.relay(this::publish);
    }

    @Test
    void whatKafkaDidNotTakeStays() throws Exception {
        apply("trunks: [{name: pbx, addresses: ['203.0.113.10']}]");

        assertThatThrownBy(() -> outbox.relay((changed, there) -> {
                    throw new TimeoutException("Kafka is away");
                }))
                .isInstanceOf(TimeoutException.class);

        assertThat(outbox.relay(this::publish)).isEqualTo(1);
    }

    @Test
    void oneReplicaRelaysAtATime() throws Exception {
        apply("trunks: [{name: pbx, addresses: ['203.0.113.11']}]");
        var other = new TrunkOutbox(transactions, SEALS);
        List<Integer> others = new ArrayList<>();

        int published = outbox.relay((changed, there) -> others.add(other.relay(this::publish)));

        assertThat(published).isEqualTo(1);
        assertThat(others).containsExactly(0);
        assertThat(ids).isEmpty();
    }

    @Test
    void recallsEveryTrunkAndThoseThatOnlyKafkaKnows() throws Exception {
        outbox.recall(Set.of(GONE, "not-an-id"));

        outbox.relay(this::publish);

        String pbx = new DirectoryReader(transactions).read().trunkNamed("pbx").orElseThrow().trunk().id();
        assertThat(ids).containsExactlyInAnyOrder(pbx, GONE);
        assertThat(present).hasSize(1);
    }

    private void apply(String file) throws Exception {
        new DirectoryWriter(transactions).apply(new DirectoryFileReader().read(file), "test");
    }

    private void publish(List<String> changed, List<Trunk> there) {
        ids.addAll(changed);
        trunks = there;
        there.forEach(trunk -> {
            present.add(trunk.name() + " " + trunk.addresses());
            headers = trunk.headersToRoom();
        });
    }
}
