package dev.trunkline.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.trunkline.edge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyOnePackageKnowsTheSipLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("dev.trunkline.edge.sip.jain")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.sip..", "gov.nist..");

    @ArchTest
    static final ArchRule onlyTheServiceChoosesTheSipLibrary = noClasses()
            .that()
            .resideOutsideOfPackages("dev.trunkline.edge.sip.jain", "dev.trunkline.edge.service")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.trunkline.edge.sip.jain");

    @ArchTest
    static final ArchRule decisionsKnowNoKafkaAndNoFramework = noClasses()
            .that()
            .resideInAnyPackage("..edge.call", "..edge.auth", "..edge.dialog", "..edge.caller", "..edge.dialled", "..edge.refresh", "..edge.sdp", "..edge.sip")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "dev.trunkline.bus..", "io.quarkus..", "io.micrometer..",
                    "java.net.http..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule packagesDoNotLoop =
            slices().matching("dev.trunkline.edge.(**)").should().beFreeOfCycles();
}
