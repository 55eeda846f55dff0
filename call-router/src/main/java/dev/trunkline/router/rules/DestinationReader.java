package dev.trunkline.router.rules;

import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.NamePattern;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.fields.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads where a rule sends its calls: `type`, and the fields that belong to it. */
final class DestinationReader {
    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_PATTERN = 128;
    private static final String INDIVIDUAL = "individual";
    private static final String DIRECT = "direct";
    private static final String CALLEE = "callee";
    private static final String NAMED = "named";
    private static final String WEBHOOK = "webhook";
    private static final String FORWARD = "forward";
    private static final String REDIRECT = "redirect";
    private static final String DESK = "desk";
    private static final String SCHEDULE = "schedule";
    private static final String REFUSE = "refuse";

    /** Which types have a field. */
    private static final Map<String, List<String>> TYPES_OF = Map.ofEntries(
            Map.entry("room_prefix", List.of(INDIVIDUAL, CALLEE, DESK)),
            Map.entry("room_name", List.of(DIRECT, DESK)),
            Map.entry("no_randomness", List.of(INDIVIDUAL, DESK)),
            Map.entry("randomize", List.of(CALLEE, DESK)),
            Map.entry("header", List.of(NAMED, DESK)),
            Map.entry("template", List.of(NAMED, DESK)),
            Map.entry("allowed_characters", List.of(NAMED, DESK)),
            Map.entry("room_must_exist", List.of(INDIVIDUAL, DIRECT, CALLEE, NAMED)),
            Map.entry("url", List.of(WEBHOOK)),
            Map.entry("secret", List.of(WEBHOOK)),
            Map.entry("allowed_rooms", List.of(WEBHOOK)),
            Map.entry("allowed_agents", List.of(WEBHOOK)),
            Map.entry("forward_to", List.of(FORWARD)),
            Map.entry("redirect_to", List.of(REDIRECT)),
            Map.entry("schedule", List.of(SCHEDULE)),
            Map.entry("status", List.of(REFUSE)));

    private static final String WHAT_TO_WRITE = "write individual (a room for each call), direct (one room),"
            + " callee (a room for each dialled number), named (a room that the call names), webhook, forward (others are"
            + " called), redirect (the caller's side is told to call it), desk or schedule";

    private static final Destination UNREAD = new Destination.Refuse(480);

    private DestinationReader() {}

    /** Reads the destination of a rule, whose other fields are read elsewhere. */
    static Destination ofRule(Fields rule) {
        return read(rule, false);
    }

    /** Reads one of the two destinations of a schedule: an object of its own, which may name its own agents. */
    static Destination ofSchedule(Fields fields) {
        Destination destination = read(fields, true);
        if (destination instanceof Destination.Room(RoomChoice room, boolean mustExist, var none)) {
            destination = new Destination.Room(room, mustExist, TermsReader.agents(fields));
        }
        fields.nothingElse();
        return destination;
    }

    private static Destination read(Fields fields, boolean scheduled) {
        String type = fields.optionalText("type").orElse("");
        refuseStrangers(fields, type, scheduled);
        boolean misplaced = type.equals(scheduled ? SCHEDULE : REFUSE);
        return switch (misplaced ? "" : type) {
            case INDIVIDUAL, DIRECT, CALLEE, NAMED ->
                    new Destination.Room(RoomReader.read(type, "call", fields), fields.bool("room_must_exist", false));
            case DESK -> new Destination.Desk(RoomReader.read(deskRoom(fields), "desk", fields));
            case WEBHOOK -> new Destination.Webhook(Addresses.web(fields, "url"), secret(fields), allowed(fields));
            case FORWARD -> new Destination.Forward(Forwards.read(fields, "forward_to"));
            case REDIRECT -> new Destination.Redirect(Addresses.sip(fields, "redirect_to"));
            case SCHEDULE -> schedule(fields);
            case REFUSE -> new Destination.Refuse(status(fields));
            default -> {
                fields.fault("type", scheduled
                        ? WHAT_TO_WRITE.replace(", desk or schedule", ", desk or refuse (with a status)")
                        : WHAT_TO_WRITE);
                yield UNREAD;
            }
        };
    }

    /** Infers from the fields that are present which of the room types a desk has. */
    private static String deskRoom(Fields fields) {
        if (fields.has("room_name")) {
            return DIRECT;
        }
        if (fields.has("header") || fields.has("template")) {
            return NAMED;
        }
        return fields.has("randomize") ? CALLEE : INDIVIDUAL;
    }

    private static void refuseStrangers(Fields fields, String type, boolean scheduled) {
        TYPES_OF.forEach((field, types) -> {
            boolean here = scheduled ? !field.equals(SCHEDULE) : !field.equals("status");
            if (!type.isEmpty() && !types.contains(type) && here && fields.has(field)) {
                String advice = switch (field) {
                    case "room_name" -> type.equals(INDIVIDUAL) || type.equals(CALLEE) ? ": write room_prefix" : "";
                    case "room_prefix" -> type.equals(DIRECT) ? ": write room_name" : "";
                    default -> "";
                };
                fields.fault(field, "a rule of type %s has none, only %s%s"
                        .formatted(type, String.join(", ", types), advice));
            }
        });
    }

    private static Optional<String> secret(Fields fields) {
        Optional<String> secret = fields.optionalText("secret").filter(text -> !text.isEmpty());
        if (secret.filter(text -> text.length() < SHORTEST_SECRET).isPresent()) {
            fields.fault("secret", "can be guessed: write %d characters at least".formatted(SHORTEST_SECRET));
        }
        return secret;
    }

    private static Destination.Allowed allowed(Fields fields) {
        return new Destination.Allowed(patterns(fields, "allowed_rooms"), patterns(fields, "allowed_agents"));
    }

    private static List<NamePattern> patterns(Fields fields, String field) {
        List<String> texts = fields.texts(field);
        for (String text : texts) {
            boolean misplaced = text.indexOf('*') >= 0 && text.indexOf('*') < text.length() - 1;
            if (text.isEmpty() || text.length() > LONGEST_PATTERN || misplaced || text.chars().anyMatch(Character::isISOControl)) {
                fields.fault(field, "write names of at most %d characters, or the beginning of names and a star: lobby, shop-*"
                        .formatted(LONGEST_PATTERN));
            }
        }
        return texts.stream().map(NamePattern::of).toList();
    }

    private static int status(Fields fields) {
        var status = fields.integer("status", 400, 699);
        if (!fields.has("status")) {
            fields.fault("status", "is missing: write the SIP status, for example 480");
        }
        return status.orElse(480);
    }

    private static Destination schedule(Fields fields) {
        Optional<Fields> schedule = fields.object(SCHEDULE);
        if (schedule.isEmpty()) {
            fields.fault(SCHEDULE, "is missing: write time_zone, hours, open and else");
            return UNREAD;
        }
        return ScheduleReader.read(schedule.get());
    }
}
