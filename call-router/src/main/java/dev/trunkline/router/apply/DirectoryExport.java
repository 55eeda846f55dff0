package dev.trunkline.router.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.store.Transactions;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes the directory in the form that {@link DirectoryFileReader} reads: applying it again changes nothing. */
public final class DirectoryExport {
    private final Transactions transactions;

    public DirectoryExport(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Returns the directory without secrets: applying it keeps the stored ones, see {@link KeptSecrets}. */
    public ObjectNode readWithoutSecrets() throws SQLException {
        return Hidden.file(read());
    }

    /** Returns a directory, or a part of one, in the canonical form that can be compared; with secrets. */
    public static ObjectNode form(DirectoryFile file) {
        return DirectoryForm.file(file);
    }

    /** Returns everything, including secrets. */
    public ObjectNode read() throws SQLException {
        return DirectoryForm.file(transactions.asOwner(connection -> {
            try (Statement statement = connection.createStatement()) {
                // One snapshot for all tables.
                statement.execute("set transaction isolation level repeatable read read only");
            }
            return StoredDirectory.read(connection);
        }));
    }
}
