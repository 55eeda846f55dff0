package dev.trunkline.router.api;

import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.apply.DirectoryFile;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.routing.ForwardRemarks;
import dev.trunkline.router.routing.Overlaps;
import dev.trunkline.router.routing.RuleRemarks;
import dev.trunkline.router.routing.SharedRooms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Warnings about what was written and may be unintended. */
final class Warnings {
    /** As many as a reader will read. */
    private static final int MOST = 50;

    private Warnings() {}

    /**
     * @param report on what was applied or only tried, with the warnings of the file's reader
     * @param file whose rules are compared with all rules that exist afterwards
     * @param dialler decides whether calls can be forwarded to the targets that the rules name
     */
    static List<Fault> of(ApplyReport report, DirectoryFile file, Dialler dialler) {
        Map<String, String> paths = new HashMap<>();
        for (int i = 0; i < file.rules().size(); i++) {
            paths.put(file.rules().get(i).name(), "rules[" + i + "]");
        }
        List<Fault> warnings = new ArrayList<>(report.warnings());
        warnings.addAll(NumberWarnings.of(report, file, MOST));
        if (!paths.isEmpty()) {
            warnings.addAll(remarks(report.directory(), paths, dialler));
            Overlaps.Report found = Overlaps.doubtful(report.directory(), rule -> paths.containsKey(rule.name()), MOST);
            found.overlaps().forEach(overlap -> warnings.add(new Fault(path(overlap.winner(), overlap.other(), paths), overlap.sentence())));
            if (found.further() > 0) {
                warnings.add(new Fault("rules", "and " + found.further() + " more pairs of rules take the same calls"));
            }
            SharedRooms.find(report.directory(), rule -> paths.containsKey(rule.name()), MOST).forEach(shared ->
                    warnings.add(new Fault(path(shared.one(), shared.other(), paths), shared.sentence())));
        }
        return warnings;
    }

    private static List<Fault> remarks(Directory directory, Map<String, String> paths, Dialler dialler) {
        return directory.rules().stream()
                .filter(rule -> paths.containsKey(rule.name()))
                .flatMap(rule -> Stream.concat(
                                RuleRemarks.of(directory, rule).stream(), ForwardRemarks.of(directory, rule, dialler).stream())
                        .map(remark -> new Fault(paths.get(rule.name()) + "." + remark.field(), remark.text())))
                .limit(MOST)
                .toList();
    }

    private static String path(DispatchRule one, DispatchRule other, Map<String, String> paths) {
        return Optional.ofNullable(paths.get(one.name())).orElseGet(() -> paths.get(other.name()));
    }
}
