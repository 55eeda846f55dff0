package dev.trunkline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {
    @TempDir
    private Path folder;

    @Test
    void figuresAreReadAsTheyWereWritten() throws Exception {
        ReportFiles.json(folder.resolve("a.json"), Samples.report(1));
        assertThat(ReportFiles.read(folder.resolve("a.json"))).isEqualTo(Samples.report(1));
    }

    @Test
    void thePageHasItsStyleInIt() throws Exception {
        ReportFiles.page(folder.resolve("a.html"), Samples.report(1), Optional.empty());
        assertThat(Files.readString(folder.resolve("a.html"))).startsWith("<!doctype html>").contains("prefers-color-scheme: dark");
    }

    @Test
    void aFileThatIsNoReportIsNamed() throws Exception {
        Files.writeString(folder.resolve("x.json"), "{}");
        assertThatThrownBy(() -> ReportFiles.read(folder.resolve("x.json"))).isInstanceOf(IOException.class).hasMessageContaining("x.json: it is no report");
        assertThatThrownBy(() -> ReportFiles.read(folder.resolve("y.json"))).isInstanceOf(IOException.class).hasMessageContaining("there is no file");
    }

    @Test
    void whatCouldNotBeWrittenIsSaidBeforeAnythingIsMeasured() throws Exception {
        assertThatThrownBy(() -> ReportFiles.requireWritable(folder.resolve("none/a.html"))).hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> ReportFiles.requireWritable(folder)).hasMessageContaining("cannot be written");
        ReportFiles.requireWritable(folder.resolve("a.html"));
    }
}
