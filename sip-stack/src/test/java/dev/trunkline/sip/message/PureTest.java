package dev.trunkline.sip.message;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.trunkline.sip", importOptions = DoNotIncludeTests.class)
class PureTest {
    @ArchTest
    static final ArchRule messagesKnowNoSocketThreadOrClock = noClasses()
            .that()
            .resideInAPackage("..sip.message")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.concurrent..", "java.time..", "java.nio.channels..", "org.jboss..", "..sip", "..sip.transport..",
                    "..sip.transaction..", "..sip.locate..");

    @ArchTest
    static final ArchRule nothingRunsARegularExpressionOverWhatPeersSend = noClasses()
            .that()
            .resideInAnyPackage("..sip.message", "..sip.locate")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex..")
            .orShould()
            .callMethod(String.class, "split", String.class)
            .orShould()
            .callMethod(String.class, "replaceAll", String.class, String.class)
            .orShould()
            .callMethod(String.class, "matches", String.class);
}
