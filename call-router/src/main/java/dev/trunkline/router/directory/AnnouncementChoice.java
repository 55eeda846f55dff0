package dev.trunkline.router.directory;

import java.util.Optional;

/** What a rule or a number says of an announcement before anybody may be heard. */
public sealed interface AnnouncementChoice {

    /**
     * This sound is played.
     *
     * @param language BCP 47; empty for the one that the merged configuration says
     */
    record Play(String name, Optional<String> language) implements AnnouncementChoice {}

    /**
     * Nothing is played, whatever the rule says.
     *
     * @param reason why that may be so, in words, for whoever asks later
     */
    record Skip(String reason) implements AnnouncementChoice {}
}
