package dev.trunkline.relay;

import dev.trunkline.relay.calls.MediaRelay;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while every media loop answers within a second and every call gets its beat: a loop or ticker that stops does not come back. */
@Liveness
@ApplicationScoped
public class RelayLiveness implements HealthCheck {
    private final RelayProcess process;

    public RelayLiveness(RelayProcess process) {
        this.process = process;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> silent = process.relay().map(MediaRelay::silentLoops).orElse(List.of());
        return HealthCheckResponse.named("media-loops")
                .status(silent.isEmpty())
                .withData("silent", silent.isEmpty() ? "none" : String.join(", ", silent))
                .build();
    }
}
