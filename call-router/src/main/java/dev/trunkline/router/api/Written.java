package dev.trunkline.router.api;

import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.fields.Fault;
import java.util.List;
import java.util.stream.Stream;

/**
 * The outcome of a PUT of an item.
 *
 * @param warnings what was written and may be unintended: for a rule, calls that another would take too
 */
public record Written(ApplyReport.Change change, List<Fault> warnings) {

    /** Returns the same with one more warning. */
    Written warning(Fault another) {
        return new Written(change, Stream.concat(warnings.stream(), Stream.of(another)).toList());
    }
}
