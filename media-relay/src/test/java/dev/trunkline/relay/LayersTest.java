package dev.trunkline.relay;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.trunkline.bus.TimeRule;
import java.time.Duration;

/** Which packages may depend on which. */
@AnalyzeClasses(packages = "dev.trunkline.relay", importOptions = DoNotIncludeTests.class)
class LayersTest {
    /** No sockets, no Kafka, no LiveKit, and no clock of their own. */
    @ArchTest
    static final ArchRule THE_CORES_ARE_PURE = classes()
            .that().resideInAnyPackage("..relay.sdp", "..relay.rtp", "..relay.dtmf", "..relay.audio", "..relay.g722", "..relay.pin")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..", "java.util..", "java.net", "java.nio.charset", "java.security", "dev.trunkline.events",
                    "dev.trunkline.rtc.codec", "dev.trunkline.rtc.rtp", "..relay.rtp", "..relay.sdp", "..relay.dtmf", "..relay.audio", "..relay.g722",
                    "..relay.pin");

    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_MACHINE_FOR_THE_TIME = TimeRule.NOBODY_ASKS_THE_MACHINE;

    /** The package states how long something may take and never reads a clock. */
    @ArchTest
    static final ArchRule WHAT_IS_NEXT_IS_DECIDED_PURELY = classes()
            .that().resideInAPackage("..relay.onward")
            .should().onlyDependOnClassesThat(resideInAnyPackage("java.lang..", "java.util..", "dev.trunkline.events", "..relay.onward")
                    .or(type(Duration.class)));

    @ArchTest
    static final ArchRule MEDIA_KNOWS_NEITHER_KAFKA_NOR_CALLS = noClasses()
            .that().resideInAnyPackage("..relay.bridge", "..relay.room", "..relay.ports", "..relay.transfer")
            .should().dependOnClassesThat().resideInAnyPackage("..relay.calls", "dev.trunkline.bus..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule ONLY_THE_PROCESS_KNOWS_QUARKUS = noClasses()
            .that().resideOutsideOfPackage("dev.trunkline.relay")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "jakarta..", "io.micrometer..");
}
