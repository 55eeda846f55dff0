package dev.trunkline.sipapi.service;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while LiveKit's requests arrive, the router places calls, and their outcomes are received. */
@Readiness
public class SipApiHealth implements HealthCheck {
    private final SipApi api;

    public SipApiHealth(SipApi api) {
        this.api = api;
    }

    @Override
    public HealthCheckResponse call() {
        boolean redis = api.redisAnswers();
        return HealthCheckResponse.named("livekit-sip-api")
                .status(api.willing() && redis && api.keepsWatch())
                .withData("livekit-redis", redis ? "answers" : "does not answer: no requests arrive")
                .withData("router", api.routerAnswers() ? "answers"
                        : "does not answer, or does not accept the token: requests are left to others")
                .withData("kafka", api.kafka())
                .withData("relays", api.relaysTake() ? "take calls" : "none takes calls: requests are left to others")
                .build();
    }
}
