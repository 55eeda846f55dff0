package dev.trunkline.events;

import java.util.Optional;

/**
 * The caller is connected to the target. With REFER the call ends next; with a leg the two are in the caller's room.
 *
 * @param leg the call that the target answered; empty for REFER
 * @param agentsStay whether the agents stay with the two
 */
public record TransferSucceeded(
        CallId callId, String transfer, TransferWay way, Optional<CallId> leg, boolean agentsStay) implements CallEvent {

    public TransferSucceeded {
        leg = leg == null ? Optional.empty() : leg;
    }
}
