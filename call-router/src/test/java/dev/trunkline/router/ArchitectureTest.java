package dev.trunkline.router;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.trunkline.bus.TimeRule;
import java.net.URI;

/** Dependencies between the packages: a pure core, with I/O at its rim. */
@AnalyzeClasses(packages = "dev.trunkline.router", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_CORE_IS_PURE = noClasses()
            .that()
            .resideInAnyPackage(
                    "..router.routing..", "..router.directory..", "..router.rules..", "..router.fields..", "..router.livekit..",
                    "..router.outbound..", "..router.dialling..", "..router.provisioning")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "java.sql..", "javax.sql..", "java.net..", "java.nio.file..", "java.io..",
                            "org.apache.kafka..", "dev.trunkline.bus..", "io.quarkus..", "jakarta..",
                            "io.micrometer..", "org.jboss..")
                    // A URI is a value, not a connection.
                    .and(not(type(URI.class))));

    @ArchTest
    static final ArchRule THE_DIRECTORY_KNOWS_NOTHING_OF_DECISIONS = noClasses()
            .that()
            .resideInAPackage("..router.directory..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..router.routing..", "..router.apply..", "..router.snapshot..");

    @ArchTest
    static final ArchRule KAFKA_AND_POSTGRES_MEET_ONLY_IN_ANNOUNCEMENTS = noClasses()
            .that()
            .resideInAnyPackage("..router.calls..", "..router.routing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    /** The service package assembles the others from its settings; they receive plain values. */
    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_SERVICE = noClasses()
            .that()
            .resideOutsideOfPackage("..router.service..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..router.service..");

    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_MACHINE_FOR_THE_TIME = TimeRule.NOBODY_ASKS_THE_MACHINE;

    @ArchTest
    static final ArchRule NO_CIRCLES = slices().matching("dev.trunkline.router.(*)..").should().beFreeOfCycles();
}
