package dev.trunkline.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CarrierTest {
    @Test
    void eachEdgeHasARecordOfTheSamePriorityAndWeight() {
        assertThat(Carrier.zone("198.51.100.2", List.of("198.51.100.11", "198.51.100.12")))
                .contains("listen-address=198.51.100.2\n")
                .contains("srv-host=_sip._udp.edges.trunkline.test,edge-1.trunkline.test,5060,10,50\n")
                .contains("srv-host=_sip._udp.edges.trunkline.test,edge-2.trunkline.test,5060,10,50\n")
                .contains("host-record=edge-2.trunkline.test,198.51.100.12\n");
    }
}
