package dev.trunkline.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.trunkline");

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.trunkline.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void onlyTheCodecKnowsKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.trunkline.events.codec")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(classes);
    }

    @Test
    void theRecordsKnowNothingOfTheirHandling() {
        noClasses()
                .that()
                .resideInAPackage("dev.trunkline.events")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.trunkline.events.*")
                .check(classes);
    }

    @Test
    void nothingOfAServiceIsHere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "io.vertx..")
                .check(classes);
    }
}
