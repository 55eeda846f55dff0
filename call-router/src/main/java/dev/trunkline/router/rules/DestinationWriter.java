package dev.trunkline.router.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.directory.AllowedCharacters;
import dev.trunkline.router.directory.Destination;
import dev.trunkline.router.directory.NamePattern;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.Schedule;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;

/** Writes what {@link DestinationReader} reads. */
final class DestinationWriter {
    private DestinationWriter() {}

    static void write(Destination destination, ObjectNode json) {
        json.put("type", destination.type());
        switch (destination) {
            case Destination.Room room -> {
                room(room.room(), false, json);
                if (room.mustExist()) {
                    json.put("room_must_exist", true);
                }
            }
            case Destination.Desk desk -> room(desk.room(), true, json);
            case Destination.Webhook webhook -> {
                json.put("url", webhook.url().toString());
                webhook.secret().ifPresent(secret -> json.put("secret", secret));
                patterns(webhook.allowed().rooms(), "allowed_rooms", json);
                patterns(webhook.allowed().agents(), "allowed_agents", json);
            }
            case Destination.Forward forward -> Forwards.write(forward.plan(), "forward_to", json);
            case Destination.Redirect redirect -> json.put("redirect_to", redirect.sipUri());
            case Destination.Refuse refuse -> json.put("status", refuse.status());
            case Destination.Scheduled scheduled -> scheduled(scheduled, json.putObject("schedule"));
        }
    }

    private static void patterns(List<NamePattern> patterns, String field, ObjectNode json) {
        if (!patterns.isEmpty()) {
            ArrayNode list = json.putArray(field);
            patterns.forEach(pattern -> list.add(pattern.toString()));
        }
    }

    /** @param desk if true, the fields have to show which room type it is, because the type does not */
    private static void room(RoomChoice room, boolean desk, ObjectNode json) {
        switch (room) {
            case RoomChoice.Direct direct -> json.put("room_name", direct.room());
            case RoomChoice.Individual individual -> {
                json.put("room_prefix", individual.prefix());
                if (individual.noRandomness()) {
                    json.put("no_randomness", true);
                }
            }
            case RoomChoice.Callee callee -> {
                json.put("room_prefix", callee.prefix());
                if (callee.randomize() || desk) {
                    json.put("randomize", callee.randomize());
                }
            }
            case RoomChoice.Named named -> {
                named.headers().forEach(header -> json.put("header", header));
                json.put("template", named.template());
                if (!named.allowed().equals(AllowedCharacters.USUAL)) {
                    json.put("allowed_characters", named.allowed().toString());
                }
            }
        }
    }

    private static void scheduled(Destination.Scheduled scheduled, ObjectNode json) {
        Schedule schedule = scheduled.schedule();
        json.put("time_zone", schedule.zone().getId());
        ObjectNode hours = json.putObject("hours");
        for (DayOfWeek day : DayOfWeek.values()) {
            List<Schedule.Hours> of = schedule.hours().getOrDefault(day, List.of());
            if (!of.isEmpty()) {
                ArrayNode list = hours.putArray(ScheduleReader.shortName(day));
                of.forEach(interval -> list.add("%s-%s".formatted(
                        interval.from(), interval.to().equals(LocalTime.MIDNIGHT) ? "24:00" : interval.to())));
            }
        }
        if (!schedule.holidays().isEmpty()) {
            ArrayNode holidays = json.putArray("holidays");
            schedule.holidays().stream().sorted().forEach(day -> holidays.add(day.toString()));
        }
        nested(scheduled.open(), json.putObject("open"));
        nested(scheduled.closed(), json.putObject(ScheduleReader.ELSE));
    }

    private static void nested(Destination destination, ObjectNode json) {
        write(destination, json);
        if (destination instanceof Destination.Room room && !room.agents().isEmpty()) {
            TermsWriter.agents(room.agents(), json.putArray("agents"));
        }
    }
}
