package dev.trunkline.router.apply;

import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.outbound.OutboundDefinition;
import dev.trunkline.router.rules.RuleDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names by which items of a file refer to each other, and to items that exist already. */
final class References {
    private final Set<String> organisations = new HashSet<>();
    private final Set<String> instances = new HashSet<>();
    private final Set<String> trunks = new HashSet<>();
    private final Set<String> outbound = new HashSet<>();
    private final String where;
    private final List<Fault> faults = new ArrayList<>();

    private References(String where) {
        this.where = where;
    }

    /**
     * Finds references to items that do not exist.
     *
     * @param whole whether items that are not in the file are removed
     */
    static List<Fault> missing(DirectoryFile there, DirectoryFile file, boolean whole) {
        var references = new References(
                whole ? "not in this file, which is to be the whole directory" : "neither in this file nor in the directory");
        references.learn(file);
        if (!whole) {
            references.learn(there);
        }
        references.check(file);
        return references.faults;
    }

    private void learn(DirectoryFile file) {
        file.organisations().forEach(organisation -> {
            organisations.add(organisation.name());
            organisation.agentInstances().forEach(instance -> instances.add(organisation.name() + "/" + instance.name()));
        });
        file.trunks().forEach(trunk -> trunks.add(trunk.name()));
        file.outboundTrunks().forEach(trunk -> outbound.add(trunk.name()));
    }

    private void check(DirectoryFile file) {
        for (int i = 0; i < file.organisations().size(); i++) {
            var organisation = file.organisations().get(i);
            for (int j = 0; j < organisation.numbers().size(); j++) {
                String path = "organisations[%d].numbers[%d].agent_instance".formatted(i, j);
                organisation.numbers().get(j).agentInstance().ifPresent(name -> {
                    if (!instances.contains(organisation.name() + "/" + name)) {
                        faults.add(new Fault(path, "%s has no agent instance %s, %s".formatted(organisation.name(), name, where)));
                    }
                });
            }
        }
        for (int i = 0; i < file.outboundTrunks().size(); i++) {
            outboundTrunk(file.outboundTrunks().get(i), "outbound_trunks[" + i + "]");
        }
        for (int i = 0; i < file.rules().size(); i++) {
            rule(file.rules().get(i), "rules[" + i + "]");
        }
    }

    private void outboundTrunk(OutboundDefinition trunk, String path) {
        trunk.inboundTrunk().filter(name -> !trunks.contains(name)).ifPresent(name -> faults.add(
                new Fault(path + ".inbound_trunk", "there is no trunk %s, %s".formatted(name, where))));
        trunk.organisation().filter(name -> !organisations.contains(name)).ifPresent(name -> faults.add(
                new Fault(path + ".organisation", "there is no organisation %s, %s".formatted(name, where))));
    }

    private void rule(RuleDefinition rule, String path) {
        for (int i = 0; i < rule.trunks().size(); i++) {
            if (!trunks.contains(rule.trunks().get(i))) {
                faults.add(new Fault("%s.trunks[%d]".formatted(path, i), "there is no trunk %s, %s".formatted(rule.trunks().get(i), where)));
            }
        }
        rule.organisation().filter(name -> !organisations.contains(name)).ifPresent(name -> faults.add(
                new Fault(path + ".organisation", "there is no organisation %s, %s".formatted(name, where))));
        rule.terms().outboundTrunks().stream().filter(named -> !outbound.contains(named.name())).forEach(named -> faults.add(
                new Fault(path + "." + named.field(), "there is no outbound trunk %s, %s".formatted(named.name(), where))));
    }
}
