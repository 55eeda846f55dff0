package dev.trunkline.router.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.events.privacy.SealedTrunkAccounts;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.apply.DirectoryExport;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.apply.KeptSecrets;
import dev.trunkline.router.apply.Removals;
import dev.trunkline.router.store.FreshDatabase;
import dev.trunkline.router.store.Transactions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Outbound trunks from a directory file into a real Postgres and on to Kafka, which the test simulates. */
class OutboundOutboxTest {
    private static final SealedTrunkAccounts SEALS =
            new SealedTrunkAccounts(new Sealer(new byte[32], new SecureRandom()));
    private static final String CARRIER = "outbound_trunks: [{name: carrier, organisation: demo, inbound_trunk: carrier-in,"
            + " gateways: [{host: sip.carrier.example}], register: true, account: {username: anna, password: wonderland}}]";

    @RegisterExtension
    private static final FreshDatabase DATABASE = new FreshDatabase();

    private final Transactions transactions = new Transactions(DATABASE.owner());
    private final OutboundOutbox outbox = new OutboundOutbox(transactions, SEALS);
    private final List<String> ids = new ArrayList<>();
    private final List<OutboundTrunk> present = new ArrayList<>();

    private ApplyReport apply(String file) throws Exception {
        return new DirectoryWriter(transactions).apply(new DirectoryFileReader().read(file), "tests");
    }

    private int relay() throws Exception {
        ids.clear();
        present.clear();
        return outbox.relay((changed, there) -> {
            ids.addAll(changed);
            present.addAll(there);
        });
    }

    @BeforeEach
    void aTrunkThatKafkaKnows() throws Exception {
        apply("organisations: [{name: demo}]\ntrunks: [{name: carrier-in, numbers: ['+32255501*']}]\n" + CARRIER);
        relay();
    }

    @Test
    void itTravelsWithItsAccountSealedForItselfAlone() throws Exception {
        apply(CARRIER.replace("sip.carrier.example", "two.carrier.example"));
        assertThat(relay()).isEqualTo(1);
        OutboundTrunk trunk = present.getFirst();
        assertThat(trunk.name()).isEqualTo("carrier");
        assertThat(trunk.organisation().orElseThrow().name()).isEqualTo("demo");
        assertThat(trunk.inbound()).isPresent();
        assertThat(trunk.gateways()).singleElement().satisfies(gateway -> assertThat(gateway.host()).isEqualTo("two.carrier.example"));
        assertThat(EventJson.MAPPER.writeValueAsString(trunk)).doesNotContain("anna", "wonderland");
        assertThat(SEALS.open(trunk.id(), trunk.sealedAccount().orElseThrow()).password()).contains("wonderland");
        apply(CARRIER);
        relay();
    }

    @Test
    void applyingItAgainChangesNothing() throws Exception {
        assertThat(apply(CARRIER).items()).extracting(ApplyReport.Item::change).containsExactly(ApplyReport.Change.UNCHANGED);
        assertThat(relay()).isZero();
    }

    @Test
    void aReportOfAChangeShowsNoSecret() throws Exception {
        ApplyReport report = apply(CARRIER.replace("wonderland", "mirror"));
        assertThat(report.items()).singleElement().satisfies(item -> {
            assertThat(item.kind()).isEqualTo("outbound_trunk");
            assertThat(item.change()).isEqualTo(ApplyReport.Change.UPDATED);
            assertThat(item.fields().toString()).doesNotContain("mirror", "wonderland");
        });
        apply(CARRIER);
        relay();
    }

    @Test
    void anExportHidesThePasswordAndAppliedAgainKeepsIt() throws Exception {
        var export = new DirectoryExport(transactions);
        ObjectNode shown = export.readWithoutSecrets();
        assertThat(shown.toString()).contains("sip.carrier.example").doesNotContain("wonderland");
        var reader = new DirectoryFileReader();
        ApplyReport report = new DirectoryWriter(transactions)
                .apply(reader.read(KeptSecrets.putBack(shown, export.read())), "tests");
        assertThat(report.items()).allSatisfy(item -> assertThat(item.change()).isEqualTo(ApplyReport.Change.UNCHANGED));
    }

    @Test
    void whatItNamesMustBeThereAndStaysWhileItIsNamed() throws Exception {
        assertThatThrownBy(() -> apply(CARRIER.replace("carrier-in", "nobody"))).isInstanceOfSatisfying(FaultyFileException.class, fault ->
                assertThat(fault.faults()).singleElement().satisfies(each -> assertThat(each.path()).isEqualTo("outbound_trunks[0].inbound_trunk")));
        assertThatThrownBy(() -> apply(CARRIER.replace("demo", "nobody"))).isInstanceOf(FaultyFileException.class);
        assertThat(new Removals(transactions).remove("trunks", "carrier-in", "tests"))
                .isEqualTo(new Removals.Outcome.Needed(List.of("carrier")));
        assertThat(new Removals(transactions).remove("organisations", "demo", "tests"))
                .isEqualTo(new Removals.Outcome.Needed(List.of("carrier")));
    }

    @Test
    void oneThatIsRemovedIsGoneAndOneThatKafkaHoldsAloneIsTakenBack() throws Exception {
        apply("outbound_trunks: [{name: short-lived, gateways: [{host: 192.0.2.1}]}]");
        relay();
        String id = ids.getFirst();
        assertThat(new Removals(transactions).remove("outbound_trunks", "short-lived", "tests")).isEqualTo(new Removals.Outcome.Removed());
        relay();
        assertThat(ids).containsExactly(id);
        assertThat(present).isEmpty();
        outbox.recall(Set.of("00000000-0000-4000-8000-000000000001", "no id"));
        assertThat(relay()).isEqualTo(2);
        assertThat(present).hasSize(1);
    }
}
