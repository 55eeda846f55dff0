package dev.trunkline.limiter.service;

import java.time.Duration;

/** Rejects settings that make no sense, with a message that says what to do. */
final class SettingsCheck {
    private SettingsCheck() {}

    /** @throws IllegalArgumentException for the first setting that is out of its range */
    static LimiterSettings check(LimiterSettings settings) {
        require(settings.suiteCalls() >= 1, "trunkline.suite-calls (TRUNKLINE_SUITE_CALLS)",
                Integer.toString(settings.suiteCalls()), "1 or more");
        int anonymousCallers = settings.admission().anonymousCallers();
        require(anonymousCallers >= 1 && anonymousCallers <= 1000, "trunkline.admission.anonymous-callers",
                Integer.toString(anonymousCallers), "between 1 and 1000");
        between(settings.admission().lease(), Duration.ofSeconds(15), Duration.ofMinutes(5),
                "trunkline.admission.lease");
        between(settings.admission().redisTimeout(), Duration.ofMillis(50), Duration.ofSeconds(1),
                "trunkline.admission.redis-timeout");
        between(settings.admission().sweepInterval(), Duration.ofSeconds(1), Duration.ofMinutes(5),
                "trunkline.admission.sweep-interval");
        return settings;
    }

    private static void between(Duration value, Duration least, Duration most, String name) {
        require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0, name, value.toString(),
                "between " + least + " and " + most);
    }

    private static void require(boolean holds, String name, String value, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + wanted);
        }
    }
}
