package dev.trunkline.local.aot;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the JVMs of a suite have to do with AOT caches. */
public sealed interface AotUse {
    /** Flags of the JVM of a part, in addition to its own. */
    List<String> flags(String part);

    /** They know of none. */
    record None() implements AotUse {
        @Override
        public List<String> flags(String part) {
            return List.of();
        }
    }

    /** They start from caches, as far as there is one. */
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
     * Of a damaged cache only the JVM's own checksum tells: without it what is in the file is run as it is. It costs less than
     * a tenth of a second a start.
     */
    private static List<String> using(Path cache) {
        return List.of("-XX:AOTCache=" + cache, "-XX:+UnlockDiagnosticVMOptions", "-XX:+VerifySharedSpaces");
    }

    /** When they end they write down what they loaded and what ran often, one file a part, from which a cache can be made. */
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
