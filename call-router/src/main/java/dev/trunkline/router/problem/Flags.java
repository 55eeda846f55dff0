package dev.trunkline.router.problem;

import java.util.Optional;

/** Boolean query parameters. */
public final class Flags {
    private Flags() {}

    /** @throws Refused for anything except true and false: {@code dry_run=yes} must not be read as no */
    public static Optional<Boolean> read(String name, Optional<String> given) {
        return given.map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refused.malformed("Write " + name + "=true or " + name + "=false.");
        });
    }

    /** Returns whether the parameter is true; an absent one is false. */
    public static boolean isSet(String name, Optional<String> given) {
        return read(name, given).orElse(false);
    }
}
