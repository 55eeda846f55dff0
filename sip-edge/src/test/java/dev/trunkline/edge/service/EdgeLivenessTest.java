package dev.trunkline.edge.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeLivenessTest {

    @ParameterizedTest
    @CsvSource({"0, UP", "1, UP", "14, UP", "15, DOWN", "600, DOWN"})
    void aPassingPauseIsForgivenAndOneThatStaysIsNot(long seconds, Status status) {
        assertThat(EdgeLiveness.of(Duration.ofSeconds(seconds)).getStatus()).isEqualTo(status);
    }
}
