package dev.trunkline.router.directory;

import dev.trunkline.events.Agent;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a rule sends its calls. */
public sealed interface Destination {

    /**
     * A LiveKit room.
     *
     * @param mustExist the room is not made for the call
     * @param agents instead of the rule's; empty for the rule's
     */
    record Room(RoomChoice room, boolean mustExist, List<Agent> agents) implements Destination {
        public Room {
            agents = List.copyOf(agents);
        }

        /** A room for the rule's agents. */
        public Room(RoomChoice room, boolean mustExist) {
            this(room, mustExist, List.of());
        }
    }

    /**
     * The organisation's own HTTP service says where.
     *
     * @param secret for the signature; empty for the one that the suite gives the organisation
     * @param allowed what it may name
     */
    record Webhook(URI url, Optional<String> secret, Allowed allowed) implements Destination {
        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Webhook[" + url + "]";
        }
    }

    /**
     * What a webhook may name.
     *
     * @param rooms empty for those that begin with the organisation's name and a minus
     * @param agents besides those of the rule and of its fallback
     */
    record Allowed(List<NamePattern> rooms, List<NamePattern> agents) {
        public static final Allowed NOTHING_MORE = new Allowed(List.of(), List.of());

        public Allowed {
            rooms = List.copyOf(rooms);
            agents = List.copyOf(agents);
        }
    }

    /** Another SIP address. */
    record Forward(String sipUri) implements Destination {}

    /** A room where a person in a browser answers. */
    record Desk(RoomChoice room) implements Destination {}

    /** Different by the time of day; neither is a schedule again. */
    record Scheduled(Schedule schedule, Destination open, Destination closed) implements Destination {}

    /** Nowhere; only in a schedule. @param status SIP status, 400 to 699 */
    record Refuse(int status) implements Destination {}

    /** What it is at a moment: of a schedule the open or the closed one, else itself. */
    default Destination at(Instant moment) {
        return this instanceof Scheduled(Schedule schedule, Destination open, Destination closed)
                ? (schedule.isOpen(moment) ? open : closed).at(moment)
                : this;
    }

    /** The SIP headers that it takes a room's name from. */
    default Stream<String> headers() {
        return switch (this) {
            case Room room -> room.room().headers();
            case Desk desk -> desk.room().headers();
            case Scheduled scheduled -> Stream.concat(scheduled.open().headers(), scheduled.closed().headers());
            case Webhook webhook -> Stream.empty();
            case Forward forward -> Stream.empty();
            case Refuse refuse -> Stream.empty();
        };
    }

    /** The name of its kind in a rule. */
    default String type() {
        return switch (this) {
            case Room room -> room.room().type();
            case Webhook webhook -> "webhook";
            case Forward forward -> "forward";
            case Desk desk -> "desk";
            case Scheduled scheduled -> "schedule";
            case Refuse refuse -> "refuse";
        };
    }
}
