package dev.trunkline.events;

import java.time.Instant;
import java.util.Optional;

/**
 * A call that holds a slot of the limiter at this moment, on {@link Topics#LIVE_CALLS} under its call id; a tombstone says that
 * the slot is free. Published again when the limiter finds that its counts were lost.
 *
 * @param agentPool name of the pool whose session the call holds; empty for none
 * @param purpose empty for a call by somebody who wants to talk
 * @param direction empty for {@link CallDirection#INBOUND}
 */
public record LiveCall(
        CallId callId,
        OrganisationRef organisation,
        String number,
        TrunkRef trunk,
        Optional<String> agentPool,
        Optional<CallPurpose> purpose,
        Instant admittedAt,
        Optional<CallDirection> direction) {

    public LiveCall {
        agentPool = agentPool == null ? Optional.empty() : agentPool;
        purpose = purpose == null ? Optional.empty() : purpose;
        direction = direction == null ? Optional.empty() : direction;
    }

    /** An inbound call. */
    public LiveCall(
            CallId callId,
            OrganisationRef organisation,
            String number,
            TrunkRef trunk,
            Optional<String> agentPool,
            Optional<CallPurpose> purpose,
            Instant admittedAt) {
        this(callId, organisation, number, trunk, agentPool, purpose, admittedAt, Optional.empty());
    }
}
