package dev.trunkline.dispatcher;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when admissions are read, what becomes of calls is read, and LiveKit answers. */
@Readiness
public class DispatcherHealth implements HealthCheck {
    private final Dispatcher dispatcher;

    public DispatcherHealth(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    @Override
    public HealthCheckResponse call() {
        boolean takesCalls = dispatcher.takesCalls();
        boolean livekit = dispatcher.livekitAnswers();
        return HealthCheckResponse.named("agent-dispatcher")
                .status(takesCalls && livekit)
                .withData("kafka", takesCalls ? "assigned" : "not assigned yet")
                .withData("livekit", livekit ? "answers" : "does not answer")
                .build();
    }
}
