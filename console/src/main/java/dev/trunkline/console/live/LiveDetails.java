package dev.trunkline.console.live;

import dev.trunkline.console.calls.CallKind;
import dev.trunkline.console.calls.Holds;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallResumed;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.RoomGiven;
import dev.trunkline.events.TransferSucceeded;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the events of a call add to its {@link LiveCall}.
 *
 * @param company who is with the caller
 */
record LiveDetails(
        Optional<CallRouted> route,
        Optional<String> room,
        Company company,
        Optional<Instant> answeredAt,
        Holds held,
        Optional<MediaStats> media,
        Optional<String> relay,
        Instant lastHeard) {

    private static final int SHOWN = 8;

    /**
     * The caller's counterpart.
     *
     * @param agent participant in the room that answers
     * @param leftAt when the participant that had answered left, if nobody has come since
     * @param handedOver whether the caller talks with a party that the suite has called
     */
    record Company(Optional<String> agent, Optional<Instant> leftAt, boolean handedOver) {
        static final Company NOBODY = new Company(Optional.empty(), Optional.empty(), false);

        Company joined(String who) {
            return new Company(Optional.of(who), Optional.empty(), false);
        }

        Company left(Instant at) {
            return new Company(Optional.empty(), Optional.of(at), handedOver);
        }

        Company given() {
            return new Company(agent, leftAt, true);
        }
    }

    static LiveDetails none(Instant at) {
        return new LiveDetails(
                Optional.empty(), Optional.empty(), Company.NOBODY, Optional.empty(), Holds.NONE, Optional.empty(),
                Optional.empty(), at);
    }

    LiveDetails after(Envelope event) {
        Instant at = event.time();
        return switch (event.record()) {
            case CallAdmitted e -> new LiveDetails(Optional.of(e.route()), room, company, answeredAt, held, media, relay, at);
            case CallAnswered ignored -> new LiveDetails(route, room, company, Optional.of(at), held, media, relay, at);
            case AgentJoined e -> new LiveDetails(route, room, company.joined(e.agent()), answeredAt, held, media, relay, at);
            case AgentLeft e when company.agent().equals(Optional.of(e.agent())) ->
                new LiveDetails(route, room, company.left(at), answeredAt, held, media, relay, at);
            case TransferSucceeded e when e.leg().isPresent() ->
                new LiveDetails(route, room, company.given(), answeredAt, held, media, relay, at);
            case CallHeld e -> new LiveDetails(route, room, company, answeredAt, held.after(e), media, relay, at);
            case CallResumed e -> new LiveDetails(route, room, company, answeredAt, held.after(e), media, relay, at);
            case MediaLost e -> new LiveDetails(route, room, company, answeredAt, held.after(e), media, relay, at);
            case RoomGiven e -> new LiveDetails(route, e.room().or(() -> room), company, answeredAt, held, media, relay, at);
            case MediaReady e -> new LiveDetails(route, Optional.of(e.room()), company, answeredAt, held, media, Optional.of(e.relay()), at);
            case CallHeartbeat e -> new LiveDetails(route, room, company, answeredAt, held, Optional.of(e.media()), Optional.of(e.relay()), at);
            default -> this;
        };
    }

    LiveView of(LiveCall call) {
        // For a call answered before the start of what was read back, only heartbeats are known.
        boolean up = answeredAt.isPresent() || route.isEmpty() && media.isPresent();
        return new LiveView(
                call.callId(), call.direction().orElse(CallDirection.INBOUND).code(), call.organisation().name(), call.number(),
                route.map(r -> r.invite().caller().pseudonym()).map(p -> p.substring(0, Math.min(SHOWN, p.length()))).orElse(""),
                call.trunk().name(), route.map(r -> r.rule().name()), company.agent(), room.or(() -> route.map(CallRouted::room)),
                held.any() ? "held" : up ? "up" : "ringing",
                route.map(r -> r.invite().receivedAt()).orElse(call.admittedAt()), answeredAt, media.map(MediaStats::mos),
                media.map(MediaStats::jitterMillis), media.map(m -> OptionalLong.of(m.lost())).orElseGet(OptionalLong::empty), relay,
                CallKind.of(call.purpose()), parent(), atDesk(), route.filter(CallRouted::leadsToAgents).isPresent(), held.byRoom());
    }

    /** Whether a person in a browser answers. */
    boolean atDesk() {
        return route.flatMap(CallRouted::entry).filter(RoomEntry::desk).isPresent();
    }

    private Optional<CallId> parent() {
        return route.flatMap(CallRouted::outgoing).flatMap(OutgoingLeg::parent);
    }
}
