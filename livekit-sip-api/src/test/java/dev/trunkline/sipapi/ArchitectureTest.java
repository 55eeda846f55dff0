package dev.trunkline.sipapi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.trunkline.bus.TimeRule;

/** Imports between the packages. */
@AnalyzeClasses(packages = "dev.trunkline.sipapi", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule MESSAGES_ARE_PURE = noClasses()
            .that()
            .resideInAPackage("..sipapi.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..", "java.util.concurrent..", "org.apache.kafka..", "dev.trunkline.bus..", "io.quarkus..", "jakarta..",
                    "io.micrometer..", "org.jboss..");

    @ArchTest
    static final ArchRule NOBODY_OPENS_WHAT_IS_SEALED = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("dev\\.trunkline\\.events\\.privacy\\.Seal.*");

    /** The service package assembles the others from its settings; they receive plain values. */
    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_SERVICE = noClasses()
            .that()
            .resideOutsideOfPackage("..sipapi.service..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..sipapi.service..");

    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_MACHINE_FOR_THE_TIME = TimeRule.NOBODY_ASKS_THE_MACHINE;

    @ArchTest
    static final ArchRule NO_CIRCLES = slices().matching("dev.trunkline.sipapi.(*)..").should().beFreeOfCycles();
}
