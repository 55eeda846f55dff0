package dev.trunkline.edge;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.trunkline.bus.TimeRule;

@AnalyzeClasses(packages = "dev.trunkline.edge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule decisionsKnowNoKafkaAndNoFramework = noClasses()
            .that()
            .resideInAnyPackage("..edge.call", "..edge.auth", "..edge.dialog", "..edge.caller", "..edge.dialled", "..edge.refresh", "..edge.sdp", "..edge.text")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "dev.trunkline.bus..", "io.quarkus..", "io.micrometer..",
                    "java.net.http..", "java.util.concurrent..");

    /** Regular expressions recurse or backtrack over what the network sent; {@link dev.trunkline.edge.text.Texts} does not. */
    @ArchTest
    static final ArchRule noRegularExpressionsRunOverWhatTheNetworkSent = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex..")
            .orShould()
            .callMethodWhere(target(owner(type(String.class)))
                    .and(target(nameMatching("matches|split|splitWithDelimiters|replaceAll|replaceFirst"))));

    /** The service package assembles the others from its settings; they receive plain values. */
    @ArchTest
    static final ArchRule nobodyKnowsTheService = noClasses()
            .that()
            .resideOutsideOfPackage("..edge.service")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..edge.service");

    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_MACHINE_FOR_THE_TIME = TimeRule.NOBODY_ASKS_THE_MACHINE;

    @ArchTest
    static final ArchRule packagesDoNotLoop =
            slices().matching("dev.trunkline.edge.(**)").should().beFreeOfCycles();
}
