package dev.trunkline.limiter.admission;

import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Caller;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OutgoingLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What the suite itself adds to the limits of a route.
 *
 * @param suiteLimit maximum number of concurrent calls in the whole suite
 * @param anonymousCallers the number of callers that the anonymous group of a trunk counts as: its rate is this many times
 *     that of one caller
 */
public record Terms(int suiteLimit, int anonymousCallers) {

    /** Returns the call, with every limit that applies to it. */
    public Applicant applicant(CallRouted routed, Owners owners) {
        return new Applicant(
                routed.callId(), window(routed), rates(routed), seats(routed), CallCard.of(routed), owners.edge().orElse(""),
                routed.limits().outgoing().filter(OutgoingLimits::emergency).isPresent());
    }

    private CallerWindow window(CallRouted routed) {
        Caller caller = routed.invite().caller();
        Limits.CallerRate rate = routed.limits().callerRate();
        String target =
                switch (rate.scope()) {
                    case NUMBER -> routed.number();
                    case ORGANISATION -> routed.organisation().id();
                };
        long limit = caller.anonymous() ? (long) rate.calls() * anonymousCallers : rate.calls();
        return new CallerWindow(
                caller.pseudonym(), caller.anonymous(), rate.scope(), target,
                routed.limits().outgoing().isPresent(), Math.clamp(limit, 0, Integer.MAX_VALUE),
                Duration.ofSeconds(rate.windowSeconds()));
    }

    private static List<DialRate> rates(CallRouted routed) {
        return routed.limits().outgoing().map(outgoing -> List.of(
                        new DialRate(DialRate.Of.TRUNK, routed.invite().trunk().id(), outgoing.trunkPerSecond()),
                        new DialRate(DialRate.Of.ORGANISATION, routed.organisation().id(), outgoing.organisationHourly())))
                .orElse(List.of());
    }

    private List<Seat> seats(CallRouted routed) {
        Limits limits = routed.limits();
        var seats = new ArrayList<Seat>();
        seats.add(Seat.number(routed.number(), limits.numberConcurrency()));
        seats.add(Seat.organisation(routed.organisation().id(), limits.organisationConcurrency()));
        limits.agentPool().ifPresent(pool -> seats.add(Seat.agentPool(pool.name(), OptionalInt.of(pool.sessions()))));
        limits.outgoing().ifPresent(outgoing -> {
            seats.add(Seat.trunk(routed.invite().trunk().id(), outgoing.trunkConcurrency()));
            seats.add(Seat.callsOut(routed.organisation().id(), outgoing.organisationConcurrency()));
        });
        seats.add(Seat.suite(OptionalInt.of(suiteLimit)));
        return seats;
    }
}
