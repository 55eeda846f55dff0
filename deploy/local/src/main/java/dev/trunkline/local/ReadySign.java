package dev.trunkline.local;

import java.net.URI;

/** How it is seen that a process can do its work. */
public sealed interface ReadySign {
    /** A page that answers 200. */
    record HealthPage(URI page) implements ReadySign {}

    /** A text that the process writes to its log. */
    record LogLine(String text) implements ReadySign {}

    /** None: whoever starts the process finds out by using it. */
    record None() implements ReadySign {}
}
