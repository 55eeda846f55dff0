package dev.trunkline.backends;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The kind of servers that the tests use.
 *
 * @param why in words, for the log
 */
record BackendChoice(Kind kind, String why) {
    static final String SETTING = "TRUNKLINE_TEST_BACKENDS";

    enum Kind {
        CONTAINERS,
        EMBEDDED;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The result of looking for a Docker engine that tests can use. */
    sealed interface Engine {
        /** @param what version and address, in words */
        record Answers(String what) implements Engine {}

        record Silent(String why) implements Engine {}
    }

    /**
     * @param setting the value of {@link #SETTING}, if it has one
     * @param engine called only if its answer matters
     * @throws IllegalArgumentException if the value is neither of the two that exist
     * @throws IllegalStateException if containers are wanted and no engine answers
     */
    static BackendChoice of(Optional<String> setting, Supplier<Engine> engine) {
        Optional<Kind> wanted = setting.map(String::strip).filter(text -> !text.isEmpty()).map(BackendChoice::kind);
        if (wanted.isPresent() && wanted.get() == Kind.EMBEDDED) {
            return new BackendChoice(Kind.EMBEDDED, SETTING + " says so");
        }
        return switch (engine.get()) {
            case Engine.Answers answers -> new BackendChoice(Kind.CONTAINERS, answers.what());
            case Engine.Silent silent when wanted.isPresent() -> throw new IllegalStateException(
                    "%s is containers, but %s: start a Docker engine, or set %1$s to embedded or not at all"
                            .formatted(SETTING, silent.why()));
            case Engine.Silent silent -> new BackendChoice(Kind.EMBEDDED, silent.why());
        };
    }

    private static Kind kind(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "containers" -> Kind.CONTAINERS;
            case "embedded" -> Kind.EMBEDDED;
            default -> throw new IllegalArgumentException(
                    "%s is \"%s\": set it to containers or embedded, or not at all".formatted(SETTING, text));
        };
    }

    /** A line for the log. */
    @Override
    public String toString() {
        return "the tests' Kafka, Redis, Postgres and LiveKit: " + kind.word() + " (" + why + ")";
    }
}
