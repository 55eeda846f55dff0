package dev.trunkline.local.aot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Finds the JVMs that run without the cache that they were given. A JVM that refuses a cache continues, and logs why. */
public final class AotRefusals {
    private AotRefusals() {}

    /**
     * @param pids of the running parts
     * @return the parts whose process has not mapped its cache; none if the system has no {@code /proc}
     */
    public static List<String> of(AotUse aot, Map<String, Long> pids) {
        if (!(aot instanceof AotUse.Cached(var caches))) {
            return List.of();
        }
        return caches.keySet().stream()
                .filter(part -> pids.containsKey(part) && !hasMapped(pids.get(part), caches.get(part)))
                .sorted()
                .toList();
    }

    private static boolean hasMapped(long pid, Path cache) {
        try {
            // File names in it may contain any bytes.
            String maps = new String(Files.readAllBytes(Path.of("/proc/" + pid + "/maps")), StandardCharsets.ISO_8859_1);
            return maps.contains(cache.getFileName().toString());
        } catch (IOException e) {
            // Nothing is known about this process.
            return true;
        }
    }
}
