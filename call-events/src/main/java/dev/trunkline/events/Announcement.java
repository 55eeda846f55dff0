package dev.trunkline.events;

import java.util.Objects;

/**
 * A sound of the directory that is played to a caller as an announcement.
 *
 * @param name as in the directory
 * @param language BCP 47, for example {@code nl-BE}; if the sound does not exist in it, its default is played
 */
public record Announcement(String name, String language) {

    public Announcement {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(language, "language");
    }
}
