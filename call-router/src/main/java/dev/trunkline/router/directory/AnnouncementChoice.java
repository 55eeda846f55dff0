package dev.trunkline.router.directory;

import java.util.Optional;

/** What a rule or a number sets as the announcement before anyone can be heard. */
public sealed interface AnnouncementChoice {

    /**
     * This sound is played.
     *
     * @param language BCP 47; empty for that of the merged configuration
     */
    record Play(String name, Optional<String> language) implements AnnouncementChoice {}

    /**
     * Nothing is played, whatever the rule says.
     *
     * @param reason why that is permitted, in words, for anyone who asks later
     */
    record Skip(String reason) implements AnnouncementChoice {}
}
