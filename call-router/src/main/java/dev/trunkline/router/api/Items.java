package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.apply.DirectoryExport;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.apply.Removals;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.problem.Refused;
import dev.trunkline.router.provisioning.link.LiveKitOrigins;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Single items of the directory, in the form that they have in a directory file and by the same rules. */
@Singleton
public class Items {
    private static final Logger LOG = Logger.getLogger(Items.class);
    /** LiveKit's id of an item that came from there. */
    private static final String LIVEKIT_ID = "livekit_id";

    private final DirectoryFiles files;
    private final DirectoryExport export;
    private final Removals removals;
    private final CurrentDirectory directory;
    private final LiveKitOrigins origins;

    public Items(DirectoryFiles files, DirectoryExport export, Removals removals, CurrentDirectory directory, LiveKitOrigins origins) {
        this.files = files;
        this.export = export;
        this.removals = removals;
        this.directory = directory;
        this.origins = origins;
    }

    /** @param kind {@code organisations}, {@code trunks} or {@code rules}, in the order of their names */
    Stream<ObjectNode> all(String kind) throws SQLException {
        Map<String, String> liveKits = origins.of(kind);
        return export.read().path(kind).valueStream().map(ObjectNode.class::cast).map(item -> {
            Optional.ofNullable(liveKits.get(item.path("name").asText())).ifPresent(id -> item.put(LIVEKIT_ID, id));
            return item;
        });
    }

    Optional<ObjectNode> find(String kind, String name) throws SQLException {
        return all(kind).filter(item -> named(item, name)).findFirst();
    }

    ObjectNode one(String kind, String name) throws SQLException {
        return find(kind, name).orElseThrow(() -> unknown(kind, name));
    }

    static Refused unknown(String kind, String name) {
        return Refused.unknown("There is no %s among the %s; GET lists them.".formatted(name, kind));
    }

    static boolean named(JsonNode item, String name) {
        return item.path("name").asText().equals(name);
    }

    /** Writes one item as a whole: fields that are left out get their defaults. */
    Written put(Principal caller, String kind, String name, ObjectNode item) throws SQLException, FaultyFileException {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        ObjectNode written = named(name, item);
        // GET returns it, and what GET returns can be PUT again.
        written.remove(LIVEKIT_ID);
        file.putArray(kind).add(written);
        Written answer = write(caller, file, kind + "[0].");
        return Optional.ofNullable(origins.of(kind).get(name)).map(id -> answer.warning(new Fault("", ("came from LiveKit, as %s: changes"
                + " there are applied here too, and a field that is changed differently on both sides stays as it is here (conflicts of GET"
                + " /livekit/provisioning)").formatted(id)))).orElse(answer);
    }

    /** @param item has the name of the path, or none */
    static ObjectNode named(String name, ObjectNode item) {
        if (item.has("name") && !named(item, name)) {
            throw Refused.malformed("The name in the path is %s: leave it out of the body, or write the same name.".formatted(name));
        }
        return item.deepCopy().put("name", name);
    }

    /** @param path of the single item in the file, which the sender does not know */
    Written write(Principal caller, ObjectNode file, String path) throws SQLException, FaultyFileException {
        ApplyReport report;
        try {
            report = files.apply(caller, file, DirectoryWriter.Mode.PART);
        } catch (FaultyFileException e) {
            throw new FaultyFileException(shortened(e.faults(), path));
        }
        ApplyReport.Item last = report.items().getLast();
        LOG.infof("%s %s %s by %s", last.kind(), last.name(), last.change().code(), caller.subject());
        return new Written(last.change(), shortened(report.warnings(), path));
    }

    private static List<Fault> shortened(List<Fault> faults, String path) {
        return faults.stream()
                .map(fault -> fault.path().startsWith(path)
                        ? new Fault(fault.path().substring(path.length()), fault.problem())
                        : fault)
                .toList();
    }

    /** @param kind {@code organisations}, {@code numbers}, {@code trunks} or {@code rules} */
    void remove(Principal caller, String kind, String name) throws SQLException {
        switch (removals.remove(kind, name, caller.subject())) {
            case Removals.Outcome.Unknown() -> throw unknown(kind, name);
            case Removals.Outcome.Needed(List<String> by) -> throw Refused.conflict(
                    "%s is needed by %s: change or remove those first.".formatted(name, String.join(", ", by)));
            case Removals.Outcome.Removed() -> {
                LOG.infof("%s removed from the directory's %s by %s", name, kind, caller.subject());
                directory.refresh();
            }
        }
    }
}
