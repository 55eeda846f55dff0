package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Announcement;
import dev.trunkline.events.sounds.SoundKey;
import dev.trunkline.events.sounds.SoundLimits;
import dev.trunkline.router.directory.AnnouncementChoice;
import java.util.Optional;

/** The announcement that callers hear before anyone else can be heard: the number's setting takes precedence over the rule's. */
final class Announcing {
    private Announcing() {}

    /** @param config merged; its {@code language} applies where neither number nor rule sets another */
    static Optional<Announcement> of(Matched matched, ObjectNode config, Trace trace) {
        Optional<AnnouncementChoice> ofNumber = matched.number().announcement();
        Optional<AnnouncementChoice> choice = ofNumber.or(() -> matched.terms().announcement());
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        String whose = ofNumber.isPresent() ? "number " + matched.number().phoneNumber() : "rule " + matched.rule().name();
        return switch (choice.get()) {
            case AnnouncementChoice.Skip(String reason) -> {
                trace.add("announcement-skipped", "Nothing is announced, as %s says: %s".formatted(whose, reason));
                yield Optional.empty();
            }
            case AnnouncementChoice.Play(String name, Optional<String> language) -> {
                String wanted = language.orElseGet(() -> SoundLimits.language(config.path("language").asText("")).orElse(""));
                trace.add("announcement", "At the beginning %s plays the announcement %s, %s."
                        .formatted(whose, name, shown(matched, name, wanted)));
                yield Optional.of(new Announcement(name, wanted));
            }
        };
    }

    private static String shown(Matched matched, String name, String wanted) {
        Optional<SoundKey> played = matched.directory().sounds().pick(matched.organisation().id(), name, wanted);
        if (played.isEmpty()) {
            return "which does not exist: the caller hears nothing. Upload it (PUT /sounds/%s)".formatted(name);
        }
        String language = played.get().language();
        return (played.get().organisation().isEmpty() ? "the suite's, " : "its organisation's, ")
                + (language.isEmpty() ? "without a language" : "in " + language)
                + (wanted.equals(language) || wanted.isEmpty() ? "" : ", because it does not exist in " + wanted);
    }
}
