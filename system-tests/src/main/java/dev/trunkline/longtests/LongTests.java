package dev.trunkline.longtests;

import dev.trunkline.bench.Machine;
import dev.trunkline.bench.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** Reads the test reports of a finished run, prints a summary, and writes the page. */
public final class LongTests {
    private LongTests() {}

    /** @param args the project's root, a file whose time is the beginning of the run, and optionally the page to write */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path root = Path.of(args[0]);
        List<TestClass> classes = TestReports.under(root, Files.getLastModifiedTime(Path.of(args[1])));
        System.out.println("trunkline: " + LongTestsPage.summary(classes));
        if (args.length > 2) {
            String machine = Machine.hardware() + ", " + Machine.system();
            Files.writeString(Path.of(args[2]), LongTestsPage.of(classes, LocalDate.now(), machine, Versions.trunkline(root)));
            System.out.println("trunkline: written to " + args[2]);
        }
    }
}
