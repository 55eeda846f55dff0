package dev.trunkline.local;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A process inherits an ignored SIGINT, and a JVM leaves it ignored: {@link sun.misc.Signal} then accepts a handler but never
 * calls it.
 */
final class IgnoredInterrupt {
    private static final int SIGINT = 2;
    private static final Path STATUS = Path.of("/proc/self/status");

    private IgnoredInterrupt() {}

    /** Gives an ignored SIGINT its default action again, through {@code signal} of the C library. Does nothing except on Linux. */
    static void undo() {
        if (!isIgnored()) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        var signal = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("signal"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try {
            // SIG_DFL is 0. The return value is the previous action, which is known.
            var ignored = (MemorySegment) signal.invokeExact(SIGINT, MemorySegment.NULL);
        } catch (Throwable e) {
            throw new IllegalStateException("SIGINT could not be given its default action", e);
        }
    }

    private static boolean isIgnored() {
        try {
            return Files.isReadable(STATUS) && isIgnored(Files.readAllLines(STATUS));
        } catch (IOException e) {
            return false;
        }
    }

    /** @param status lines of {@code /proc/<pid>/status}; that of {@code SigIgn} is a mask with bit 0 for signal 1 */
    static boolean isIgnored(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) >> (SIGINT - 1) & 1) == 1);
    }
}
