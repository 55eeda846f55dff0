package dev.trunkline.bench;

import java.io.PrintStream;

/** One line a figure, with its target beside it. */
final class Lines {
    private Lines() {}

    static void row(PrintStream out, String what, String figure, String target) {
        out.println("  %-42s %-46s %s".formatted(what, figure, target).stripTrailing());
    }
}
