package dev.trunkline.local.aot;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the JVMs of a suite use AOT caches. */
public sealed interface AotUse {
    /** Returns flags for the JVM of a part, in addition to its own. */
    List<String> flags(String part);

    /** The JVMs neither use nor record caches. */
    record None() implements AotUse {
        @Override
        public List<String> flags(String part) {
            return List.of();
        }
    }

    /** The JVMs start from caches, if they have one. */
    record Cached(Map<String, Path> caches) implements AotUse {
        public Cached {
            caches = Map.copyOf(caches);
        }

        @Override
        public List<String> flags(String part) {
            return caches.containsKey(part) ? using(caches.get(part)) : List.of();
        }
    }

    /**
     * Verifies the cache by the JVM's own checksum, which alone detects a damaged cache; without it the JVM would run whatever the
     * file contains. It costs less than a tenth of a second per start.
     */
    private static List<String> using(Path cache) {
        return List.of("-XX:AOTCache=" + cache, "-XX:+UnlockDiagnosticVMOptions", "-XX:+VerifySharedSpaces");
    }

    /** At exit, each JVM writes a file with the classes it loaded and the methods that ran often, from which a cache can be made. */
    record Recorded(Path folder) implements AotUse {
        @Override
        public List<String> flags(String part) {
            return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + record(part));
        }

        Path record(String part) {
            return folder.resolve(part + ".aotconf");
        }
    }
}
