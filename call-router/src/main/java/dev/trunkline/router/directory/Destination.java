package dev.trunkline.router.directory;

import dev.trunkline.events.Agent;
import dev.trunkline.events.ForwardPlan;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a rule sends its calls. */
public sealed interface Destination {

    /**
     * A LiveKit room.
     *
     * @param mustExist the room is not created for the call
     * @param agents replace the rule's; empty for the rule's
     */
    record Room(RoomChoice room, boolean mustExist, List<Agent> agents) implements Destination {
        public Room {
            agents = List.copyOf(agents);
        }

        /** Creates a room for the rule's agents. */
        public Room(RoomChoice room, boolean mustExist) {
            this(room, mustExist, List.of());
        }
    }

    /**
     * The organisation's own HTTP service decides where.
     *
     * @param secret for the signature; empty for the one in the organisation's configuration
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
     * @param agents in addition to those of the rule and of its fallback
     */
    record Allowed(List<NamePattern> rooms, List<NamePattern> agents) {
        public static final Allowed NOTHING_MORE = new Allowed(List.of(), List.of());

        public Allowed {
            rooms = List.copyOf(rooms);
            agents = List.copyOf(agents);
        }
    }

    /** To other people, by outbound calls that are made for the caller. */
    record Forward(ForwardPlan plan) implements Destination {}

    /** The caller's side is told to call there itself (RFC 3261 section 21.3.3). */
    record Redirect(String sipUri) implements Destination {}

    /** A room where a person in a browser answers. */
    record Desk(RoomChoice room) implements Destination {}

    /** Depends on the time of day; neither of the two is a schedule again. */
    record Scheduled(Schedule schedule, Destination open, Destination closed) implements Destination {}

    /** Nowhere; only in a schedule. @param status SIP status, 400 to 699 */
    record Refuse(int status) implements Destination {}

    /** Returns the destination at a moment: the open or the closed one of a schedule, otherwise itself. */
    default Destination at(Instant moment) {
        return this instanceof Scheduled(Schedule schedule, Destination open, Destination closed)
                ? (schedule.isOpen(moment) ? open : closed).at(moment)
                : this;
    }

    /** Returns the SIP headers from which it takes a room's name. */
    default Stream<String> headers() {
        return switch (this) {
            case Room room -> room.room().headers();
            case Desk desk -> desk.room().headers();
            case Scheduled scheduled -> Stream.concat(scheduled.open().headers(), scheduled.closed().headers());
            case Webhook webhook -> Stream.empty();
            case Forward forward -> Stream.empty();
            case Redirect redirect -> Stream.empty();
            case Refuse refuse -> Stream.empty();
        };
    }

    /** Returns the plans by which it forwards calls, by the rule's field that contains each. */
    default Map<String, ForwardPlan> forwards() {
        return switch (this) {
            case Forward(ForwardPlan plan) -> Map.of("forward_to", plan);
            case Scheduled scheduled -> {
                Map<String, ForwardPlan> both = new LinkedHashMap<>();
                scheduled.open().forwards().forEach((field, plan) -> both.put("schedule.open." + field, plan));
                scheduled.closed().forwards().forEach((field, plan) -> both.put("schedule.else." + field, plan));
                yield both;
            }
            case Room room -> Map.of();
            case Webhook webhook -> Map.of();
            case Redirect redirect -> Map.of();
            case Desk desk -> Map.of();
            case Refuse refuse -> Map.of();
        };
    }

    /** Returns the name of its type in a rule. */
    default String type() {
        return switch (this) {
            case Room room -> room.room().type();
            case Webhook webhook -> "webhook";
            case Forward forward -> "forward";
            case Redirect redirect -> "redirect";
            case Desk desk -> "desk";
            case Scheduled scheduled -> "schedule";
            case Refuse refuse -> "refuse";
        };
    }
}
