package dev.trunkline.limiter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.trunkline.bus.TimeRule;

/** Imports between the packages: a pure core, surrounded by I/O. */
@AnalyzeClasses(packages = "dev.trunkline.limiter", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_CORE_IS_PURE = noClasses()
            .that()
            .resideInAPackage("..limiter.admission..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..", "java.io..", "java.util.concurrent..", "io.lettuce..", "org.apache.kafka..",
                    "dev.trunkline.bus..", "io.quarkus..", "jakarta..", "io.micrometer..", "org.jboss..");

    @ArchTest
    static final ArchRule ONLY_THE_LEDGER_KNOWS_REDIS = noClasses()
            .that()
            .resideOutsideOfPackage("..limiter.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.lettuce..");

    @ArchTest
    static final ArchRule THE_LEDGER_KNOWS_NO_KAFKA = noClasses()
            .that()
            .resideInAPackage("..limiter.ledger..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    /** The service package assembles the others from its settings; they receive plain values. */
    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_SERVICE = noClasses()
            .that()
            .resideOutsideOfPackage("..limiter.service..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..limiter.service..");

    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_MACHINE_FOR_THE_TIME = TimeRule.NOBODY_ASKS_THE_MACHINE;

    @ArchTest
    static final ArchRule NO_CIRCLES = slices().matching("dev.trunkline.limiter.(*)..").should().beFreeOfCycles();
}
