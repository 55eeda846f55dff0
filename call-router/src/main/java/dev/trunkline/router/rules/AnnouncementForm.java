package dev.trunkline.router.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.events.sounds.SoundLimits;
import dev.trunkline.router.directory.AnnouncementChoice;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.fields.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one JSON form of the announcement of a rule or a number: a name, {@code {name, language}}, or
 * {@code {skip: REASON}}. Reading and writing it again gives the same text.
 */
public final class AnnouncementForm {
    private static final String FIELD = "announcement";
    private static final String SKIP = "skip";
    /** The author may be asked about it later, so it must say something. */
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 500;

    private AnnouncementForm() {}

    /** @param fields that may have an {@code announcement} */
    public static Optional<AnnouncementChoice> read(Fields fields) {
        return fields.isObject(FIELD) ? fields.object(FIELD).flatMap(AnnouncementForm::object)
                : fields.optionalText(FIELD).map(name -> new AnnouncementChoice.Play(name(fields, FIELD, name), Optional.empty()));
    }

    private static Optional<AnnouncementChoice> object(Fields announcement) {
        Optional<AnnouncementChoice> read;
        if (announcement.has(SKIP)) {
            String reason = announcement.optionalText(SKIP).orElse("");
            if (reason.length() < SHORTEST_REASON || reason.length() > LONGEST_REASON) {
                announcement.fault(SKIP, "write in %d to %d characters why callers need not be told, for later questions"
                        .formatted(SHORTEST_REASON, LONGEST_REASON));
            }
            read = Optional.of(new AnnouncementChoice.Skip(reason));
        } else {
            String name = name(announcement, "name", announcement.text("name", "the name of a sound, or skip with a reason"));
            Optional<String> language = announcement.optionalText("language").filter(tag -> !tag.isEmpty());
            Optional<String> kept = language.flatMap(SoundLimits::language);
            if (language.isPresent() && kept.isEmpty()) {
                announcement.fault("language", "write a language tag, for example nl-BE");
            }
            read = Optional.of(new AnnouncementChoice.Play(name, kept));
        }
        announcement.nothingElse();
        return read;
    }

    private static String name(Fields fields, String field, String name) {
        if (!SoundLimits.isName(name)) {
            fields.fault(field, "write the name of a sound: up to %d letters, digits, dots, underscores and minuses".formatted(SoundLimits.LONGEST_NAME));
        }
        return name;
    }

    /** Writes what {@link #read} reads. */
    public static JsonNode write(AnnouncementChoice choice) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (choice) {
            case AnnouncementChoice.Skip(String reason) -> json.objectNode().put(SKIP, reason);
            case AnnouncementChoice.Play(String name, Optional<String> language) -> language.isEmpty()
                    ? json.textNode(name) : json.objectNode().put("name", name).put("language", language.get());
        };
    }

    /** Reads what {@link #write} wrote into Postgres. */
    public static AnnouncementChoice parse(JsonNode written) {
        var faults = new ArrayList<Fault>();
        Optional<AnnouncementChoice> read = read(new Fields(JsonNodeFactory.instance.objectNode().set(FIELD, written), "", faults));
        return read.filter(choice -> faults.isEmpty())
                .orElseThrow(() -> new IllegalStateException("no announcement of a number: " + List.copyOf(faults)));
    }
}
