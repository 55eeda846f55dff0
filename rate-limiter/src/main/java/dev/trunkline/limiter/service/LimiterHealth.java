package dev.trunkline.limiter.service;

import dev.trunkline.limiter.admission.WhenUnavailable;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the limiter decides on calls: it is warm, its partitions are really being read, Redis answers (unless calls are
 * admitted without it), and the search for calls that nobody ends is running.
 */
@Readiness
public class LimiterHealth implements HealthCheck {
    private final Limiter limiter;
    private final WhenUnavailable whenUnavailable;

    public LimiterHealth(Limiter limiter, LimiterSettings settings) {
        this.limiter = limiter;
        this.whenUnavailable = settings.admission().whenUnavailable();
    }

    @Override
    public HealthCheckResponse call() {
        boolean takesCalls = limiter.takesCalls();
        boolean watch = limiter.keepsWatch();
        boolean redis = redisAnswers();
        String effect =
                switch (whenUnavailable) {
                    case ADMIT -> "calls are admitted uncounted";
                    case REFUSE -> "calls are refused with 503";
                };
        return HealthCheckResponse.named("rate-limiter")
                .status(takesCalls && watch && (redis || whenUnavailable == WhenUnavailable.ADMIT))
                .withData("kafka", limiter.kafka())
                .withData("lost-calls", watch ? "watched for" : "NOT WATCHED FOR: restart this process")
                .withData("redis", redis ? "answers" : "does not answer: " + effect)
                .build();
    }

    private boolean redisAnswers() {
        try {
            return limiter.redisAnswers();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
