package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.apply.DirectoryExport;
import dev.trunkline.router.apply.DirectoryFile;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.DirectoryWriter.Mode;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.apply.KeptSecrets;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.inject.Singleton;
import java.sql.SQLException;

/** Applies directory files in any of the accepted forms. */
@Singleton
public class DirectoryFiles {
    private final DirectoryFileReader reader;
    private final DirectoryWriter writer;
    private final DirectoryExport export;
    private final CurrentDirectory directory;
    private final Dialler dialler;

    public DirectoryFiles(
            DirectoryFileReader reader,
            DirectoryWriter writer,
            DirectoryExport export,
            CurrentDirectory directory,
            Dialler dialler) {
        this.reader = reader;
        this.writer = writer;
        this.export = export;
        this.directory = directory;
        this.dialler = dialler;
    }

    /** @param text YAML or JSON */
    ApplyReport apply(Principal caller, String text, Mode mode) throws SQLException, FaultyFileException {
        return apply(caller, reader.parse(text), mode);
    }

    /** @param document may come from an export that hid secrets: the stored ones are kept */
    ApplyReport apply(Principal caller, JsonNode document, Mode mode) throws SQLException, FaultyFileException {
        JsonNode whole = KeptSecrets.areIn(document) ? KeptSecrets.putBack(document, export.read()) : document;
        return apply(caller, reader.read(whole), mode);
    }

    /** @return the report; its warnings include calls that several rules would take */
    private ApplyReport apply(Principal caller, DirectoryFile file, Mode mode) throws SQLException, FaultyFileException {
        ApplyReport report = writer.apply(file, caller.subject(), mode);
        if (!mode.dryRun()) {
            // A call works immediately after the file was applied; other replicas are notified by Postgres.
            directory.refresh();
        }
        return report.warning(Warnings.of(report, file, dialler));
    }
}
