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

    private static String suite(String name, String counts) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"dev.trunkline." + name + "\" " + counts + "><properties/></testsuite>";
    }

    @Test
    void readsBothKindsByModuleAndName() throws Exception {
        report("more/b/target/failsafe-reports/TEST-dev.trunkline.FloodIT.xml", 1_000_000,
                suite("FloodIT", "time=\"1,204.5\" tests=\"5\" errors=\"1\" skipped=\"1\" failures=\"2\""));
        report("a/target/surefire-reports/TEST-dev.trunkline.WaitTest.xml", 2_000_000,
                suite("WaitTest", "time=\"3.25\" tests=\"1\" errors=\"0\" skipped=\"0\" failures=\"0\""));

        assertThat(TestReports.under(root, BEGAN)).containsExactly(
                new TestClass("a", "WaitTest", 1, 0, 0, 3.25), new TestClass("more/b", "FloodIT", 5, 3, 1, 1_204.5));
    }

    @Test
    void passesOverOlderRunsAndClassesOfWhichNothingRan() throws Exception {
        report("a/target/surefire-reports/TEST-dev.trunkline.OldTest.xml", 999_000,
                suite("OldTest", "time=\"1\" tests=\"1\" errors=\"0\" skipped=\"0\" failures=\"0\""));
        report("a/target/surefire-reports/TEST-dev.trunkline.NoneTest.xml", 2_000_000,
                suite("NoneTest", "time=\"0\" tests=\"0\" errors=\"0\" skipped=\"0\" failures=\"0\""));

        assertThat(TestReports.under(root, BEGAN)).isEmpty();
    }

    @Test
    void namesAFileThatIsNoReport() throws Exception {
        report("a/target/surefire-reports/TEST-dev.trunkline.CutTest.xml", 2_000_000, "<testsuite name=\"CutTest\"");

        assertThatIOException().isThrownBy(() -> TestReports.under(root, BEGAN)).withMessageContaining("TEST-dev.trunkline.CutTest.xml is no test report");
    }
}
