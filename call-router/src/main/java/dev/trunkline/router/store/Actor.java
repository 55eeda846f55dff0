package dev.trunkline.router.store;

import java.util.Locale;

/**
 * Who changes a number, for its history.
 *
 * @param name the subject of the token
 * @param via how the change is made
 */
public record Actor(String name, Via via) {

    /** Ways to change a number; statements that name none are the {@code database}'s own. */
    public enum Via {
        /** A request on the number itself. */
        API,
        /** A directory file that was applied, including LiveKit's or the demo's. */
        FILE;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Actor byApi(String name) {
        return new Actor(name, Via.API);
    }

    public static Actor byFile(String name) {
        return new Actor(name, Via.FILE);
    }
}
