package dev.trunkline.console.live;

import dev.trunkline.console.calls.CallKind;
import dev.trunkline.events.CallId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A ringing or established call, as the board shows it.
 *
 * @param organisation by name
 * @param caller the first digits of the pseudonym
 * @param state {@code ringing}, {@code up} or {@code held}
 * @param relay that carries its media
 * @param kind {@code call} or {@code trial}
 * @param parent the call on behalf of whose caller this one was placed
 * @param desk whether a person in a browser answers it
 * @param leadsToAgents whether a person who has the caller can give the caller back to an agent
 * @param heldBy participant in the room that holds the caller; empty also if only the phone holds the call
 */
public record LiveView(
        CallId callId,
        String direction,
        String organisation,
        String number,
        String caller,
        String trunk,
        Optional<String> rule,
        Optional<String> agent,
        Optional<String> room,
        String state,
        Instant receivedAt,
        Optional<Instant> answeredAt,
        Optional<Double> mos,
        Optional<Double> jitterMillis,
        OptionalLong lost,
        Optional<String> relay,
        CallKind kind,
        Optional<CallId> parent,
        boolean desk,
        boolean leadsToAgents,
        Optional<String> heldBy) {}
