package dev.trunkline.router.numbers;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.routing.NumberOverlaps;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Numbers that were added.
 *
 * @param numbers as they are now
 * @param warnings what may be unintended: patterns that cover numbers of another organisation, with who gets the calls
 */
public record AddedNumbers(List<NumberView> numbers, List<Fault> warnings) {
    /** As many as a reader will read. */
    private static final int MOST = 50;

    public AddedNumbers {
        numbers = List.copyOf(numbers);
        warnings = List.copyOf(warnings);
    }

    /** @param directory with the numbers */
    static AddedNumbers of(List<NumberView> added, Directory directory) {
        Set<String> keys = added.stream().map(NumberView::phoneNumber).collect(Collectors.toSet());
        return new AddedNumbers(added, NumberOverlaps.find(directory, number -> keys.contains(number.phoneNumber()), MOST).stream()
                .map(overlap -> new Fault(overlap.written().phoneNumber(), overlap.sentence()))
                .toList());
    }
}
