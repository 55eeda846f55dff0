package dev.trunkline.router.api;

import dev.trunkline.router.apply.ApplyReport;
import dev.trunkline.router.fields.Fault;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of an item that was put.
 *
 * @param warnings what is as it was written, and may not be what was meant: of a rule, calls that another would take too
 */
public record Written(ApplyReport.Change change, List<Fault> warnings) {

    /** The same with one warning more. */
    Written warning(Fault another) {
        return new Written(change, Stream.concat(warnings.stream(), Stream.of(another)).toList());
    }
}
