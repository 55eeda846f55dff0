package dev.trunkline.bus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/** A rule for each service's architecture test: which clock the service uses. */
public final class TimeRule {
    /** Only {@link SteadyClock} may be used, which continues unchanged if the machine's clock is set. */
    public static final ArchRule NOBODY_ASKS_THE_MACHINE = noClasses()
            .should().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(Instant.class, "now")
            .orShould().callMethod(Clock.class, "systemUTC")
            .orShould().callMethod(InstantSource.class, "system");

    private TimeRule() {}
}
