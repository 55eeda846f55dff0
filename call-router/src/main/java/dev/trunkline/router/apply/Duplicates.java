package dev.trunkline.router.apply;

import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.fields.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds items that appear twice in a file: the second would silently undo the first. */
final class Duplicates {
    private final Map<String, String> seen = new HashMap<>();
    private final List<Fault> faults;

    private Duplicates(List<Fault> faults) {
        this.faults = faults;
    }

    static void find(DirectoryFile file, List<Fault> faults) {
        var duplicates = new Duplicates(faults);
        for (int i = 0; i < file.organisations().size(); i++) {
            duplicates.organisation(file.organisations().get(i), "organisations[" + i + "]");
        }
        duplicates.numbers(file.numbers(), "");
        for (int i = 0; i < file.trunks().size(); i++) {
            duplicates.trunk(file.trunks().get(i), "trunks[" + i + "]");
        }
        for (int i = 0; i < file.outboundTrunks().size(); i++) {
            duplicates.check("outbound trunk ", file.outboundTrunks().get(i).name(), "outbound_trunks[" + i + "].name");
        }
        for (int i = 0; i < file.rules().size(); i++) {
            duplicates.check("rule ", file.rules().get(i).name(), "rules[" + i + "].name");
        }
    }

    private void organisation(DirectoryFile.OrganisationEntry organisation, String path) {
        check("organisation ", organisation.name(), path + ".name");
        for (int i = 0; i < organisation.agentInstances().size(); i++) {
            check("agent instance ", organisation.name() + "/" + organisation.agentInstances().get(i).name(),
                    "%s.agent_instances[%d].name".formatted(path, i));
        }
        numbers(organisation.numbers(), path + ".");
    }

    private void numbers(List<DirectoryFile.NumberEntry> numbers, String path) {
        for (int i = 0; i < numbers.size(); i++) {
            check("number ", numbers.get(i).phoneNumber(), "%snumbers[%d].phone_number".formatted(path, i));
        }
    }

    private void trunk(InboundTrunk trunk, String path) {
        check("trunk ", trunk.name(), path + ".name");
        for (int i = 0; i < trunk.users().size(); i++) {
            check("user ", trunk.name() + "/" + trunk.users().get(i).username() + "@" + trunk.users().get(i).realm(),
                    "%s.users[%d].username".formatted(path, i));
        }
    }

    private void check(String kind, String name, String path) {
        if (name.isEmpty()) {
            // A fault of its own.
            return;
        }
        Optional<String> first = Optional.ofNullable(seen.putIfAbsent(kind + name, path));
        first.ifPresent(there -> faults.add(new Fault(
                path, "%s%s is already in %s: remove one".formatted(kind, name, there))));
    }
}
