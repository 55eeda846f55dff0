package dev.trunkline.edge.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * DOWN when a receiver or a lane of SIP is stuck: only a new process helps then. One that is slow for a moment is not stuck,
 * and neither is an edge that waits for Kafka before it opens SIP.
 */
@Liveness
@ApplicationScoped
public class EdgeLiveness implements HealthCheck {
    static final Duration STUCK = Duration.ofSeconds(15);

    private final EdgeService service;

    EdgeLiveness(EdgeService service) {
        this.service = service;
    }

    @Override
    public HealthCheckResponse call() {
        return of(service.edge().silence());
    }

    static HealthCheckResponse of(Duration silence) {
        return HealthCheckResponse.named("sip-receivers-and-lanes")
                .withData("silent-seconds", silence.toSeconds())
                .status(silence.compareTo(STUCK) < 0)
                .build();
    }
}
