package dev.trunkline.router.apply;

import dev.trunkline.router.apply.ApplyReport.Change;
import dev.trunkline.router.apply.ApplyReport.Item;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.snapshot.DirectoryReader;
import dev.trunkline.router.store.Actor;
import dev.trunkline.router.store.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a directory file into Postgres: everything in one transaction, each item by its natural key (name, number),
 * and only what differs from the stored items. Applying the same file again changes nothing.
 */
public final class DirectoryWriter {

    /**
     * @param dryRun reports what would change: it is written, because Postgres may refuse it too, and rolled back
     * @param whole the file is the whole directory: items that are not in it are removed
     * @param changes from the {@link ApplyReport#changes report} of a dry run, if nothing else may be changed
     */
    public record Mode(boolean dryRun, boolean whole, Optional<String> changes) {
        /** Writes the items of the file, and leaves the rest. */
        public static final Mode PART = of(false, false);

        /** Accepts any changes. */
        public static Mode of(boolean dryRun, boolean whole) {
            return new Mode(dryRun, whole, Optional.empty());
        }
    }

    private final Transactions transactions;

    public DirectoryWriter(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Applies a part of a directory, see {@link Mode#PART}. */
    public ApplyReport apply(DirectoryFile file, String by) throws SQLException, FaultyFileException {
        return apply(file, by, Mode.PART);
    }

    /**
     * @param by who applies it, for the history of the numbers
     * @throws FaultyFileException if the file refers to items that are neither in it nor in Postgres; then nothing is
     *     written
     * @throws OtherChangesException if it would make other changes than the mode names; then nothing is written either
     */
    public ApplyReport apply(DirectoryFile file, String by, Mode mode) throws SQLException, FaultyFileException {
        return transactions.<ApplyReport, FaultyFileException>asOwner(
                Actor.byFile(by), connection -> apply(connection, file, mode));
    }

    private static ApplyReport apply(Connection connection, DirectoryFile file, Mode mode)
            throws SQLException, FaultyFileException {
        var rows = new DirectoryRows(connection);
        // One writer at a time: two files that name the same items in a different order would deadlock.
        rows.lock();
        DirectoryFile there = StoredDirectory.read(connection);
        List<Fault> faults = References.missing(there, file, mode.whole());
        if (!faults.isEmpty()) {
            throw new FaultyFileException(faults);
        }
        List<Item> items = DirectoryDiff.between(there, file, mode.whole());
        write(rows, file, items);
        var report = new ApplyReport(mode.dryRun(), items, file.warnings(), DirectoryReader.readIn(connection));
        if (mode.changes().filter(seen -> !seen.equals(report.changes())).isPresent()) {
            throw new OtherChangesException();
        }
        if (mode.dryRun()) {
            connection.rollback();
        }
        return report;
    }

    private static void write(DirectoryRows rows, DirectoryFile file, List<Item> items) throws SQLException {
        Map<String, Change> changes = new HashMap<>();
        items.forEach(item -> changes.put(item.kind() + " " + item.name(), item.change()));
        for (var organisation : file.organisations()) {
            String name = organisation.name();
            if (differs(changes, "organisation", name)) {
                rows.organisation(organisation);
            }
            for (var instance : organisation.agentInstances()) {
                if (differs(changes, "agent_instance", name + "/" + instance.name())) {
                    rows.agentInstance(name, instance);
                }
            }
        }
        for (var organisation : file.organisations()) {
            for (var number : organisation.numbers()) {
                if (differs(changes, "number", number.phoneNumber())) {
                    rows.number(organisation.name(), number);
                }
            }
        }
        for (var number : file.numbers()) {
            if (differs(changes, "number", number.phoneNumber())) {
                rows.freeNumber(number);
            }
        }
        for (var trunk : file.trunks()) {
            if (differs(changes, "trunk", trunk.name())) {
                rows.trunk(trunk);
            }
        }
        for (var trunk : file.outboundTrunks()) {
            if (differs(changes, "outbound_trunk", trunk.name())) {
                rows.outboundTrunk(trunk);
            }
        }
        for (var rule : file.rules()) {
            if (differs(changes, "rule", rule.name())) {
                rows.rule(rule);
            }
        }
        for (Item item : items) {
            if (item.change() == Change.REMOVED) {
                rows.remove(item.kind(), item.name());
            }
        }
    }

    private static boolean differs(Map<String, Change> changes, String kind, String name) {
        return changes.get(kind + " " + name) != Change.UNCHANGED;
    }
}
