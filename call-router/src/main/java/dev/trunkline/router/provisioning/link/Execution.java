package dev.trunkline.router.provisioning.link;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.DirectoryWriter;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.apply.Removals;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.provisioning.Fact;
import dev.trunkline.router.provisioning.ItemKey;
import dev.trunkline.router.provisioning.Known;
import dev.trunkline.router.provisioning.Plan;
import dev.trunkline.router.provisioning.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Carries out a plan, and records what Postgres or the rest of the directory did not permit. */
final class Execution {
    static final String ACTOR = "livekit";
    private static final Logger LOG = Logger.getLogger(Execution.class);

    private final DirectoryFileReader reader;
    private final DirectoryWriter writer;
    private final Removals removals;

    Execution(DirectoryFileReader reader, DirectoryWriter writer, Removals removals) {
        this.reader = reader;
        this.writer = writer;
        this.removals = removals;
    }

    /** What is to be remembered and reported afterwards. */
    record Outcome(List<Known> known, List<Fact> facts) {}

    Outcome run(Plan plan, List<Known> before) throws SQLException {
        Map<ItemKey, Known> known = new TreeMap<>();
        plan.known().forEach(each -> known.put(each.key(), each));
        Map<ItemKey, Known> were = new HashMap<>();
        before.forEach(each -> were.put(each.key(), each));
        List<Fact> facts = new ArrayList<>(plan.facts());
        for (Map.Entry<Plan.Write, String> failed : write(plan.writes()).entrySet()) {
            Plan.Write write = failed.getKey();
            facts.add(new Fact(write.key(), write.name(), Reason.NOT_POSSIBLE, failed.getValue()));
            known.computeIfPresent(write.key(), (key, now) -> new Known(
                    key, now.raw(), Optional.ofNullable(were.get(key)).flatMap(Known::placed)));
        }
        for (Plan.Removal removal : plan.removals()) {
            remove(removal).ifPresent(fact -> {
                facts.add(fact);
                // Without the message to write back, because LiveKit has deleted it.
                known.computeIfAbsent(removal.key(), key -> new Known(key, "", were.get(key).placed()));
            });
        }
        return new Outcome(List.copyOf(known.values()), facts);
    }

    /** @return those that were not possible, and why */
    private Map<Plan.Write, String> write(List<Plan.Write> writes) throws SQLException {
        Map<Plan.Write, String> failed = new HashMap<>();
        if (writes.isEmpty()) {
            return failed;
        }
        try {
            apply(writes);
        } catch (FaultyFileException together) {
            for (Plan.Write write : writes) {
                try {
                    apply(List.of(write));
                } catch (FaultyFileException alone) {
                    failed.put(write, alone.faults().stream().map(Fault::problem).distinct().collect(Collectors.joining("; ")));
                }
            }
        }
        writes.stream().filter(write -> !failed.containsKey(write)).forEach(write -> LOG.infof(
                "%s=%s livekit=%s taken from LiveKit", write.key().kind().code(), write.name(), write.key().id()));
        return failed;
    }

    private void apply(List<Plan.Write> writes) throws SQLException, FaultyFileException {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        writes.forEach(write -> file.withArrayProperty(write.key().kind().list()).add(write.item()));
        writer.apply(reader.read(file), ACTOR);
    }

    private Optional<Fact> remove(Plan.Removal removal) throws SQLException {
        return switch (removals.remove(removal.key().kind().list(), removal.name(), ACTOR)) {
            case Removals.Outcome.Removed() -> {
                LOG.infof("%s=%s livekit=%s removed, as in LiveKit", removal.key().kind().code(), removal.name(), removal.key().id());
                yield Optional.empty();
            }
            case Removals.Outcome.Unknown() -> Optional.empty();
            case Removals.Outcome.Needed(List<String> by) -> Optional.of(new Fact(removal.key(), removal.name(), Reason.STILL_NEEDED,
                    "was deleted in LiveKit, and %s here need it: change or remove those".formatted(String.join(", ", by))));
        };
    }
}
