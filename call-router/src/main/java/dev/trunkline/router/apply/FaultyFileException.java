package dev.trunkline.router.apply;

import dev.trunkline.router.fields.Fault;
import java.util.List;

/** A directory file cannot be applied; no part of it was. */
public final class FaultyFileException extends Exception {
    private final transient List<Fault> faults;

    public FaultyFileException(List<Fault> faults) {
        super(faults.size() + " faults");
        this.faults = List.copyOf(faults);
    }

    public static FaultyFileException at(String path, String problem) {
        return new FaultyFileException(List.of(new Fault(path, problem)));
    }

    /** Returns one or more faults. */
    public List<Fault> faults() {
        return faults;
    }
}
