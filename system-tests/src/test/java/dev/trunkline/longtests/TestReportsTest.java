package dev.trunkline.longtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportsTest {
    private static final FileTime BEGAN = FileTime.fromMillis(1_000_000);

    @TempDir
    private Path root;

    @BeforeEach
    void modules() throws IOException {
        for (String module : List.of("a", "more/b")) {
            Files.createDirectories(root.resolve(module));
            Files.createFile(root.resolve(module).resolve("pom.xml"));
        }
    }

    private void report(String file, long modified, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, FileTime.fromMillis(modified));
    }

    private static String suite(String name, String time, String... cases) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"dev.trunkline." + name + "\" time=\"" + time
                + "\" tests=\"0\" errors=\"0\" skipped=\"0\" failures=\"0\"><properties/>" + String.join("", cases) + "</testsuite>";
    }

    private static String testcase(String result) {
        return "<testcase name=\"it\" classname=\"dev.trunkline.It\" time=\"1\">" + result + "</testcase>";
    }

    /** The counts that Surefire writes are those of the last nested class. */
    @Test
    void countsTheCasesWhateverTheCountsAtTheTopAre() throws Exception {
        report("a/target/failsafe-reports/TEST-dev.trunkline.NestedIT.xml", 1_000_000, suite("NestedIT", "2", testcase(""), testcase("<error/>")));

        assertThat(TestReports.under(root, BEGAN)).containsExactly(new TestClass("a", "NestedIT", 2, 1, 0, 2));
    }

    @Test
    void readsBothKindsByModuleAndName() throws Exception {
        report("more/b/target/failsafe-reports/TEST-dev.trunkline.FloodIT.xml", 1_000_000,
                suite("FloodIT", "1,204.5", testcase(""), testcase("<error message=\"m\"/><system-out/>"), testcase("<skipped/>"),
                        testcase("<failure><![CDATA[<failure/>]]></failure>"), testcase("<failure/><error/>")));
        report("a/target/surefire-reports/TEST-dev.trunkline.WaitTest.xml", 2_000_000,
                suite("WaitTest", "3.25", testcase("<system-err/>")));

        assertThat(TestReports.under(root, BEGAN)).containsExactly(
                new TestClass("a", "WaitTest", 1, 0, 0, 3.25), new TestClass("more/b", "FloodIT", 5, 3, 1, 1_204.5));
    }

    @Test
    void passesOverOlderRunsAndClassesOfWhichNothingRan() throws Exception {
        report("a/target/surefire-reports/TEST-dev.trunkline.OldTest.xml", 999_000,
                suite("OldTest", "1", testcase("")));
        report("a/target/surefire-reports/TEST-dev.trunkline.NoneTest.xml", 2_000_000,
                suite("NoneTest", "0"));

        assertThat(TestReports.under(root, BEGAN)).isEmpty();
    }

    @Test
    void namesAFileThatIsNoReport() throws Exception {
        report("a/target/surefire-reports/TEST-dev.trunkline.CutTest.xml", 2_000_000, "<testsuite name=\"CutTest\"");

        assertThatIOException().isThrownBy(() -> TestReports.under(root, BEGAN)).withMessageContaining("TEST-dev.trunkline.CutTest.xml is no test report");
    }
}
