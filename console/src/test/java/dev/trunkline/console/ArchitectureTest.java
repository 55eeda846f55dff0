package dev.trunkline.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.trunkline.bus.TimeRule;
import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.Open;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;

/** Checks imports between packages, and that each request declares who may make it. */
@AnalyzeClasses(packages = "dev.trunkline.console", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule CALLS_ARE_PURE = noClasses()
            .that()
            .resideInAPackage("..console.calls..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..", "java.io..", "java.sql..", "java.util.concurrent..", "org.apache.kafka..", "dev.trunkline.bus..",
                    "io.quarkus..", "jakarta..", "io.micrometer..", "org.jboss..");

    @ArchTest
    static final ArchRule NOBODY_OPENS_WHAT_IS_SEALED = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("dev\\.trunkline\\.events\\.privacy\\.Seal.*");

    /** The service package assembles the others from its settings; they receive plain values. */
    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_SERVICE = noClasses()
            .that()
            .resideOutsideOfPackage("..console.service..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..console.service..");

    @ArchTest
    static final ArchRule NO_CIRCLES = slices().matching("dev.trunkline.console.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_ASKS_THE_MACHINE_FOR_THE_TIME = TimeRule.NOBODY_ASKS_THE_MACHINE;

    @ArchTest
    static final ArchRule EACH_REQUEST_SAYS_WHO_MAY_MAKE_IT = ArchRuleDefinition.methods()
            .that()
            .areAnnotatedWith(GET.class).or().areAnnotatedWith(POST.class).or().areAnnotatedWith(PATCH.class).or().areAnnotatedWith(DELETE.class)
            .and()
            .haveModifier(JavaModifier.PUBLIC)
            .should()
            .beAnnotatedWith(Allowed.class)
            .orShould()
            .beAnnotatedWith(Open.class);
}
