package dev.trunkline.router.livekit;

import dev.trunkline.router.fields.Fault;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file, and what differs here, in the order in which it was found. */
final class Remarks {
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> warnings = new ArrayList<>();

    void fault(String path, String problem) {
        faults.add(new Fault(path, problem));
    }

    void warn(String path, String text) {
        warnings.add(new Fault(path, text));
    }

    List<Fault> faults() {
        return faults;
    }

    List<Fault> warnings() {
        return warnings;
    }
}
