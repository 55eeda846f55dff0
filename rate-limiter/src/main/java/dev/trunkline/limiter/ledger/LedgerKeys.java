package dev.trunkline.limiter.ledger;

import dev.trunkline.events.CallId;
import dev.trunkline.limiter.admission.CallerWindow;
import dev.trunkline.limiter.admission.DialRate;
import dev.trunkline.limiter.admission.Seat;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of the ledger's keys. All have the same hash tag, so a Redis Cluster keeps them on one node: a script needs them together.
 *
 * <pre>
 *   {trunkline}:call:ID                       hash        what is known about a call: state, verdict, owners
 *   {trunkline}:caller:number:N:PSEUDONYM     sorted set  calls by admission time
 *   {trunkline}:caller:organisation:O:PSEUDONYM
 *   {trunkline}:called:number:N:PSEUDONYM     the same for outbound calls to the pseudonym's owner
 *   {trunkline}:called:organisation:O:PSEUDONYM
 *   {trunkline}:dialled:trunk:T               sorted set  outbound calls by admission time
 *   {trunkline}:dialled:organisation:O
 *   {trunkline}:calls:number:N                sorted set  calls by lease expiry
 *   {trunkline}:calls:organisation:O
 *   {trunkline}:calls:agent-pool:P
 *   {trunkline}:calls:trunk:T                 for outbound calls only
 *   {trunkline}:calls:calls-out:O
 *   {trunkline}:calls:suite
 * </pre>
 *
 * @param tag what is between the braces
 */
public record LedgerKeys(String tag) {
    public static final LedgerKeys SUITE = new LedgerKeys("trunkline");

    String call(CallId callId) {
        return calls() + callId;
    }

    /** Returns the prefix of the keys of all calls. */
    String calls() {
        return prefix() + "call:";
    }

    String window(CallerWindow window) {
        return prefix() + (window.out() ? "called:" : "caller:") + window.scope().code() + ":" + window.target() + ":" + window.pseudonym();
    }

    String rate(DialRate rate) {
        return prefix() + "dialled:" + rate.of().key() + ":" + rate.name();
    }

    /** Returns the call's own key, and those of its seats. */
    List<String> seats(CallId callId, List<Seat> seats) {
        List<String> names = new ArrayList<>();
        names.add(call(callId));
        seats.forEach(seat -> names.add(seat(seat)));
        return names;
    }

    private String seat(Seat seat) {
        String place = prefix() + "calls:" + seat.place().code();
        return seat.name().isEmpty() ? place : place + ":" + seat.name();
    }

    String suite() {
        return prefix() + "calls:suite";
    }

    private String prefix() {
        return "{" + tag + "}:";
    }
}
