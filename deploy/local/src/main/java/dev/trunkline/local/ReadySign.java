package dev.trunkline.local;

import java.net.URI;

/** The sign by which a process shows that it can do its work. */
public sealed interface ReadySign {
    /** A page that answers 200. */
    record HealthPage(URI page) implements ReadySign {}

    /** A text in the process's log. */
    record LogLine(String text) implements ReadySign {}

    /** No sign: the code that starts the process finds out by using it. */
    record None() implements ReadySign {}
}
