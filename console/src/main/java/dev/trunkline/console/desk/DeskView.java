package dev.trunkline.console.desk;

import dev.trunkline.console.calls.CallKind;
import dev.trunkline.console.live.LiveView;
import dev.trunkline.events.CallId;
import java.time.Instant;
import java.util.Optional;

/**
 * A call at a desk.
 *
 * @param organisation by name
 * @param caller the first digits of the pseudonym
 * @param state {@code ringing}, {@code up} or {@code held}
 * @param heldBy participant in the room that holds the caller; empty also if only the phone holds the call
 * @param leadsToAgents whether the person who has the caller can give the caller back to an agent
 * @param takenBy account that has it
 * @param mine whether the user has it
 */
public record DeskView(
        CallId callId,
        String organisation,
        String number,
        String caller,
        Optional<String> rule,
        String state,
        Optional<String> heldBy,
        Instant receivedAt,
        Optional<Instant> answeredAt,
        CallKind kind,
        boolean leadsToAgents,
        Optional<String> takenBy,
        boolean mine) {

    static DeskView of(LiveView call, Optional<DeskTakes.Taken> taken, DeskTakes.Holder asking) {
        Optional<DeskTakes.Holder> holder = taken.map(DeskTakes.Taken::holder);
        return new DeskView(
                call.callId(), call.organisation(), call.number(), call.caller(), call.rule(), call.state(), call.heldBy(), call.receivedAt(), call.answeredAt(),
                call.kind(), call.leadsToAgents(), holder.map(DeskTakes.Holder::account), holder.equals(Optional.of(asking)));
    }
}
