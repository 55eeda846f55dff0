package dev.trunkline.relay;

import dev.trunkline.relay.calls.MediaRelay;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when a call could be taken now: warmed up, Kafka being read, media loops that answer, a port free, not draining. */
@Readiness
@ApplicationScoped
public class RelayReadiness implements HealthCheck {
    private final RelayProcess process;

    public RelayReadiness(RelayProcess process) {
        this.process = process;
    }

    @Override
    public HealthCheckResponse call() {
        String hindrance = process.relay().map(MediaRelay::hindrance).orElse("not started");
        return HealthCheckResponse.named("media-relay")
                .status(hindrance.isEmpty())
                .withData("hindrance", hindrance.isEmpty() ? "none" : hindrance)
                .withData("calls", process.relay().map(MediaRelay::calls).orElse(0))
                .build();
    }
}
