package dev.trunkline.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who answers the calls that are held. Numbers of the demo data. */
enum Agents {
    /** The demo agent, which sends the caller's own codec. */
    G711("+3225550101", 30, "the demo agent, G.711"),
    /** The demo agent, sending Opus as agents on LiveKit's SDKs do. */
    OPUS("+3225550106", 30, "the demo agent, Opus"),
    /** LiveKit's Python worker, a process a call: few of them are enough for two cores. */
    PYTHON("+3225550108", 5, "LiveKit's Python worker"),
    /** No agent: a phone that is called for each caller, by a second leg. As many at once as an organisation may have without further words. */
    PHONE("+3225550109", 10, "an echoing phone that the suite calls for each");

    private final String number;
    private final int calls;
    private final String words;

    Agents(String number, int calls, String words) {
        this.number = number;
        this.calls = calls;
        this.words = words;
    }

    /** @throws IllegalArgumentException that names those that there are */
    static Agents of(String name) {
        return Arrays.stream(values())
                .filter(agents -> agents.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--agents wants one of "
                        + Arrays.stream(values()).map(Agents::id).collect(Collectors.joining(", ")) + ", not " + name));
    }

    /** Its name on the command line and in the ids of figures. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String number() {
        return number;
    }

    /** How many calls are held where the command line does not say. */
    int calls() {
        return calls;
    }

    String words() {
        return words;
    }
}
