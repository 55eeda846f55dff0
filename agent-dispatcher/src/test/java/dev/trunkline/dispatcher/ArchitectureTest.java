package dev.trunkline.dispatcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.trunkline.bus.TimeRule;

/** Imports between the packages: a pure core, surrounded by I/O. */
@AnalyzeClasses(packages = "dev.trunkline.dispatcher", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_CORE_IS_PURE = noClasses()
            .that()
            .resideInAPackage("..dispatcher.watch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..", "java.io..", "java.util.concurrent..", "org.apache.kafka..", "io.livekit..", "okhttp3..",
                    "dev.trunkline.bus..", "io.quarkus..", "jakarta..", "io.micrometer..", "org.jboss..");

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_LIVEKITS_SDK = noClasses()
            .that()
            .resideOutsideOfPackage("..dispatcher.livekit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.livekit..", "okhttp3..", "retrofit2..");

    /** The service package assembles the others from its settings; they receive plain values. */
    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_SERVICE = noClasses()
            .that()
            .resideOutsideOfPackage("..dispatcher.service..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..dispatcher.service..");

    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_MACHINE_FOR_THE_TIME = TimeRule.NOBODY_ASKS_THE_MACHINE;

    @ArchTest
    static final ArchRule NO_CIRCLES = slices().matching("dev.trunkline.dispatcher.(*)..").should().beFreeOfCycles();
}
