package dev.trunkline.router.problem;

import java.util.Optional;

/** Parameters of a query that are yes or no. */
public final class Flags {
    private Flags() {}

    /** @throws Refused for anything but true and false: {@code dry_run=yes} must not be taken for no */
    public static Optional<Boolean> read(String name, Optional<String> given) {
        return given.map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Refused.malformed("Write " + name + "=true or " + name + "=false.");
        });
    }

    /** One that is not there is a no. */
    public static boolean isSet(String name, Optional<String> given) {
        return read(name, given).orElse(false);
    }
}
