package dev.trunkline.dispatcher.service;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when admissions and what becomes of calls are really being read, LiveKit answers, and the check of LiveKit is still running. */
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
                .status(takesCalls && livekit && dispatcher.keepsWatch())
                .withData("kafka", dispatcher.kafka())
                .withData("livekit", !dispatcher.keepsWatch() ? "NOT ASKED: restart this process" : livekit ? "answers" : "does not answer")
                .build();
    }
}
