package dev.trunkline.events;

import java.util.Objects;

/**
 * A sound of the directory that a caller is told something by.
 *
 * @param name as the directory has it
 * @param language BCP 47, for example {@code nl-BE}; where the sound is not there in it, its default is played
 */
public record Announcement(String name, String language) {

    public Announcement {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(language, "language");
    }
}
