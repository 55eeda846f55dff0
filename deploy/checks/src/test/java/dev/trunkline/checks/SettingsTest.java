package dev.trunkline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A setting that a service does not know is silently ignored, so none may occur in the files that we deliver. */
class SettingsTest {
    @Test
    void each_variable_of_the_chart_is_a_setting_of_its_service() throws Exception {
        List<JsonNode> workloads = new java.util.ArrayList<>();
        for (String site : Chart.SITES) {
            workloads.addAll(Chart.workloads(Chart.manifests(site)));
        }
        workloads.addAll(Chart.workloads(Repository.documents(java.nio.file.Files.readString(ChartTest.loadBalanced()))));
        for (JsonNode workload : workloads) {
            if (!Repository.services().containsKey(Chart.service(workload))) {
                continue;
            }
            Settings settings = Settings.of(Chart.service(workload));
            for (String name : Chart.variables(Chart.pod(workload))) {
                assertThat(settings.has(name) || name.startsWith("TRUNKLINE_ADDRESS_OF_") || name.equals("TRUNKLINE_NODE"))
                        .as("%s is a setting of %s", name, Chart.service(workload))
                        .isTrue();
            }
        }
    }

    @Test
    void what_a_service_cannot_do_without_is_given_to_it() throws Exception {
        for (String site : Chart.SITES) {
            for (JsonNode workload : Chart.workloads(Chart.manifests(site))) {
                if (Repository.services().containsKey(Chart.service(workload))) {
                    assertThat(Chart.variables(Chart.pod(workload)))
                            .containsAll(Settings.of(Chart.service(workload)).needed());
                }
            }
        }
    }

    @Test
    void an_address_is_found_by_the_name_of_the_node_or_the_pod() {
        assertThat(Settings.expanded(
                        "${trunkline.address.of.${TRUNKLINE_NODE}}",
                        java.util.Map.of("TRUNKLINE_NODE", "edge-a.example", "TRUNKLINE_ADDRESS_OF_EDGE_A_EXAMPLE", "203.0.113.1")))
                .isEqualTo("203.0.113.1");
        assertThat(Settings.expanded(
                        "${trunkline.address.of.${TRUNKLINE_INSTANCE}}",
                        java.util.Map.of("TRUNKLINE_INSTANCE", "trunkline-media-relay-0", "TRUNKLINE_ADDRESS_OF_TRUNKLINE_MEDIA_RELAY_0", "203.0.113.3")))
                .isEqualTo("203.0.113.3");
    }

    @Test
    void a_setting_that_is_misspelt_is_found() throws Exception {
        assertThat(Settings.of("sip-edge").has("TRUNKLINE_SIP_PORT")).isTrue();
        assertThat(Settings.of("sip-edge").has("TRUNKLINE_SIP_PORTS")).isFalse();
        assertThat(Settings.of("rate-limiter").has("TRUNKLINE_SEAL_KEY")).isFalse();
        assertThat(Settings.of("console").has("TRUNKLINE_CONSOLE_ACCOUNTS_ADMIN_PASSWORD")).isTrue();
        assertThat(Settings.of("agent-dispatcher").has("LIVEKIT_URL")).isTrue();
    }
}
