package dev.trunkline.router.api;

import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.apply.DirectoryFile;
import dev.trunkline.router.apply.DirectoryFile.NumberEntry;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.NumberKey;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.routing.NumberOverlaps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Warnings about numbers that may not have been written as intended. */
final class NumberWarnings {
    private static final int MOST_NAMED = 6;

    private NumberWarnings() {}

    /** @param most how many of one kind are reported */
    static List<Fault> of(ApplyReport report, DirectoryFile file, int most) {
        Map<String, String> paths = paths(file);
        if (paths.isEmpty()) {
            return List.of();
        }
        List<Fault> warnings = new ArrayList<>();
        NumberOverlaps.find(report.directory(), number -> paths.containsKey(number.phoneNumber()), most).forEach(overlap ->
                warnings.add(new Fault(paths.get(overlap.written().phoneNumber()), overlap.sentence())));
        warnings.addAll(boundToNothing(report.directory(), paths, most));
        oneAtATime(report, file).ifPresent(warnings::add);
        return warnings;
    }

    private static List<Fault> boundToNothing(Directory directory, Map<String, String> paths, int most) {
        List<Fault> warnings = new ArrayList<>();
        paths.forEach((number, path) -> NumberKey.trunkOf(number)
                .filter(trunk -> directory.trunkNamed(trunk).isEmpty())
                .ifPresent(trunk -> warnings.add(new Fault(
                        path, "%s is only for calls of trunk %s, and there is no such trunk".formatted(number, trunk)))));
        return warnings.stream().limit(most).toList();
    }

    /** Only for new numbers, so that the warning is given once and not each time the file is applied. */
    private static Optional<Fault> oneAtATime(ApplyReport report, DirectoryFile file) {
        List<String> numbers = report.items().stream()
                .filter(item -> item.kind().equals("number") && item.change() == ApplyReport.Change.CREATED)
                .map(ApplyReport.Item::name)
                .filter(file.unlimited()::contains)
                .toList();
        return numbers.isEmpty()
                ? Optional.empty()
                : Optional.of(new Fault("organisations", ("%s%s: without max_concurrent_calls a number takes one call at a time, and a"
                                + " second one is answered 486 (number-busy); write max_concurrent_calls: 10 for more, or 1 if that is"
                                + " meant")
                        .formatted(
                                String.join(", ", numbers.stream().limit(MOST_NAMED).toList()),
                                numbers.size() > MOST_NAMED ? " and %d more".formatted(numbers.size() - MOST_NAMED) : "")));
    }

    private static Map<String, String> paths(DirectoryFile file) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (int i = 0; i < file.organisations().size(); i++) {
            List<NumberEntry> numbers = file.organisations().get(i).numbers();
            for (int j = 0; j < numbers.size(); j++) {
                paths.put(numbers.get(j).phoneNumber(), "organisations[%d].numbers[%d]".formatted(i, j));
            }
        }
        return paths;
    }
}
