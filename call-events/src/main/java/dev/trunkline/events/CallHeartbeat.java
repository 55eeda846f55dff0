package dev.trunkline.events;

/**
 * The call is up, each 10 s. Renews the slot, and carries what the limiter needs to count the call again if it forgot.
 *
 * @param sequence counts the heartbeats of a call from 0
 */
public record CallHeartbeat(
        CallId callId, String relay, int sequence, String organisationId, String number, MediaStats media)
        implements CallEvent {}
