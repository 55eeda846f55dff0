package dev.trunkline.router.legs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallPartition;
import dev.trunkline.events.CallId;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of outbound calls. */
class LegIdsTest {
    private static final CallId PARENT = CallId.of("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e");

    @Test
    void aNewOneTellsItsTimeAndIsAsRandomAsItsSource() {
        var at = Instant.parse("2026-03-02T09:15:30.125Z");

        CallId id = LegIds.fresh(at, UUID.randomUUID());

        assertThat(id.value().version()).isEqualTo(7);
        assertThat(id.value().variant()).isEqualTo(2);
        assertThat(id.value().getMostSignificantBits() >>> 16).isEqualTo(at.toEpochMilli());
        assertThat(LegIds.fresh(at, UUID.randomUUID())).isNotEqualTo(id);
    }

    @Test
    void aKeyOfAnOrganisationIsAlwaysTheSameCall() {
        assertThat(LegIds.ofKey("a", "order-17")).isEqualTo(LegIds.ofKey("a", "order-17"));
        assertThat(LegIds.ofKey("a", "order-17")).isNotEqualTo(LegIds.ofKey("b", "order-17")).isNotEqualTo(LegIds.ofKey("a", "order-18"));
        assertThat(LegIds.ofKey("a", "order-17").value().version()).isEqualTo(8);
        assertThat(LegIds.ofKey("a", "order-17").value().variant()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 48, 400})
    void aLegFallsIntoThePartitionOfItsParentAndIsAlwaysTheSame(int partitions) {
        IntStream.range(0, 40).forEach(each -> {
            CallId parent = each == 0 ? PARENT : LegIds.fresh(Instant.EPOCH.plusSeconds(each), UUID.randomUUID());

            CallId leg = LegIds.ofTransfer(parent, "t-" + each, partitions);

            assertThat(CallPartition.of(leg.toString(), partitions)).isEqualTo(CallPartition.of(parent.toString(), partitions));
            assertThat(leg).isEqualTo(LegIds.ofTransfer(parent, "t-" + each, partitions)).isNotEqualTo(parent);
            assertThat(leg).isNotEqualTo(LegIds.ofTransfer(parent, "another", partitions));
            assertThat(leg.value().version()).isEqualTo(7);
            assertThat(leg.value().getMostSignificantBits() >>> 16).isEqualTo(parent.value().getMostSignificantBits() >>> 16);
        });
    }
}
