package dev.trunkline.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What answers the held calls. The numbers are those of the demo data. */
enum Agents {
    /** The demo agent, which sends the caller's own codec. */
    G711("+3225550101", 30, "the demo agent, G.711"),
    /** The demo agent, sending Opus as agents on LiveKit's SDKs do. */
    OPUS("+3225550106", 30, "the demo agent, Opus"),
    /** LiveKit's Python worker, one process per call: a few of them use up two cores. */
    PYTHON("+3225550108", 5, "LiveKit's Python worker"),
    /** No agent, but a phone called by a second leg for each caller. As many concurrent calls as an organisation may have by default. */
    PHONE("+3225550109", 10, "an echoing phone that the suite calls for each");

    private final String number;
    private final int calls;
    private final String words;

    Agents(String number, int calls, String words) {
        this.number = number;
        this.calls = calls;
        this.words = words;
    }

    /** Finds agents by name. @throws IllegalArgumentException that lists the valid names */
    static Agents of(String name) {
        return Arrays.stream(values())
                .filter(agents -> agents.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--agents wants one of "
                        + Arrays.stream(values()).map(Agents::id).collect(Collectors.joining(", ")) + ", not " + name));
    }

    /** Returns the name on the command line and in the ids of figures. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String number() {
        return number;
    }

    /** Returns how many calls are held by default. */
    int calls() {
        return calls;
    }

    String words() {
        return words;
    }
}
