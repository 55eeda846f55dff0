package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.routing.Overlap;
import dev.trunkline.router.routing.Overlaps;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was written, and may not be what was meant. */
@Singleton
public class Warnings {
    /** As many as somebody reads. */
    private static final int MOST = 50;

    private final CurrentDirectory directory;

    public Warnings(CurrentDirectory directory) {
        this.directory = directory;
    }

    /**
     * @param report of what was applied, with the warnings of the file's reader
     * @param file whose rules are compared with all that there are now
     */
    List<Fault> of(ApplyReport report, JsonNode file) {
        Map<String, String> paths = new HashMap<>();
        JsonNode rules = file.path("rules");
        for (int i = 0; i < rules.size(); i++) {
            paths.put(rules.get(i).path("name").asText(), "rules[" + i + "]");
        }
        List<Fault> warnings = new ArrayList<>(report.warnings());
        if (!paths.isEmpty()) {
            Directory now = directory.get().orElseGet(Directory::empty);
            Overlaps.Report found = Overlaps.find(now, rule -> paths.containsKey(rule.name()), MOST);
            found.overlaps().forEach(overlap -> warnings.add(new Fault(path(overlap, paths), overlap.sentence())));
            if (found.further() > 0) {
                warnings.add(new Fault("rules", "and " + found.further() + " more pairs of rules take the same calls"));
            }
        }
        return warnings;
    }

    private static String path(Overlap overlap, Map<String, String> paths) {
        return Optional.ofNullable(paths.get(overlap.winner().name()))
                .orElseGet(() -> paths.get(overlap.other().name()));
    }
}
