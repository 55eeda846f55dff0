package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.DirectoryExport;
import dev.trunkline.router.apply.DirectoryFileReader;
import dev.trunkline.router.apply.FaultyFileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** LiveKit on one side, a directory on the other, and what is remembered between them: a plan is carried out by editing text. */
final class Sides {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DirectoryFileReader READER = new DirectoryFileReader();

    private final Map<ItemKey, LiveKitItem> liveKit = new TreeMap<>();
    private ObjectNode directory;
    private List<Known> known = List.of();
    private final Set<String> made = new TreeSet<>();
    private Optional<String> usual = Optional.empty();

    Sides(String directory) throws FaultyFileException {
        this.directory = DirectoryExport.form(READER.read(directory));
    }

    Sides usual(String organisation) {
        usual = Optional.of(organisation);
        return this;
    }

    Sides inbound(String id, String fields) throws IOException {
        return put(Kind.INBOUND_TRUNK, id, "sip_trunk_id", fields);
    }

    Sides outbound(String id, String fields) throws IOException {
        return put(Kind.OUTBOUND_TRUNK, id, "sip_trunk_id", fields);
    }

    /** Adds an individual rule. */
    Sides rule(String id, String fields) throws IOException {
        return put(Kind.RULE, id, "sip_dispatch_rule_id", "\"rule\": {\"dispatch_rule_individual\": {\"room_prefix\": \"call\"}}, " + fields);
    }

    private Sides put(Kind kind, String id, String idField, String fields) throws IOException {
        ObjectNode json = JSON.readValue("{\"%s\": \"%s\", %s}".formatted(idField, id, fields), ObjectNode.class);
        var key = new ItemKey(kind, id);
        liveKit.put(key, new LiveKitItem(key, json.toString(), json));
        return this;
    }

    Sides delete(Kind kind, String id) {
        liveKit.remove(new ItemKey(kind, id));
        return this;
    }

    /** Returns an item of the directory, so that a test can change it as the directory's own API would. */
    ObjectNode item(Kind kind, String name) {
        return directory.path(kind.list()).valueStream()
                .filter(item -> item.path("name").asText().equals(name))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + directory));
    }

    void removeHere(Kind kind, String name) {
        directory.withArrayProperty(kind.list()).removeIf(item -> item.path("name").asText().equals(name));
    }

    List<String> names(Kind kind) {
        return directory.path(kind.list()).valueStream().map(item -> item.path("name").asText()).toList();
    }

    /** Returns the numbers of an organisation. */
    List<String> numbers(String organisation) {
        return directory.path("organisations").valueStream()
                .filter(item -> item.path("name").asText().equals(organisation))
                .flatMap(item -> item.path("numbers").valueStream())
                .map(number -> number.path("phone_number").asText())
                .sorted()
                .toList();
    }

    Plan plan() {
        return Comparison.plan(liveKit.values(), known, directory.deepCopy(), made, READER, usual);
    }

    /** Carries out the plan and remembers the result. */
    Plan settle() throws FaultyFileException {
        Plan plan = plan();
        plan.writes().forEach(write -> {
            removeHere(write.key().kind(), write.name());
            directory.withArrayProperty(write.key().kind().list()).add(write.item());
        });
        plan.removals().forEach(removal -> removeHere(removal.key().kind(), removal.name()));
        plan.numbersGone().forEach(this::removeNumber);
        plan.numbers().forEach((number, organisation) -> {
            removeNumber(number);
            directory.path("organisations").forEach(each -> {
                if (each.path("name").asText().equals(organisation)) {
                    ((ObjectNode) each).withArrayProperty("numbers").addObject().put("phone_number", number);
                }
            });
            made.add(number);
        });
        known = plan.known();
        directory = DirectoryExport.form(READER.read(directory));
        return plan;
    }

    private void removeNumber(String number) {
        made.remove(number);
        directory.path("organisations").forEach(each -> ((ObjectNode) each).withArrayProperty("numbers")
                .removeIf(there -> there.path("phone_number").asText().equals(number)));
    }

    static List<String> reasons(Plan plan) {
        List<String> reasons = new ArrayList<>();
        plan.facts().stream().filter(fact -> fact.reason().conflict()).forEach(fact -> reasons.add(fact.key().id() + " " + fact.reason().code()));
        return reasons;
    }
}
