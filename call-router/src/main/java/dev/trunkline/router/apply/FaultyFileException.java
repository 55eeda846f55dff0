package dev.trunkline.router.apply;

import dev.trunkline.router.fields.Fault;
import java.util.List;

/** A directory file that cannot be applied; nothing of it was. */
public final class FaultyFileException extends Exception {
    private final transient List<Fault> faults;

    public FaultyFileException(List<Fault> faults) {
        super(faults.size() + " faults");
        this.faults = List.copyOf(faults);
    }

    public static FaultyFileException at(String path, String problem) {
        return new FaultyFileException(List.of(new Fault(path, problem)));
    }

    /** One or more. */
    public List<Fault> faults() {
        return faults;
    }
}
