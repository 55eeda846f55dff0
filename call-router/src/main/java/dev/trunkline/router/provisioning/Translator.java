package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.DirectoryExport;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.livekit.ImportOptions;
import dev.trunkline.router.livekit.LiveKitImport;
import dev.trunkline.router.livekit.Translation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Translates LiveKit's items into items of a directory file, with the same reader as {@code ./trunkline apply --livekit}. */
final class Translator {
    private final DirectoryFileReader reader;

    Translator(DirectoryFileReader reader) {
        this.reader = reader;
    }

    /**
     * @param trunkNames our names by LiveKit's ids, for rules
     * @throws FaultyFileException if the directory does not take such an item
     */
    Wanted translate(LiveKitItem item, String organisation, Map<String, String> trunkNames) throws FaultyFileException {
        Translation translation = LiveKitImport.translate(request(item).toString(), options(organisation, trunkNames));
        ObjectNode form = forms(translation, item.key().kind()).getFirst();
        List<Fact> notes = translation.warnings().stream()
                .map(warning -> new Fact(item.key(), item.name(), Reason.NOT_CARRIED, text(warning)))
                .toList();
        return new Wanted(item, organisation, form, notes);
    }

    /**
     * Translates rules of one organisation, each of which could be translated alone, with the priorities that put them
     * in LiveKit's order.
     *
     * @return in the same order
     */
    List<Wanted> together(List<Wanted> rules, Map<String, String> trunkNames) {
        if (rules.size() < 2) {
            return rules;
        }
        ArrayNode requests = JsonNodeFactory.instance.arrayNode();
        rules.forEach(rule -> requests.add(request(rule.item())));
        try {
            String organisation = rules.getFirst().organisation();
            List<ObjectNode> forms = forms(LiveKitImport.translate(requests.toString(), options(organisation, trunkNames)), Kind.RULE);
            List<Wanted> ordered = new ArrayList<>();
            for (int i = 0; i < rules.size(); i++) {
                ordered.add(new Wanted(rules.get(i).item(), organisation, forms.get(i), rules.get(i).notes()));
            }
            return ordered;
        } catch (FaultyFileException e) {
            // Conflicts between rules are reported when their file is applied by hand; here each rule alone is as
            // LiveKit has it.
            return rules;
        }
    }

    private List<ObjectNode> forms(Translation translation, Kind kind) throws FaultyFileException {
        try {
            return DirectoryExport.form(reader.read(translation.file())).path(kind.list()).valueStream()
                    .map(ObjectNode.class::cast)
                    .toList();
        } catch (FaultyFileException e) {
            throw new FaultyFileException(e.faults().stream().map(translation::placed).toList());
        }
    }

    private static ObjectNode request(LiveKitItem item) {
        ObjectNode body = item.json().deepCopy();
        body.put("name", item.name());
        boolean rule = item.key().kind() == Kind.RULE;
        if (!rule && Owners.ofMetadata(item.metadata()).isPresent()) {
            // The metadata is for Trunkline, and was read; that of a rule goes to the room unchanged.
            body.remove("metadata");
        }
        return JsonNodeFactory.instance.objectNode().set(rule ? "dispatch_rule" : "trunk", body);
    }

    private static ImportOptions options(String organisation, Map<String, String> trunkNames) {
        // In LiveKit a rule without trunks takes the calls of all; here too, but only those to its organisation's
        // numbers.
        return new ImportOptions(Optional.empty(), new HashMap<>(trunkNames), Optional.of(organisation), true, Set.of());
    }

    static String text(List<Fault> faults) {
        return faults.stream().map(Translator::text).distinct().collect(Collectors.joining("; "));
    }

    private static String text(Fault fault) {
        String path = fault.path().replaceFirst("^(trunk|dispatch_rule)\\.?", "");
        return path.isEmpty() ? fault.problem() : path + ": " + fault.problem();
    }
}
