package dev.trunkline.router.rules;

import dev.trunkline.router.directory.AllowedCharacters;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RoomChoice.NameSource;
import dev.trunkline.router.directory.RoomChoice.Named;
import dev.trunkline.router.fields.Fields;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which room a destination means. */
final class RoomReader {
    private static final int LONGEST_NAME = 128;
    /** RFC 3261 section 25.1, token. */
    private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9.!%*_+`'~]{1,64}");

    private RoomReader() {}

    /** @param prefix the default */
    static RoomChoice read(String type, String prefix, Fields fields) {
        return switch (type) {
            case "individual" ->
                    new RoomChoice.Individual(name(fields, "room_prefix").orElse(prefix), fields.bool("no_randomness", false));
            case "callee" ->
                    new RoomChoice.Callee(name(fields, "room_prefix").orElse(prefix), fields.bool("randomize", false));
            case "direct" -> direct(fields);
            case "named" -> named(fields);
            default -> throw new IllegalArgumentException("room of type " + type);
        };
    }

    private static RoomChoice direct(Fields fields) {
        Optional<String> name = name(fields, "room_name");
        if (name.isEmpty()) {
            fields.fault("room_name", "is missing: write the name of the room");
        }
        return new RoomChoice.Direct(name.orElse(""));
    }

    private static RoomChoice named(Fields fields) {
        Optional<String> header = fields.optionalText("header").filter(text -> !text.isEmpty());
        if (header.filter(text -> !HEADER.matcher(text).matches()).isPresent()) {
            fields.fault("header", "write the name of a SIP header, for example X-Store");
        }
        String template = name(fields, "template").orElse(Named.VALUE);
        if (template.indexOf(Named.VALUE) < 0 || template.indexOf(Named.VALUE) != template.lastIndexOf(Named.VALUE)) {
            fields.fault("template", "write {} once, where the value goes, for example \"store-{}\"");
        }
        return new Named(
                header.<NameSource>map(NameSource.Header::new).orElseGet(NameSource.RequestUser::new),
                template, allowed(fields));
    }

    private static AllowedCharacters allowed(Fields fields) {
        try {
            return fields.optionalText("allowed_characters").map(AllowedCharacters::of).orElse(AllowedCharacters.USUAL);
        } catch (IllegalArgumentException e) {
            fields.fault("allowed_characters", e.getMessage());
            return AllowedCharacters.USUAL;
        }
    }

    /** Reads a room's name or a part of it: it appears in logs and in other programs' URLs. */
    private static Optional<String> name(Fields fields, String field) {
        Optional<String> name = fields.optionalText(field).filter(text -> !text.isEmpty());
        if (name.filter(text -> text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)).isPresent()) {
            fields.fault(field, "write at most %d characters, on one line".formatted(LONGEST_NAME));
        }
        return name;
    }
}
