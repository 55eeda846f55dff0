package dev.trunkline.sip;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.trunkline.sip", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final DescribedPredicate<JavaClass> OF_TRUNKLINE =
            resideInAPackage("dev.trunkline..").and(resideOutsideOfPackage("dev.trunkline.sip.."));
    private static final DescribedPredicate<JavaClass> OF_ROOT = resideInAPackage("dev.trunkline.sip");

    @ArchTest
    static final ArchRule itIsALibraryThatKnowsNothingOfTrunkline = noClasses().should().dependOnClassesThat(OF_TRUNKLINE);

    @ArchTest
    static final ArchRule packagesDoNotLoop =
            slices().matching("dev.trunkline.sip.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheRootPutsItTogether =
            noClasses().that().resideOutsideOfPackage("dev.trunkline.sip").should().dependOnClassesThat(OF_ROOT);

    @ArchTest
    static final ArchRule messagesAndTransactionsKnowNoSocketThreadOrClock = noClasses()
            .that()
            .resideInAnyPackage("dev.trunkline.sip.message", "dev.trunkline.sip.transaction")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent..", "java.nio.channels..", "java.io..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.Thread.*|java\\.net\\..*Socket|java\\.time\\.(Clock|Instant)|java\\.util\\.Random|org\\.jboss.*");

    @ArchTest
    static final ArchRule lanesKnowNoSip = classes()
            .that()
            .resideInAPackage("dev.trunkline.sip.lane")
            .should()
            .onlyDependOnClassesThat(resideInAPackage("java..")
                    .or(resideInAPackage("dev.trunkline.sip.lane"))
                    .or(resideInAPackage("dev.trunkline.sip.net")));

    @ArchTest
    static final ArchRule nobodyReadsTheNetworkByRegularExpressions =
            noClasses().that().resideOutsideOfPackage("..tls").should().dependOnClassesThat().resideInAPackage("java.util.regex");
}
