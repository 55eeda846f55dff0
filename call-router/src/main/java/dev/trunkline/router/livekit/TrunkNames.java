package dev.trunkline.router.livekit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Maps LiveKit's trunk ids to our trunks. */
final class TrunkNames {
    private final ImportOptions options;
    private final Remarks remarks;
    private final Map<String, String> ofThisFile = new HashMap<>();

    TrunkNames(ImportOptions options, Remarks remarks) {
        this.options = options;
        this.remarks = remarks;
    }

    /** Adds a trunk of the file itself, so that rules beside it may refer to it. */
    void add(String id, String name) {
        ofThisFile.put(name, name);
        if (!id.isEmpty()) {
            ofThisFile.put(id, name);
        }
    }

    Optional<String> nameOf(String id) {
        return Optional.ofNullable(options.trunkNames().get(id))
                .or(() -> Optional.ofNullable(ofThisFile.get(id)))
                .or(() -> Optional.of(id).filter(options.trunks()::contains))
                .or(options::trunk);
    }

    /**
     * @param wildcard what the rule says with our own key
     * @return our names; empty for a wildcard, or if there is a fault
     */
    List<String> resolve(Message rule, List<String> ids, boolean wildcard) {
        if (wildcard) {
            if (!ids.isEmpty()) {
                rule.fault("wildcard", "a rule names trunks or is a wildcard, not both: leave one out");
            }
            return List.of();
        }
        return ids.isEmpty() ? ofTrunkless(rule) : named(rule, ids);
    }

    private List<String> ofTrunkless(Message rule) {
        if (options.trunk().isPresent()) {
            rule.warn("trunk_ids", ("names no trunk, and in LiveKit the rule takes the calls of every trunk: here it takes those of %s"
                    + " alone; write \"wildcard\": true in the rule for every trunk").formatted(options.trunk().get()));
            return List.of(options.trunk().get());
        }
        if (options.trunklessAreWildcards()) {
            rule.warn("trunk_ids", "names no trunk and so takes the calls of every trunk, as in LiveKit; to have fewer, write"
                    + " \"trunk_ids\": [\"NAME\"]");
        } else {
            rule.fault("trunk_ids", "names no trunk, so the rule would take the calls of every trunk of every tenant:"
                    + " write \"trunk_ids\": [\"NAME\"] with a trunk's name, or import with trunk=NAME (--trunk NAME),"
                    + " or write \"wildcard\": true beside it if every trunk is meant" + known());
        }
        return List.of();
    }

    private List<String> named(Message rule, List<String> ids) {
        Set<String> names = new LinkedHashSet<>();
        List<String> met = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            Optional<String> name = nameOf(id);
            if (name.isEmpty()) {
                remarks.fault(rule.path("trunk_ids") + "[" + i + "]",
                        "%s is no trunk here: import with trunk=NAME or trunk=%s=NAME (--trunk), NAME being our trunk's name%s"
                                .formatted(id, id, known()));
            } else if (!names.add(name.get())) {
                met.add(id);
            }
        }
        if (!met.isEmpty()) {
            rule.warn("trunk_ids", "%s and the others before it are one trunk here, %s; if they are not, import with trunk=%s=NAME"
                    .formatted(String.join(", ", met), names.iterator().next(), met.getFirst()));
        }
        return List.copyOf(names);
    }

    private String known() {
        Set<String> names = new LinkedHashSet<>(options.trunks().stream().sorted().toList());
        names.addAll(ofThisFile.values());
        return names.isEmpty() ? "; there is no trunk yet" : "; the trunks are " + String.join(", ", names);
    }
}
