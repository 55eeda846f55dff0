package dev.trunkline.limiter.admission;

import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.TrunkRef;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One of the places in which an ongoing call is counted.
 *
 * @param name which number, organisation, pool or trunk; empty for the suite
 * @param limit maximum number of concurrent calls, empty for none
 */
public record Seat(Place place, String name, OptionalInt limit) {

    static Seat number(String number, OptionalInt limit) {
        return new Seat(Place.NUMBER, number, limit);
    }

    static Seat organisation(String id, OptionalInt limit) {
        return new Seat(Place.ORGANISATION, id, limit);
    }

    static Seat agentPool(String name, OptionalInt limit) {
        return new Seat(Place.AGENT_POOL, name, limit);
    }

    static Seat trunk(String id, OptionalInt limit) {
        return new Seat(Place.TRUNK, id, limit);
    }

    static Seat callsOut(String organisation, OptionalInt limit) {
        return new Seat(Place.CALLS_OUT, organisation, limit);
    }

    static Seat suite(OptionalInt limit) {
        return new Seat(Place.SUITE, "", limit);
    }

    /** Returns where an ongoing call is counted; its limits do not matter any more. */
    public static List<Seat> of(CallHeartbeat heartbeat) {
        var seats = new ArrayList<Seat>();
        seats.add(number(heartbeat.number(), OptionalInt.empty()));
        seats.add(organisation(heartbeat.organisationId(), OptionalInt.empty()));
        heartbeat.agentPool().ifPresent(pool -> seats.add(agentPool(pool, OptionalInt.empty())));
        heartbeat.outboundTrunk().ifPresent(trunk -> seats.addAll(ofCallOut(trunk, heartbeat.organisationId())));
        seats.add(suite(OptionalInt.empty()));
        return List.copyOf(seats);
    }

    /**
     * Returns where an ongoing call is also counted if its relay's heartbeats do not report the outbound trunk: nothing for an inbound
     * call.
     */
    public static List<Seat> beside(CallCard card) {
        return card.outbound() ? ofCallOut(card.trunk(), card.organisation().id()) : List.of();
    }

    private static List<Seat> ofCallOut(TrunkRef trunk, String organisation) {
        return List.of(trunk(trunk.id(), OptionalInt.empty()), callsOut(organisation, OptionalInt.empty()));
    }
}
