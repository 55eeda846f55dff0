package dev.trunkline.router.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.router.apply.FaultyFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The result of importing a LiveKit file, for tests. */
final class Imported {
    /** There are two trunks, and every number has an owner. */
    static final ImportOptions PLAIN =
            new ImportOptions(Optional.empty(), Map.of(), Optional.empty(), false, Set.of("yeastar", "twilio"));

    private final Translation translation;

    private Imported(Translation translation) {
        this.translation = translation;
    }

    static Imported of(String json) {
        return of(json, PLAIN);
    }

    static Imported of(String json, ImportOptions options) {
        try {
            return new Imported(LiveKitImport.translate(json, options));
        } catch (FaultyFileException e) {
            throw new AssertionError(e.faults().toString(), e);
        }
    }

    /** Returns the faults of a file that must be rejected, each as {@code path: problem}. */
    static List<String> faultsOf(String json, ImportOptions options) {
        try {
            throw new AssertionError("was taken as " + LiveKitImport.translate(json, options).file());
        } catch (FaultyFileException e) {
            return e.faults().stream().map(fault -> fault.path() + ": " + fault.problem()).toList();
        }
    }

    static List<String> faultsOf(String json) {
        return faultsOf(json, PLAIN);
    }

    static ImportOptions onto(String trunk) {
        return new ImportOptions(Optional.of(trunk), Map.of(), Optional.empty(), false, PLAIN.trunks());
    }

    JsonNode file() {
        return translation.file();
    }

    JsonNode rule() {
        return rule(0);
    }

    JsonNode rule(int index) {
        return translation.file().path("rules").path(index);
    }

    JsonNode trunk() {
        return translation.file().path("trunks").path(0);
    }

    /** Returns the warnings, each as {@code path: text}. */
    List<String> warnings() {
        return translation.warnings().stream().map(warning -> warning.path() + ": " + warning.problem()).toList();
    }
}
